// What a plan must satisfy before it is announced, and how its pools are numbered and spread.
import type { Pool } from "./pools.ts";

export type PlanTimes = {
  open: number;
  close: number;
  graceS: number;
  /** From close until exclusions and appeals are decided and the sealing begins; the end of grace unless said. */
  decideS?: number | undefined;
  leads: { announceS: number; reviewS: number; sealLeadS: number };
};

export type PlanRefusal = "invalid_times" | "not_allotted" | "too_late_to_announce";

/** Sealing needs a moment between the end of grace and review and the deadline: one second is the least that whole seconds allow. */
const SEALING_S_MIN = 1;

/** Refusals in the order checked; undefined when the plan can be announced at `now` (Unix seconds, unrounded). */
export function mayAnnounce(plan: PlanTimes, units: number, now: number): PlanRefusal | undefined {
  const { open, close, graceS, decideS = graceS, leads } = plan;
  if (close <= open || decideS < graceS || decideS > leads.reviewS - SEALING_S_MIN) return "invalid_times";
  if (units === 0) return "not_allotted";
  // Strictly before open - lead: draw1, section 4.
  return now >= open - leads.announceS ? "too_late_to_announce" : undefined;
}

/** The waitlist unless said otherwise: as many again as two further waves could need. */
export const waitFor = (stock: number): number => Math.min(2 * stock, 0xffff_ffff);

/** Pools numbered from 1 in order of SKU and store, so that the same allotment always gives the same manifest. */
export function numbered(allotment: Omit<Pool, "pool">[]): Pool[] {
  // The key of each is made once: a sort of 105,600 compares two million times.
  const keyed = allotment.map((pool) => ({ key: `${pool.sku}\n${pool.store}`, pool }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ pool }, at) => ({ pool: at + 1, ...pool }));
}

/** What the operator expects of a session: the number of reservations, and the busiest second where it is known. */
export type Expected = { reservations: number; peakPerS?: number | undefined };

/** A plan that says nothing has this many shards, and none that says something has fewer. */
export const SHARDS_MIN = 4;
export const SHARDS_MAX = 4096;

/**
 * Reservations a second that one shard is planned for. Cloudflare's guideline for an object that writes is 200 to 500 a second; a shard at a
 * mean of 200 has a busiest second of 200 + 5 x sqrt(200) = 271, and 334 where a quarter more than its share comes: below 500 with room left.
 */
export const SHARD_PER_S = 200;

/** The upper end of Cloudflare's guideline: a shard that is planned for more in a second will not keep up. */
export const SHARD_PER_S_MAX = 500;

/** Places in one shard: what it knows of them is rebuilt from its rows whenever it wakes. */
export const SHARD_PLACES = 40_000;

/** Unless said otherwise: 60 % of an hour's crowd comes in the first minute, so its busiest second brings 0.6 / 60 of everything. */
export const peakOf = ({ reservations, peakPerS }: Expected): number => peakPerS ?? reservations / 100;

/**
 * Shards for what is expected: enough for the busiest second and for the number of places, rounded up to a power of two. 10 M reservations with
 * 100,000 in a second need 100,000 / 200 = 500 for the second and 10 M / 40,000 = 250 for the places: 512.
 */
export function shardsFor(expected: Expected | undefined): number {
  if (!expected) return SHARDS_MIN;
  const wanted = Math.max(SHARDS_MIN, peakOf(expected) / SHARD_PER_S, expected.reservations / SHARD_PLACES);
  return Math.min(SHARDS_MAX, 2 ** Math.ceil(Math.log2(wanted)));
}

/** Award books at most: each holds a range of pools. 64 books of 10 M reservations hold 6 MB of table rows each. */
const BOOKS_MAX = 64;

/** How many award books a session has: a function of the manifest, so that nobody has to be asked. */
export const booksOf = (shards: number, pools: number): number => Math.max(1, Math.min(shards, pools, BOOKS_MAX));

/** The book of the pool at position `at` of `pools`: contiguous ranges of nearly equal length. */
export const bookAt = (at: number, pools: number, books: number): number => Math.floor((at * books) / pools);
