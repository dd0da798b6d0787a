// The auditor's sample: winners with more than one ticket, opened by the operator, each with the losses that its tickets rest on. What is
// opened is not public; what it is checked against is. draw1, section 6.
import { type Bytes, hex, unhex } from "../bytes.ts";
import { auditSample } from "../draw/audit-sample.ts";
import { eidOf, pidFrom, shardOf } from "../draw/entry.ts";
import { beaconTime } from "../draw/manifest.ts";
import type { Counting } from "../draw/tickets.ts";
import { HASH } from "../merkle.ts";
import { compareHashes } from "../packed.ts";
import type { Expected } from "./announced.ts";
import { audit, drawnOnly, type Recomputed } from "./audit.ts";
import { type Chains, type Opening, readChains, type ShownEntry } from "./chains-file.ts";
import type { LogTrust } from "./logged.ts";
import { Broken } from "./reasons.ts";
import { type Audited, read } from "./step.ts";

/** docs/verify-reasons.md is made of this table, too. */
export const CHAIN_REASONS = {
  "chains-form": "The file of openings is not of the form, or belongs to another session.",
  "chains-no-log": "Without a public log nothing says which results came before the plan.",
  "chain-missing": "A winner of the sample is not opened.",
  "chain-not-sampled": "An entry is opened that is not in the sample, or not in its order.",
  "chain-other-person": "An entry is not that of the person whose key is shown: pid, nonce and public id do not go together.",
  "chain-twice": "One session is named twice among the losses of an entry.",
  "chain-broken-session": "A session that is named among the losses does not pass its own audit.",
  "chain-not-counting": "A session that is named among the losses has rules by which nothing counts, or is another log's.",
  "chain-other-family": "A loss is one in another product family.",
  "chain-too-late": "A loss does not stand in the log before the plan of the session that it is to count in.",
  "chain-too-old": "A loss is older than the rules let one count.",
  "chain-not-lost": "An entry that is shown as lost has won, or was excluded.",
  "chain-tickets": "An entry has other tickets than one more for each loss that is shown.",
} as const;

export type ChainReason = keyof typeof CHAIN_REASONS;

/** A chain that does not hold, or a file of openings that cannot be one. */
export class BrokenChain extends Error {
  readonly reason: ChainReason;
  readonly detail: string;

  constructor(reason: ChainReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** What the verifier brings along for the sessions of the losses, too. */
export type Trust = LogTrust & Pick<Expected, "chains">;

export type ChainCounts = { opened: number; losses: number; sessions: number };

type Rules = { families?: { [sku: string]: string }; counting?: Counting };

/** A drawn session with what its rules document says. */
type Session = Required<Recomputed> & { rules: Rules };

/** Checks every opening of the file against the session and against those that its losses are in, each of which is audited in full. */
export function* checkChains(bytes: Bytes, recomputed: Recomputed, trust: Trust): Audited<ChainCounts> {
  need(recomputed.outcome.stage === "drawn", "chains-form", "the session is not drawn yet");
  const target = { ...drawnOnly(recomputed), rules: yield* rulesOf(recomputed) };
  const file = readFile(bytes, target);
  const manifestAt = target.logged.manifestAt;
  const counting = target.rules.counting;
  const sample = sampleOf(target);
  if (sample.length > 0) {
    need(manifestAt !== undefined, "chains-no-log", "the session's log is not published");
    need(counting !== undefined, "chain-not-counting", "the rules of this session say nothing of losses");
  }
  compareWithSample(file.openings, sample);
  file.openings.forEach((opening, at) => {
    needOwn(target, opening, opening.inner);
    const { tickets, shard, index } = sample[at] as Sampled;
    const once = new Set(opening.chain.map(({ session }) => session)).size === opening.chain.length;
    need(once, "chain-twice", nameOf(opening));
    const shown = 1 + opening.chain.length;
    need(tickets === shown, "chain-tickets", `entry ${shard}/${index} has ${tickets} tickets, ${shown - 1} losses are shown`);
  });
  yield { passed: "every winner of the sample is opened, with as many losses as its tickets rest on" };

  const names = [...new Set(file.openings.flatMap(({ chain }) => chain.map(({ session }) => session)))];
  for (const [done, name] of names.entries()) {
    yield { doing: "sessions of losses", done, of: names.length };
    const earlier = yield* auditEarlier(name, trust);
    need(earlier.rules.counting !== undefined, "chain-not-counting", name);
    need(earlier.announced.manifest.origin === target.announced.manifest.origin, "chain-not-counting", `${name} is another log's`);
    for (const opening of file.openings) {
      const link = opening.chain.find(({ session }) => session === name);
      if (link) checkLink(target, manifestAt as number, counting as Counting, opening, earlier, link);
    }
  }
  yield { passed: "every loss that is shown is one: the same person, the same family, before the plan, above the cut-off" };
  const losses = file.openings.reduce((sum, { chain }) => sum + chain.length, 0);
  return { opened: file.openings.length, losses, sessions: names.length };
}

function checkLink(
  target: Session,
  manifestAt: number,
  counting: Counting,
  opening: Opening,
  earlier: Session,
  link: ShownEntry & { session: string },
): void {
  const { manifest } = earlier.announced;
  const name = `${link.session} ${nameOf(link)} of ${nameOf(opening)}`;
  need(earlier.logged.resultAt !== undefined && earlier.logged.resultAt < manifestAt, "chain-too-late", name);
  need(beaconTime(manifest) + counting.lossesCountS >= target.announced.manifest.open, "chain-too-old", name);
  const row = needOwn(earlier, link, opening.inner);
  const mine = rowOf(target, opening) as number;
  need(familyOf(earlier, row) === familyOf(target, mine), "chain-other-family", name);
  const { places } = earlier.sealed;
  const lh = places.leaves.subarray(row * HASH, (row + 1) * HASH);
  const { winners } = earlier.drawn.results[places.pools[row] as number] as (typeof earlier.drawn.results)[number];
  const won = winners.some((winner) => compareHashes(winner.lh, 0, lh, 0) === 0);
  // Whoever is in the table and not among the winners has a score above the cut-off: the audit has drawn the pool again.
  need(!won && places.excluded[row] === 0, "chain-not-lost", name);
}

export type Sampled = { lh: Bytes; tickets: number; shard: number; index: number };

/** The winners that are to be opened, in their order. */
export function sampleOf({ announced, sealed, drawn }: Required<Recomputed>): Sampled[] {
  if (announced.manifest.ticketsMax === 1) return [];
  const { places } = sealed;
  const winners = drawn.results.flatMap(({ winners: won }, pool) => {
    const rows = sealed.rowsOf(pool);
    return won.map(({ lh }): Sampled => {
      const row = rowIn(rows, places.leaves, lh);
      return { lh, tickets: places.tickets[row] as number, ...placeOf(places.firsts, row) };
    });
  });
  return auditSample(drawn.seed, winners);
}

/** A pool's rows ascend by leaf hash. */
function rowIn(rows: Uint32Array, leaves: Bytes, lh: Bytes): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareHashes(leaves, (rows[middle] as number) * HASH, lh, 0) < 0) low = middle + 1;
    else high = middle;
  }
  return rows[low] as number;
}

