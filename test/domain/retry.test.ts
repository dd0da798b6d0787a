// When somebody who was sent away comes back: never before what was asked for, and never all at once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterS, retryWaitMs, spreadS } from "../../domain/retry.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("Retry-After", () => {
  it.each([
    [0, 1],
    [0.3, 1],
    [0.34, 2],
    [0.66, 2],
    [0.67, 3],
    [0.999_999, 3],
  ])("with chance %f is %i s", (random, seconds) => {
    expect(retryAfterS(() => random)).toBe(seconds);
  });
});

describe("the pause that a shed person is told", () => {
  it.each<[given: string, retryS: number, leftS: number, random: number, seconds: number]>([
    ["the time that the shard named, without chance", 4, 600, 0, 4],
    ["up to twice that", 4, 600, 0.999, 8],
    ["a second at least", 0.2, 600, 0, 1],
    ["no longer than half of what is left of grace, without chance", 30, 20, 0, 10],
    ["and never its last tenth", 30, 20, 0.999, 17],
    ["a second when grace is nearly over", 30, 1.5, 0.999, 1],
    ["the named time when nothing is left to miss", 3, -5, 0, 3],
  ])("is %s", (_, retryS, leftS, random, seconds) => {
    expect(spreadS(retryS, leftS, () => random)).toBe(seconds);
  });

  it("brings a ticket holder back before grace ends, whenever they were shed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 4000 }), chance, (retryS, leftS, random) => {
        expect(spreadS(retryS, leftS, () => random)).toBeLessThan(leftS);
      }),
    );
  });
});

describe("the wait before the next try", () => {
  it.each([
    ["nothing asked, no chance", 0, 1, 0, 0],
    ["2 s asked, no chance", 2, 1, 0, 2000],
    ["2 s asked, half a chance: half of the half, and half of a second", 2, 1, 0.5, 2000 * 1.25 + 500],
    ["the same at the second try: half of two seconds", 2, 2, 0.5, 2000 * 1.25 + 1000],
  ])("%s", (_, askedS, attempt, random, ms) => {
    expect(retryWaitMs(askedS, attempt, () => random)).toBe(ms);
  });

  it("is never shorter than what the server asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 5 }), chance, (askedS, attempt, random) => {
        expect(retryWaitMs(askedS, attempt, () => random)).toBeGreaterThanOrEqual(askedS * 1000);
      }),
    );
  });
});
