// Price bands: round limits, and something in every band.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandLimits, bandOf } from "../../../domain/catalog/bands.ts";

describe("price bands", () => {
  it.each<[string, number[], number[]]>([
    ["of a line of bottles", [6600, 12800, 39900, 118800, 149900, 249900, 359900, 459900], [50000, 200000]],
    ["of one price", [5000, 5000], []],
    ["of two prices with nothing round between", [1000, 9000], []],
    ["of nothing", [], []],
  ])("%s", (_, amounts, limits) => {
    expect(bandLimits(amounts)).toEqual(limits);
  });

  it("are never empty, and each amount lies in one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 60 }), (amounts) => {
        const limits = bandLimits(amounts);
        expect(limits).toEqual([...limits].sort((a, b) => a - b));
        const filled = new Set(amounts.map((amount) => bandOf(amount, limits)));
        expect([...filled].sort((a, b) => a - b)).toEqual(Array.from({ length: limits.length + 1 }, (_, at) => at));
      }),
    );
  });
});
