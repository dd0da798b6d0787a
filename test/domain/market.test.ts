// The age from which a market sells alcohol.
import { describe, expect, it } from "vitest";
import { ageFor } from "../../domain/market.ts";

describe("minimum age", () => {
  it.each([
    ["CN", true, 18],
    ["US", true, 21],
    ["JP", true, 20],
    ["KR", true, 19],
    ["DE", true, 18],
    ["XX", true, 18],
    ["US", false, 0],
    ["CN", false, 0],
  ])("in %s with alcohol %s is %i", (market, alcohol, age) => {
    expect(ageFor(market, alcohol)).toBe(age);
  });
});
