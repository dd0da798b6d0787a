// When a shard flushes: company is only waited for where the arrival rate promises it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blend, expectedGroup, type Rate, WAIT_MS_MAX } from "../../../domain/draw/grouping.ts";
import { GROUP_MAX } from "../../../domain/draw/receipt.ts";

/** The rate after steady arrivals, seen in intervals of `everyMs`. */
function steady(perS: number, everyMs: number, forMs: number, from: Rate = { perMs: 0 }): Rate {
  let rate = from;
  for (let ms = 0; ms < forMs; ms += everyMs) rate = blend(rate, (perS * everyMs) / 1000, everyMs);
  return rate;
}

describe("the group to wait for", () => {
  it.each([
    ["10 a second: each its own", 10, 1],
    ["400 a second: 18", 400, 18],
    ["1,000 a second: 45", 1000, 45],
    ["2,000 a second: 90", 2000, 90],
    ["100,000 a second: the most there may be", 100_000, GROUP_MAX],
  ])("at a steady %s", (_, perS, group) => {
    for (const everyMs of [5, 20, 45]) {
      expect(Math.abs(expectedGroup(steady(perS, everyMs, 3000), GROUP_MAX) - group)).toBeLessThanOrEqual(1);
    }
  });

  it("of a first request ever is one", () => {
    expect(expectedGroup({ perMs: 0 }, GROUP_MAX)).toBe(1);
  });

  it("of a lone request after a pause is one, however great the rush before it", () => {
    const rush = steady(20_000, 10, 3000);
    expect(expectedGroup(rush, GROUP_MAX)).toBe(GROUP_MAX);
    expect(expectedGroup(blend(rush, 1, 60_000), GROUP_MAX)).toBe(1);
  });

  it("follows a rush that begins within half a second", () => {
    const quiet = blend({ perMs: 0 }, 1, 60_000);
    expect(expectedGroup(steady(1000, 20, 500, quiet), GROUP_MAX)).toBeGreaterThan(40);
  });

  it("is a whole number from 1 to the most there may be, for any history", () => {
    const interval = fc.record({ count: fc.nat({ max: 5000 }), elapsedMs: fc.double({ min: 0, max: 1e7, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 30 }), fc.integer({ min: 1, max: GROUP_MAX }), (history, max) => {
        const rate = history.reduce((sum, { count, elapsedMs }) => blend(sum, count, elapsedMs), { perMs: 0 } as Rate);
        const group = expectedGroup(rate, max);
        expect(Number.isInteger(group)).toBe(true);
        expect(group).toBeGreaterThanOrEqual(1);
        expect(group).toBeLessThanOrEqual(max);
      }),
    );
  });

  it("lies between the rates that are blended", () => {
    const perMs = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(perMs, fc.nat({ max: 5000 }), fc.double({ min: 1, max: 1e5, noNaN: true }), (before, count, elapsedMs) => {
        const now = count / elapsedMs;
        const blended = blend({ perMs: before }, count, elapsedMs).perMs;
        expect(blended).toBeGreaterThanOrEqual(Math.min(before, now) - 1e-9);
        expect(blended).toBeLessThanOrEqual(Math.max(before, now) + 1e-9);
      }),
    );
  });

  it("is what arrives within the longest wait", () => {
    expect(expectedGroup({ perMs: 2 }, GROUP_MAX)).toBe(2 * WAIT_MS_MAX);
  });
});
