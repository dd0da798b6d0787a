// Sessions by chance, the odd ones included: nobody in it, one entry, empty pools and shards, no stock, stock for everybody, one second for all.
import type { Pool } from "../../domain/draw/pools.ts";
import type { OutcomeCode } from "../../domain/draw/review.ts";
import type { LapseRow } from "../../domain/draw/wave.ts";
import { generator } from "../../domain/random.ts";
import type { Setting } from "./published-session.ts";
import type { Cast } from "./small-session.ts";

export type Sizes = Partial<{ shards: number; pools: number; entrants: number; ticketsMax: number; k: number; earlier: number }>;

/** A setting of a published session; the same seed gives the same one. `fixed` sizes are not left to chance. */
export function randomSetting(seed: number, fixed: Sizes = {}): Setting {
  const random = generator(seed);
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <Item>(items: Item[]) => items[whole(0, items.length - 1)] as Item;
  const sizes = {
    shards: fixed.shards ?? pick([1, 2, 3, 9]),
    ticketsMax: fixed.ticketsMax ?? pick([1, 3, 8]),
    pools: fixed.pools ?? pick([1, 2, 5]),
    entrants: fixed.entrants ?? pick([0, 1, 2, 20, 60]),
  };
  let number = 0;
  const pools: Pool[] = Array.from({ length: sizes.pools }, (_, at) => {
    number += pick([1, 1, 7, 1000]);
    return {
      pool: number,
      sku: pick(["sku-a", "飞天"]),
      store: `店-${at}`,
      stock: pick([0, 1, 2, 5, 100]),
      wait: pick([0, 1, 3, 50]),
    };
  });
  const wanted = pools.slice(0, whole(1, pools.length));
  const seconds = pick([0, 3599]);
  const entrants = Array.from({ length: sizes.entrants }, () => ({
    pool: pick(wanted).pool,
    tickets: whole(1, sizes.ticketsMax),
    s: whole(0, seconds),
  }));
  const share = pick([0, 0.2, 1]);
  const excluded: Cast["excluded"] = {};
  entrants.forEach((_, person) => {
    if (random() < share) excluded[person] = whole(1, 15);
  });
  // A review of all that operators excluded, and of some who are in again.
  const reviewed = (reason: number, outcomes: OutcomeCode[]) => ({ reason, outcome: pick(outcomes) });
  const review: NonNullable<Cast["review"]> = {};
  const isReviewed = random() < 0.5;
  entrants.forEach((_, person) => {
    const reason = excluded[person];
    if (reason !== undefined && reason !== 1) review[person] = reviewed(reason, [0, 1]);
    else if (reason === undefined && random() < 0.1) review[person] = reviewed(whole(2, 15), [2, 3]);
  });
  const k = fixed.k ?? pick([undefined, 0, 1, 3]);
  const lapsing = Array.from(
    { length: whole(0, 3) },
    () =>
      (standing: { pool: number; rank: number }[]): LapseRow[] =>
        standing.filter(() => random() < 0.3).map(({ pool, rank }) => ({ pool, rank, cause: whole(1, 4) })),
  );
  const cast: Cast = {
    session: `random-${seed}`,
    shards: sizes.shards,
    ticketsMax: sizes.ticketsMax,
    pools,
    entrants,
    excluded,
    ...(isReviewed && Object.keys(review).length > 0 && { review }),
  };
  return { cast, lapsing, earlier: fixed.earlier ?? pick([0, 3, 255, 300]), ...(k !== undefined && { k }) };
}
