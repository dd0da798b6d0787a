// From a session to what is metered: how much of what, and for whose sake. Each line is a multiplication that can be redone by hand.
import { ENTRY_BODY } from "../draw/entry.ts";
import { PRESETS } from "../draw/manifest.ts";
import { RESULT_BODY } from "../draw/rank.ts";
import { TABLE_BODY } from "../draw/table.ts";
import { HASH } from "../merkle.ts";
import { ASSUMED, LIMITS, SHOP } from "./facts.ts";
import { groupsPer1000 } from "./groups.ts";
import type { LIVES, Meter } from "./meters.ts";
import { booksFor, crowdOf, personsOf, type Workload } from "./workload.ts";

export type Use = { [Name in Meter]?: number };
export type Usage = { [Life in keyof typeof LIVES]: Use };

const GB = 1e9;

/** Commits of a session: each stretch at the rate that it brings to one shard. */
export function commitsOf(load: Workload): { stretch: string; perS: number; entries: number; per1000: number }[] {
  return crowdOf(load)
    .filter(({ perS }) => perS > 0)
    .map(({ name, fromMs, toMs, perS }) => ({
      stretch: name,
      perS: perS / load.shards,
      entries: (perS * (toMs - fromMs)) / 1000,
      per1000: load.naive ? 1000 : groupsPer1000(perS / load.shards),
    }));
}

export const commitCount = (load: Workload): number =>
  commitsOf(load).reduce((sum, { entries, per1000 }) => sum + (entries * per1000) / 1000, 0);

/** Bytes that a session leaves in its shards, and in the file store. */
export function bytesOf(load: Workload, commits = commitCount(load)): { shards: number; files: number } {
  const { entries, units, pools } = load;
  const rows = entries * (ENTRY_BODY + SHOP.secretBytes.value) + commits * SHOP.groupBytes.value;
  const ranked = Math.min(entries, 3 * units);
  return {
    shards: Math.max(rows * ASSUMED.entryOverhead.value, load.shards * LIMITS.emptyObjectGb.value * GB),
    files: entries * (ENTRY_BODY + TABLE_BODY) + pools * RESULT_BODY + ranked * 2 * HASH,
  };
}

const { reviewS, sealLeadS } = PRESETS.daily;

/** A page that waits for the result asks for the session at each look, and for the list once a minute. */
export const WAIT_READS_PER_S = 1 / SHOP.waitS.value + 1 / 60;

/** Requests for public reads: of people who look around, and of those who wait for the result. */
function looksOf(load: Workload): { views: number; looks: number; waits: number } {
  const persons = personsOf(load);
  const views = persons * load.views;
  return {
    views,
    looks: views * (SHOP.viewReads.value + SHOP.readsPerMinute.value * load.minutes),
    waits: persons * load.waiting * WAIT_READS_PER_S * (reviewS + sealLeadS),
  };
}

/** Of public reads in so many seconds, those that D1 hears of: each, or what every isolate asks anew when its answer is too old. */
export const heardByD1 = (reads: number, seconds: number): number =>
  SHOP.sharedS.value === 0 ? reads : Math.min(reads, (ASSUMED.isolates.value * seconds) / SHOP.sharedS.value);

