// The two tests of evenness against values from tables, and against what they are for: an even draw looks even, a bent one does not.
import { describe, expect, it } from "vitest";
import { chiSquareP, uniformP, upperGamma } from "../../../domain/audit/significance.ts";
import { generator } from "../../../domain/random.ts";

/** Upper tail of chi-square with `df` degrees of freedom. */
const tail = (df: number, statistic: number) => upperGamma(df / 2, statistic / 2);

describe("the chi-square distribution", () => {
  // Critical values of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
  it.each([
    [1, 3.841, 0.05],
    [1, 6.635, 0.01],
    [2, 5.991, 0.05],
    [5, 15.086, 0.01],
    [10, 18.307, 0.05],
    [30, 43.773, 0.05],
    [100, 135.807, 0.01],
    [100, 149.449, 0.001],
  ])("with %i degrees of freedom exceeds %d with probability %d", (df, statistic, p) => {
    expect(tail(df, statistic)).toBeCloseTo(p, 4);
  });

  it.each([
    [2, 3],
    [2, 40],
  ])("with two degrees of freedom is exponential (%i, %d)", (df, statistic) => {
    expect(tail(df, statistic) / Math.exp(-statistic / 2)).toBeCloseTo(1, 10);
  });
});

describe("wins by group", () => {
  it("are what they should be: p is 1", () => {
    expect(chiSquareP([10, 20, 30].map((wins) => ({ n: 100, wins, expected: wins })))).toBe(1);
  });

  it("of two groups give the textbook's value", () => {
    // Expected 50 of 100 each, seen 60 and 40: 4 + 4 = 8, one degree of freedom.
    const p = chiSquareP([
      { n: 100, wins: 60, expected: 50 },
      { n: 100, wins: 40, expected: 50 },
    ]);
    expect(p).toBeCloseTo(tail(1, 8), 12);
  });

  it("of small groups are merged with the next, the last one with the one before", () => {
    const small = { n: 10, wins: 2, expected: 2 };
    const merged = [6, 8].map((expected) => ({ n: 5 * expected, wins: expected, expected }));
    expect(chiSquareP([...Array.from({ length: 7 }, () => small)])).toBe(chiSquareP(merged));
  });

  it.each([
    ["of one group", [{ n: 100, wins: 50, expected: 50 }]],
    ["of nobody", []],
    ["that are all", [5, 6].map((n) => ({ n, wins: n, expected: n }))],
  ])("%s say nothing", (_, groups) => {
    expect(chiSquareP(groups)).toBeUndefined();
  });
});

describe("scores", () => {
  const random = generator(7);
  const values = Float64Array.from({ length: 20_000 }, random);

  it("that are uniform look so", () => {
    expect(uniformP(values)).toBeGreaterThan(0.01);
  });

  it("that are bent by a hundredth do not", () => {
    expect(uniformP(values.map((value) => value ** 1.05))).toBeLessThan(1e-4);
  });

  it("give the value of Stephens' table: at 1.358 the tail is 5 %", () => {
    // n values whose largest distance is chosen: shifted by d from the middle of each step.
    const n = 1000;
    const distance = 1.358 / (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
    const shifted = Float64Array.from({ length: n }, (_, at) => Math.max(0, (at + 1) / n - distance));
    expect(uniformP(shifted)).toBeCloseTo(0.05, 2);
  });

  it("of four are too few", () => {
    expect(uniformP(values.subarray(0, 4))).toBeUndefined();
  });
});
