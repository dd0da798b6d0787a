// When a shard flushes: at the group size that the arrival rate lets it expect within the longest wait, or when that wait is over.

/** Nobody waits longer for company: at 400 reservations a second 18 of them share a commit, at 10 a second each has its own. */
export const WAIT_MS_MAX = 45;

/** Weight of the newest interval: one of 100 ms counts as much as all before it. */
const HALF_MS = 100;

export type Rate = { perMs: number };

/** The rate after `count` arrivals in `elapsedMs`. A long pause forgets a past rush, so the next lone request does not wait. */
export function blend(rate: Rate, count: number, elapsedMs: number): Rate {
  const elapsed = Math.max(elapsedMs, 1);
  const weight = elapsed / (elapsed + HALF_MS);
  return { perMs: rate.perMs * (1 - weight) + (count / elapsed) * weight };
}

/** Arrivals to expect within the longest wait, from 1 to `max`. */
export const expectedGroup = (rate: Rate, max: number): number => Math.max(1, Math.min(max, Math.round(rate.perMs * WAIT_MS_MAX)));
