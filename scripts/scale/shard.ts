// One reservation shard through one session, try by try: an edge that sheds some by itself, a bounded queue before one thread, the
// shop's own admission, door and groups, commits that take their time while others go on, and people who come again. Pure: chance is passed
// in, nothing waits. The window opens at 0.

import { arrivals, type Stretch } from "../../domain/cost/crowd.ts";
import { ASSUMED, LIMITS, SHOP } from "../../domain/cost/facts.ts";
import { Groups } from "../../domain/cost/groups.ts";
import { arrive, type Bucket, fullBucket, stayAwayS } from "../../domain/draw/admission.ts";
import { type DoorSession, door, owedSecond } from "../../domain/draw/door.ts";
import { answered, NOTHING_SEEN, oneMore, type Seen } from "../../domain/draw/throttle.ts";
import type { Random } from "../../domain/random.ts";
import { spreadS } from "../../domain/retry.ts";
import { PLATFORM_RETRY_S } from "../../workers/edge/shedding.ts";
import { Heap } from "./heap.ts";
import type { Tally } from "./tally.ts";

export type ShardSetting = {
  session: DoorSession;
  /** Reservations that the object's thread takes in a second; of calls that write nothing it takes as many as the platform lets through. */
  objectPerS: number;
  /** Reservations that the plan lets to the door in a second. */
  admitPerS: number;
  /** When the object is awake; before that its requests queue. */
  readyMs: number;
};

/** Calls in the busiest second and the fullest queue. A storm is when so many come again that the run was given up. */
export type ShardPeak = { perS: number; queue: number; storm: boolean };

/** One try: when, how many went before, when the first was, and the ticket that came of them. */
type Try = { atMs: number; before: number; firstMs: number; ticketS: number | undefined };

/** Tries in one second, as a multiple of what the object takes, at which a run is given up: a plan that is far too small ends at once. */
const STORM = 40;

/** Some come after close, for this long and a tenth as often as at the end, to see that nobody without a ticket gets in. */
const STRAYS_MS = 10_000;
const STRAYS_SHARE = 0.1;

/** A request that nothing speaks against but time. */
const ABLE = { poolKnown: true, personReasons: [], nonceUsed: false, withdrawn: false, reserved: false };

export function simulateShard(stretches: Stretch[], setting: ShardSetting, random: Random, tally: Tally): ShardPeak {
  const closeMs = setting.session.close * 1000;
  const shard = new Shard(stretches, setting, random, tally);
  const strays: Stretch = {
    name: "end",
    fromMs: closeMs,
    toMs: closeMs + Math.min(STRAYS_MS, setting.session.graceS * 1000),
    perS: (stretches.at(-1) as Stretch).perS * STRAYS_SHARE,
  };
  for (const atMs of arrivals([...stretches, strays], random)) {
    shard.comeAgain(atMs);
    if (shard.peak.storm) return shard.peak;
    if (atMs < closeMs) tally.wanted++;
    else tally.strays++;
    shard.reach({ atMs, before: 0, firstMs: atMs, ticketS: undefined });
  }
  shard.comeAgain(Number.POSITIVE_INFINITY);
  shard.end();
  return shard.peak;
}

/** What one isolate of the edge remembers of the shard, for newcomers and for ticket holders. */
type Remembered = { seen: Seen; retryS: number };

class Shard {
  readonly peak: ShardPeak = { perS: 0, queue: 0, storm: false };
  readonly #stretches: Stretch[];
  readonly #setting: ShardSetting;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #closeMs: number;
  readonly #endMs: number;
  /** Tries, and calls of the object, in each second since open. */
  readonly #triesIn: Uint32Array;
  readonly #callsIn: Uint32Array;
  readonly #again = new Heap<Try>(({ atMs }) => atMs);
  readonly #groups = new Groups((flushMs, size) => this.#commit(flushMs, size));
  /** When each member of the group under way reached the object. */
  readonly #reachedMs: number[] = [];
  readonly #edge: Remembered[] = Array.from({ length: 2 * ASSUMED.isolates.value }, () => ({ seen: NOTHING_SEEN, retryS: 1 }));
  #bucket: Bucket;
  /** When the thread has done what queues before it. */
  #freeMs: number;

  constructor(stretches: Stretch[], setting: ShardSetting, random: Random, tally: Tally) {
    const { close, graceS } = setting.session;
    this.#stretches = stretches;
    this.#setting = setting;
    this.#random = random;
    this.#tally = tally;
    this.#closeMs = close * 1000;
    this.#endMs = this.#closeMs + graceS * 1000;
    this.#triesIn = new Uint32Array(close + graceS + 1);
    this.#callsIn = new Uint32Array(close + graceS + 1);
    this.#bucket = fullBucket(setting.admitPerS, 0);
    this.#freeMs = setting.readyMs;
  }

  /** Plays the tries of those who were sent away and come again before `untilMs`. */
  comeAgain(untilMs: number): void {
    for (let next = this.#again.peek(); next && next.atMs < untilMs && !this.peak.storm; next = this.#again.peek()) {
      this.#again.pop();
      this.reach(next);
    }
  }

  end(): void {
    this.#groups.until(Number.POSITIVE_INFINITY);
  }