const placeOf = (firsts: number[], row: number): { shard: number; index: number } => {
  const shard = firsts.findLastIndex((first) => first <= row);
  return { shard, index: row - (firsts[shard] as number) };
};

function rowOf({ sealed }: Session, { shard, index }: ShownEntry): number | undefined {
  return index < (sealed.shards[shard]?.n ?? 0) ? (sealed.places.firsts[shard] as number) + index : undefined;
}

/** The row of an entry that this inner key and its nonce make the person's own. */
function needOwn(session: Session, entry: ShownEntry, inner: string): number {
  const { announced, sealed } = session;
  const row = rowOf(session, entry);
  const pid = pidFrom(unhex(inner), announced.M);
  const eid = eidOf(announced.M, unhex(entry.nonce), pid);
  const own =
    row !== undefined &&
    shardOf(pid, announced.manifest.shards) === entry.shard &&
    compareHashes(sealed.places.eids, row * HASH, eid, 0) === 0;
  need(own, "chain-other-person", `${announced.manifest.session} ${nameOf(entry)}`);
  return row as number;
}

function familyOf({ rules, pools, sealed }: Session, row: number): string | undefined {
  const pool = pools[sealed.places.pools[row] as number];
  return pool && rules.families?.[pool.sku];
}

function compareWithSample(openings: Opening[], sample: Sampled[]): void {
  for (let at = 0; at < Math.max(openings.length, sample.length); at++) {
    const [opening, wanted] = [openings[at], sample[at]];
    if (wanted && opening?.shard === wanted.shard && opening.index === wanted.index) continue;
    const isMissing = wanted && !openings.some(({ shard, index }) => shard === wanted.shard && index === wanted.index);
    if (isMissing) throw new BrokenChain("chain-missing", nameOf(wanted));
    throw new BrokenChain("chain-not-sampled", nameOf(opening ?? (wanted as Sampled)));
  }
}

function readFile(bytes: Bytes, { announced }: Session): Chains {
  const { manifest, M } = announced;
  try {
    const file = readChains(bytes);
    if (file.session === manifest.session && file.manifest === hex(M)) return file;
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error;
    throw new BrokenChain("chains-form", error.message);
  }
  throw new BrokenChain("chains-form", "the openings of another session");
}

/** The whole audit of an earlier session, without its own report. What does not hold there is what is wrong here. */
function* auditEarlier(session: string, { logKey, seen, chains }: Trust): Audited<Session> {
  try {
    const steps = audit({ session, logKey, seen, chains });
    let step = steps.next();
    while (!step.done) step = steps.next("passed" in step.value ? undefined : yield step.value);
    need(step.value.outcome.stage === "drawn", "chain-broken-session", `${session} is not drawn yet`);
    return { ...drawnOnly(step.value), rules: yield* rulesOf(step.value) };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    throw new BrokenChain("chain-broken-session", `${session}: ${error.message}`);
  }
}

/** The audit has held the document against its hash; what it says is read here. One that is no JSON object says nothing of losses. */
function* rulesOf({ announced }: Recomputed): Audited<Rules> {
  const bytes = yield* read(`rules/${announced.manifest.rulesHash}`);
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes))) as Rules;
  } catch {
    return {};
  }
}

const nameOf = ({ shard, index }: { shard: number; index: number }): string => `entry ${shard}/${index}`;

function need(holds: boolean, reason: ChainReason, detail: string): asserts holds {
  if (!holds) throw new BrokenChain(reason, detail);
}