/** One session, from its announcement to its settlement. */
export function usageOf(load: Workload): Usage {
  const { entries, pools, units, shards } = load;
  const books = booksFor(load);
  const running = 1 - load.cached;
  const persons = personsOf(load);
  const changes = entries * (1 + ASSUMED.withdrawn.value);
  const commits = commitCount(load);
  const groupRows = load.naive ? entries * SHOP.naiveRows.value : commits;
  const { views, looks, waits } = looksOf(load);
  const opens = entries * SHOP.filesPerResult.value;
  const unitRequests = units * ASSUMED.unitRequests.value;
  const sweeps = SHOP.sweepsPerDay.value * SHOP.liveDays.value;
  const bytes = bytesOf(load, commits);
  const lives: Omit<Usage, "log"> = {
    reserve: {
      requests: changes + persons,
      cpu: changes * SHOP.reserveCpuMs.value + persons * SHOP.passCpuMs.value,
      objectRequests: changes,
      // Awake for the whole window: at most. While nobody calls, an object that may hibernate is not charged.
      objectTime: shards * load.windowS * LIMITS.objectMemoryGb.value,
      objectRowsWritten: groupRows + entries * ASSUMED.withdrawn.value,
      queueOperations: load.naive ? entries * SHOP.queueOperations.value : 0,
    },
    // Counted as if each reached a shard; what is stopped before costs less.
    refuse: {
      requests: entries * load.refused,
      cpu: entries * load.refused * SHOP.reserveCpuMs.value,
      objectRequests: entries * load.refused,
    },
    look: {
      requests: looks + waits,
      cpu: running * (looks + waits) * SHOP.readCpuMs.value,
      // Half of the reads are the list, a row for each session of the month; half the session's own row. A view reads the goods as well.
      d1RowsRead:
        running *
        ((heardByD1(looks + waits, load.windowS + reviewS + sealLeadS) * (load.sessions + 1)) / 2 +
          heardByD1(views, load.windowS) * (SHOP.catalogueRows.value + load.stores)),
      r2Reads: ASSUMED.isolates.value * SHOP.filesPerResult.value,
    },
    result: {
      requests: opens,
      cpu: running * opens * SHOP.readCpuMs.value,
      r2Reads: running * (SHOP.filesKept.value ? Math.min(opens, ASSUMED.isolates.value * (pools + 2)) : opens),
    },
    award: {
      requests: unitRequests,
      cpu: unitRequests * SHOP.passCpuMs.value,
      objectRequests: 2 * units,
      objectRowsWritten: units * SHOP.awardRows.value,
      d1RowsWritten: units * SHOP.orderRows.value,
      d1Storage: (units * ASSUMED.orderBytes.value * SHOP.orderDays.value) / 30 / GB,
    },
    move: {
      objectRequests: shards * (3 + books) + books * SHOP.bookCalls.value + SHOP.logEntries.value * SHOP.logCalls.value,
      objectTime: (shards + books) * 60 * LIMITS.objectMemoryGb.value,
      objectRowsWritten: 2 * shards + books + pools + SHOP.logEntries.value * SHOP.logRows.value,
      // Every book has every shard read all its groups; waking, fixing and publishing read them once more each.
      objectRowsRead: groupRows * (books + 3),
      r2Writes: SHOP.sessionFiles.value + shards + 2 * pools + SHOP.logEntries.value * SHOP.logFiles.value,
      r2Reads: pools + SHOP.logEntries.value,
    },
    sweep: { objectRequests: sweeps, objectRowsWritten: sweeps * SHOP.sweepRows.value },
    keep: { objectStorage: (bytes.shards * load.keepDays) / 30 / GB, r2Storage: bytes.files / GB },
  };
  // A read that a cache answers runs nothing and logs nothing.
  const silent = load.cached * (looks + waits + opens);
  const events = load.logged * (sumOf(lives, "requests") - silent + sumOf(lives, "objectRequests"));
  const logGb = (events * ASSUMED.logEvent.value) / GB;
  return { ...lives, log: { logIngest: logGb, logStorage: (logGb * LIMITS.logDays.value) / 30 } };
}

/** Calls that one invocation makes at most: of the session object and of an award book, at the freeze or the draw. */
export function callsInMove(load: Workload): { session: number; book: number } {
  const { shards, pools } = load;
  const books = booksFor(load);
  const each = Math.ceil(pools / books);
  return { session: 2 * shards + books + SHOP.sessionFiles.value, book: Math.max(shards + each, 2 * each) };
}

/** How long a request holds its object: the wait for company and the commit. */
const HELD_S = 0.055;

/** Object seconds of a session if objects are charged only while a request is in them: at least. */
export const busySeconds = (load: Workload): number =>
  crowdOf(load).reduce(
    (sum, { perS, fromMs, toMs }) => sum + (load.shards * (toMs - fromMs) * (1 - Math.exp((-perS / load.shards) * HELD_S))) / 1000,
    0,
  );

/** What is there each month whether or not a session is held. */
export function standingUse(load: Workload): Use {
  const sweeps = SHOP.sweepsPerDay.value * 30;
  return {
    requests: sweeps,
    d1RowsRead: sweeps * load.sessions,
    objectStorage: (load.members * ASSUMED.memberBytes.value) / GB,
  };
}

export const sumOf = (lives: { [life: string]: Use }, meter: Meter): number =>
  Object.values(lives).reduce((sum, use) => sum + (use[meter] ?? 0), 0);
