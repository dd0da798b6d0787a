// The whole plan: every shard of a session, a rehearsal of overload at close, and a start without pre-warming. Pure and seeded.

import { type Crowd, rushS, type Stretch, stretchesOf } from "../../domain/cost/crowd.ts";
import { ASSUMED, SHOP } from "../../domain/cost/facts.ts";
import type { DoorSession } from "../../domain/draw/door.ts";
import { generator, type Random } from "../../domain/random.ts";
import { type ShardPeak, type ShardSetting, simulateShard } from "./shard.ts";
import { Tally } from "./tally.ts";

export type ScalePlan = Crowd & {
  graceS: number;
  shards: number;
  seed: number;
  /** How many times its share a hot shard gets. */
  skew: number;
  /** Reservations that one object takes in a second. */
  objectPerS: number;
  /** Reservations that a shard lets to its door in a second. */
  admitPerS: number;
};

export type ScaleRun = {
  plan: ScalePlan;
  tally: Tally;
  /** The busiest shard in its busiest second, and the fullest queue of any. */
  peak: ShardPeak;
  /** What one shard gets in a second of the rush: the mean, and a hot one. */
  meanPerS: number;
  hotPerS: number;
  overload: { perS: number; tally: Tally; peak: ShardPeak };
  cold: { tally: Tally; peak: ShardPeak; lastReadyMs: number; shards: number };
  prewarmMs: number;
};

/** One shard in this many is hot; of fewer shards, the first. */
const HOT_EVERY = 16;

/** The rehearsal offers one shard this many times what an object takes, in the last minute: what grace is for. */
const OVERLOAD = 2;

/** A start without pre-warming is looked at for this long, on this many shards. */
const COLD_MS = 20_000;
const COLD_SHARDS = 32;

/** Shares of all shards; hot ones get `skew` times the mean, the others what is left. */
export function sharesOf({ shards, skew }: Pick<ScalePlan, "shards" | "skew">): number[] {
  const hot = Math.ceil(shards / HOT_EVERY);
  const cool = shards === hot ? 1 : (shards - hot * skew) / (shards - hot);
  return Array.from({ length: shards }, (_, shard) => (shards === hot ? 1 : shard % HOT_EVERY === 0 ? skew : cool) / shards);
}

const scaled = (stretches: Stretch[], share: number): Stretch[] =>
  stretches.map((stretch) => ({ ...stretch, perS: stretch.perS * share }));

/** `progress` is called after every shard. */
export function simulate(plan: ScalePlan, progress: (done: number, of: number) => void = () => {}): ScaleRun {
  const session: DoorSession = { voided: false, open: 0, close: plan.windowS, graceS: plan.graceS };
  const setting: ShardSetting = { session, objectPerS: plan.objectPerS, admitPerS: plan.admitPerS, readyMs: 0 };
  const stretches = stretchesOf(plan);
  const shares = sharesOf(plan);
  // Each shard has its own chance: a run with more shards does not change the first ones.
  const randomOf = (part: number, shard: number): Random => generator(plan.seed * 0x9e3779b1 + part * 0x85ebca6b + shard);
  const tally = new Tally();
  const peak: ShardPeak = { perS: 0, queue: 0, storm: false };
  for (const [shard, share] of shares.entries()) {
    raise(peak, simulateShard(scaled(stretches, share), setting, randomOf(0, shard), tally));
    progress(shard + 1, shares.length);
    if (peak.storm) break;
  }
  const mean = plan.peakPerS / plan.shards;
  return {
    plan,
    tally,
    peak,
    meanPerS: mean,
    hotPerS: plan.peakPerS * (shares[0] as number),
    overload: overloadAtClose(plan, setting, randomOf(1, 0)),
    cold: coldStart(plan, scaled(stretches, 1 / plan.shards), setting, (shard) => randomOf(2, shard)),
    prewarmMs: Math.ceil(plan.shards / SHOP.prepareAtOnce.value) * ASSUMED.coldMs.value,
  };
}

/** The last minute brings more than an object takes: everybody who is shed must be in before close + grace. */
function overloadAtClose(plan: ScalePlan, setting: ShardSetting, random: Random): ScaleRun["overload"] {
  const perS = OVERLOAD * plan.objectPerS;
  const toMs = plan.windowS * 1000;
  const end: Stretch = { name: "end", fromMs: toMs - rushS(plan.windowS) * 1000, toMs, perS };
  const tally = new Tally();
  const peak = simulateShard([end], setting, random, tally);
  return { perS, tally, peak };
}

/** All objects are called in the same second, and the account may only create so many in a second. */
function coldStart(
  plan: ScalePlan,
  stretches: Stretch[],
  setting: ShardSetting,
  randomOf: (shard: number) => Random,
): ScaleRun["cold"] {
  const count = Math.min(COLD_SHARDS, plan.shards);
  const begin = stretches.slice(0, 1).map((stretch) => ({ ...stretch, toMs: Math.min(COLD_MS, stretch.toMs) }));
  const readyOf = (position: number) => ASSUMED.coldMs.value + (position / ASSUMED.stubsPerS.value) * 1000;
  const tally = new Tally();
  const peak: ShardPeak = { perS: 0, queue: 0, storm: false };
  for (let at = 0; at < count; at++) {
    const readyMs = readyOf(Math.round(((at + 1) * plan.shards) / count));
    if (peak.storm) break;
    raise(peak, simulateShard(begin, { ...setting, readyMs }, randomOf(at), tally));
  }
  return { tally, peak, lastReadyMs: readyOf(plan.shards), shards: count };
}

function raise(peak: ShardPeak, { perS, queue, storm }: ShardPeak): void {
  peak.storm ||= storm;
  peak.perS = Math.max(peak.perS, perS);
  peak.queue = Math.max(peak.queue, queue);
}
