// When an event is sent again: soon at first, ever more rarely, given up after ten attempts in some thirty hours.
import { describe, expect, it } from "vitest";
import { ATTEMPTS_MAX, isGivenUp, nextAttemptMs, pauseMs } from "../../../domain/webhook/retry.ts";

const never = () => 0;
const always = () => 0.999;
const HOUR = 3600_000;
const DAY = 24 * HOUR;

describe("the next attempt", () => {
  it("comes after 5 s, 30 s, 2 min … 12 h, then never", () => {
    const waits = Array.from({ length: ATTEMPTS_MAX }, (_, at) => nextAttemptMs(at + 1, never));
    expect(waits.map((ms) => (ms === undefined ? ms : ms / 1000))).toEqual([
      5,
      30,
      120,
      600,
      1800,
      3600,
      10800,
      36000,
      43200,
      undefined,
    ]);
  });

  it("is put off by chance, by less than half", () => {
    for (let attempts = 1; attempts < ATTEMPTS_MAX; attempts++) {
      const [soonest, latest] = [nextAttemptMs(attempts, never) as number, nextAttemptMs(attempts, always) as number];
      expect(latest).toBeGreaterThan(soonest);
      expect(latest).toBeLessThanOrEqual(1.5 * soonest);
    }
  });
});

describe("a receiver that takes nothing", () => {
  it.each([
    [1, 5_000],
    [2, 10_000],
    [7, 320_000],
    [8, 600_000],
    [1000, 600_000],
  ])("is left alone after %i failures in a row for %i ms at most, and half of it at least", (failures, ms) => {
    expect(pauseMs(failures, never)).toBe(ms);
    expect(pauseMs(failures, always)).toBeGreaterThanOrEqual(ms / 2);
  });

  it.each([
    [5 * DAY, 10, true],
    [5 * DAY - 1, 1000, false],
    [30 * DAY, 9, false],
  ])("after %i ms and %i failures is given up: %s", (ms, failures, given) => {
    expect(isGivenUp(ms, failures)).toBe(given);
  });
});