  /** A try at the edge: some isolate, which sheds it by itself where the shard has turned many away. */
  reach(one: Try): void {
    const second = Math.floor(one.atMs / 1000);
    this.#tally.tries++;
    this.peak.storm ||= count(this.#triesIn, second) > STORM * this.#setting.objectPerS;
    const isolate = Math.floor(this.#random() * ASSUMED.isolates.value);
    const remembered = this.#edge[2 * isolate + (one.ticketS === undefined ? 0 : 1)] as Remembered;
    const { send, seen } = oneMore(remembered.seen, this.#random(), one.atMs);
    remembered.seen = seen;
    if (!send) {
      if (this.#sendAway(one, remembered.retryS)) this.#tally.shedByEdge++;
      return;
    }
    const retryS = this.#call(one, second);
    remembered.seen = answered(remembered.seen, retryS === undefined);
    if (retryS !== undefined) remembered.retryS = retryS;
  }

  /** Seconds that the object names where it sends somebody away. */
  #call(one: Try, second: number): number | undefined {
    const { atMs, ticketS } = one;
    const { session, objectPerS, admitPerS } = this.#setting;
    const { peak } = this;
    const tally = this.#tally;
    tally.calls++;
    const calls = count(this.#callsIn, second);
    if (calls > peak.perS) peak.perS = calls;
    const startMs = Math.max(atMs, this.#freeMs);
    const queue = ((startMs - atMs) * objectPerS) / 1000;
    if (queue >= ASSUMED.queueS.value * objectPerS || calls > LIMITS.objectSoftPerS.value) {
      if (this.#sendAway(one, PLATFORM_RETRY_S)) tally.shedByPlatform++;
      return PLATFORM_RETRY_S;
    }
    if (queue > peak.queue) peak.queue = queue;
    // As in durable-objects/shard/desk.ts: after close a ticket holder is not kept waiting.
    if (ticketS === undefined || startMs < this.#closeMs) {
      const caller = ticketS === undefined ? "newcomer" : "ticket-holder";
      const { admitted, bucket } = arrive(this.#bucket, admitPerS, caller, Math.floor(startMs));
      this.#bucket = bucket;
      if (!admitted) {
        this.#freeMs = startMs + 1000 / Math.max(objectPerS, LIMITS.objectSoftPerS.value);
        const retryS = stayAwayS(bucket, admitPerS);
        if (this.#sendAway(one, retryS)) tally.shedByShard++;
        return retryS;
      }
    }
    const judgedMs = startMs + 1000 / objectPerS;
    this.#freeMs = judgedMs;
    if (door(session, { ...ABLE, overloadS: ticketS }, judgedMs).reason === undefined) this.#admit(one, judgedMs);
    else if (ticketS !== undefined) tally.ticketedOut++;
    else if (one.firstMs < this.#closeMs) tally.late++;
    return undefined;
  }

  #admit({ atMs, firstMs, ticketS }: Try, judgedMs: number): void {
    const tally = this.#tally;
    tally.admitted++;
    if (firstMs >= this.#closeMs) tally.straysIn++;
    if (ticketS !== undefined) {
      tally.ticketedIn++;
      tally.rounds.add((judgedMs - firstMs) / 100);
      tally.lastTicketMs = Math.max(tally.lastTicketMs, judgedMs);
    }
    this.#groups.until(judgedMs);
    this.#reachedMs.push(atMs);
    this.#groups.add(judgedMs);
  }

  /** An overload ticket, and another try when the page makes it. False for whoever comes after close without one: nobody is owed anything. */
  #sendAway({ atMs, before, firstMs, ticketS: held }: Try, retryS: number): boolean {
    const tally = this.#tally;
    const ticketS = held ?? owedSecond(this.#setting.session, atMs);
    if (ticketS === undefined) return false;
    if (held === undefined) tally.ticketed++;
    const attempt = (before % SHOP.shedTimes.value) + 1;
    const askedS = spreadS(retryS, (this.#endMs - atMs) / 1000, this.#random);
    const looksS = atMs < this.#closeMs ? SHOP.lookS.value : SHOP.waitS.value;
    const waitMs = attempt < SHOP.shedTimes.value ? askedS * 1000 : looksS * 1000 * (0.75 + this.#random() / 2);
    const nextMs = atMs + waitMs;
    if (nextMs >= this.#endMs) tally.ticketedOut++;
    else this.#again.push({ atMs: nextMs, before: before + 1, firstMs, ticketS });
    return true;
  }

  #commit(flushMs: number, size: number): void {
    const tally = this.#tally;
    const { name } = this.#stretches.find(({ toMs }) => flushMs < toMs) ?? (this.#stretches.at(-1) as Stretch);
    tally.groups++;
    tally.groupsIn[name] = (tally.groupsIn[name] ?? 0) + 1;
    tally.admittedIn[name] = (tally.admittedIn[name] ?? 0) + size;
    const { commitMsMin, commitMsMax } = LIMITS;
    const doneMs = flushMs + commitMsMin.value + this.#random() * (commitMsMax.value - commitMsMin.value);
    for (const atMs of this.#reachedMs) tally.waits.add(doneMs - atMs);
    this.#reachedMs.length = 0;
  }
}

function count(bins: Uint32Array, bin: number): number {
  const next = (bins[bin] as number) + 1;
  bins[bin] = next;
  return next;
}
