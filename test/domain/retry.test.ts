// When somebody who was sent away comes back: never before what was asked for, and never all at once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterS, retryWaitMs } from "../../domain/retry.ts";

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
