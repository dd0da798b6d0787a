// When an event that was not taken is sent again, and when it is given up.

/** Waits after the 1st, 2nd, … failed attempt, in seconds: a restart is met by the first ones, a bad night by the last. Some 30 hours in all. */
const WAITS_S = [5, 30, 120, 600, 1800, 3600, 3 * 3600, 10 * 3600, 12 * 3600];

export const ATTEMPTS_MAX = WAITS_S.length + 1;

/** Milliseconds until the next attempt after `attempts` that failed; undefined when it is given up. Chance adds up to half. */
export function nextAttemptMs(attempts: number, random: () => number): number | undefined {
  const waitS = WAITS_S[attempts - 1];
  return waitS === undefined ? undefined : Math.ceil(waitS * 1000 * (1 + random() / 2));
}

/** A receiver that takes nothing at all is left alone for this long after `failures` in a row, so that it is not asked once per event. */
export const pauseMs = (failures: number, random: () => number): number =>
  Math.ceil(Math.min(600_000, 5_000 * 2 ** Math.min(failures - 1, 10)) * (1 - random() / 2));

/** A receiver is no longer asked once it has failed for this long, and at least so often in a row. */
const FAILING_MS_MAX = 5 * 86400_000;
const FAILURES_MIN = 10;
export const isGivenUp = (failingForMs: number, failures: number): boolean =>
  failingForMs >= FAILING_MS_MAX && failures >= FAILURES_MIN;
