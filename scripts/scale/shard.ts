// One reservation shard through one session, try by try: a bounded queue before one thread, the shop's door, the shop's groups, commits that
// take their time while others go on, and people who come again. Pure: chance is passed in, nothing waits. The window opens at 0.
import { type DoorSession, door, owedSecond } from "../../domain/draw/door.ts";
import { retryAfterS, retryWaitMs } from "../../domain/retry.ts";
import type { Random } from "../play/random.ts";
import { arrivals, type Stretch } from "./crowd.ts";
import { ASSUMED, LIMITS, SHOP } from "./facts.ts";
import { Groups } from "./groups.ts";
import { Heap } from "./heap.ts";
import type { Tally } from "./tally.ts";

export type ShardSetting = {
  session: DoorSession;
  /** Requests that the object's thread takes in a second. */
  objectPerS: number;
  /** When the object is awake; before that its requests queue. */
  readyMs: number;
};

/** The busiest second and the fullest queue. A storm is when so many come again that the run was given up. */
export type ShardPeak = { perS: number; queue: number; storm: boolean };

/** One try: when, how many went before, when the first was, and the ticket that came of them. */
type Try = { atMs: number; before: number; firstMs: number; ticketS: number | undefined };

/** Tries in one second, as a multiple of what the object takes, at which a run is given up: a plan that is far too small ends at once. */
const STORM = 20;

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

class Shard {
  readonly peak: ShardPeak = { perS: 0, queue: 0, storm: false };
  readonly #stretches: Stretch[];
  readonly #session: DoorSession;
  readonly #objectPerS: number;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #closeMs: number;
  readonly #endMs: number;
  /** Tries in each second since open. */
  readonly #triesIn: Uint32Array;
  readonly #again = new Heap<Try>(({ atMs }) => atMs);
  readonly #groups = new Groups((flushMs, size) => this.#commit(flushMs, size));
  /** When each member of the group under way reached the object. */
  readonly #reachedMs: number[] = [];
  /** When the thread has done what queues before it. */
  #freeMs: number;

  constructor(stretches: Stretch[], { session, objectPerS, readyMs }: ShardSetting, random: Random, tally: Tally) {
    this.#stretches = stretches;
    this.#session = session;
    this.#objectPerS = objectPerS;
    this.#random = random;
    this.#tally = tally;
    this.#closeMs = session.close * 1000;
    this.#endMs = this.#closeMs + session.graceS * 1000;
    this.#triesIn = new Uint32Array(session.close + session.graceS + 1);
    this.#freeMs = readyMs;
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

  reach(one: Try): void {
    const { atMs, firstMs, ticketS } = one;
    const { peak } = this;
    const tally = this.#tally;
    tally.tries++;
    const second = Math.floor(atMs / 1000);
    const inSecond = (this.#triesIn[second] as number) + 1;
    this.#triesIn[second] = inSecond;
    if (inSecond > peak.perS) peak.perS = inSecond;
    peak.storm ||= inSecond > STORM * this.#objectPerS;
    const serviceMs = 1000 / this.#objectPerS;
    const queue = Math.max(0, this.#freeMs - atMs) / serviceMs;
    if (queue >= ASSUMED.queueS.value * this.#objectPerS || inSecond > LIMITS.objectSoftPerS.value) {
      this.#sendAway(one);
      return;
    }
    if (queue > peak.queue) peak.queue = queue;
    const judgedMs = Math.max(atMs, this.#freeMs) + serviceMs;
    this.#freeMs = judgedMs;
    const isStray = firstMs >= this.#closeMs;
    if (door(this.#session, { ...ABLE, overloadS: ticketS }, judgedMs).reason !== undefined) {
      if (ticketS !== undefined) tally.ticketedOut++;
      else if (!isStray) tally.late++;
      return;
    }
    tally.admitted++;
    if (isStray) tally.straysIn++;
    if (ticketS !== undefined) {
      tally.ticketedIn++;
      tally.rounds.add((judgedMs - firstMs) / 100);
      tally.lastTicketMs = Math.max(tally.lastTicketMs, judgedMs);
    }
    this.#groups.until(judgedMs);
    this.#reachedMs.push(atMs);
    this.#groups.add(judgedMs);
  }

  /** The platform's refusal: an overload ticket where one is owed, and another try when the page makes it. */
  #sendAway({ atMs, before, firstMs, ticketS: held }: Try): void {
    const tally = this.#tally;
    const ticketS = held ?? owedSecond(this.#session, atMs);
    if (ticketS === undefined) return;
    tally.shed++;
    if (held === undefined) tally.ticketed++;
    const attempt = (before % SHOP.tries.value) + 1;
    const looksS = atMs < this.#closeMs ? SHOP.lookS.value : SHOP.waitS.value;
    const waitMs =
      attempt < SHOP.tries.value
        ? retryWaitMs(retryAfterS(this.#random), attempt, this.#random)
        : looksS * 1000 * (0.75 + this.#random() / 2);
    const nextMs = atMs + waitMs;
    if (nextMs >= this.#endMs) tally.ticketedOut++;
    else this.#again.push({ atMs: nextMs, before: before + 1, firstMs, ticketS });
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
