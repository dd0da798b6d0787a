// Which price holds when, and which prices cannot stand beside each other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dated, overlaps, priceAt } from "../../../domain/catalog/price.ts";

const price = (from: number, until: number | null = null, market = "CN") => ({ market, from, until });

describe("the price that holds", () => {
  const prices = [price(100, 200), price(200, 300), price(400), price(0, null, "JP")];
  it.each([
    ["before the first", 99, undefined],
    ["at its first second", 100, 0],
    ["in its last second", 199, 0],
    ["at the second in which the next begins", 200, 1],
    ["in a gap", 300, undefined],
    ["without an end", 1e12, 2],
  ])("%s", (_, at, which) => {
    expect(priceAt(prices, "CN", at)).toBe(which === undefined ? undefined : prices[which]);
  });

  it("is the market's own", () => {
    expect(priceAt(prices, "JP", 150)).toBe(prices[3]);
    expect(priceAt(prices, "US", 150)).toBeUndefined();
  });
});

describe("overlaps", () => {
  it.each<[string, Dated[], number[]]>([
    ["one after the other", [price(0, 10), price(10, 20), price(20)], []],
    ["in another market", [price(0), price(0, null, "JP")], []],
    ["one second", [price(0, 11), price(10)], [1]],
    ["the same start", [price(5), price(5)], [1]],
    ["after one without an end, however late", [price(9, 10), price(0)], [0]],
    ["the third over the first", [price(0, 100), price(10, 20), price(30, 40)], [1, 2]],
  ])("%s", (_, prices, found) => {
    expect(overlaps(prices)).toEqual(found);
  });

  it("is empty exactly when no instant has two prices", () => {
    const dated = fc
      .tuple(fc.nat(12), fc.option(fc.integer({ min: 1, max: 12 })))
      .map(([from, length]) => price(from, length === null ? null : from + length));
    fc.assert(
      fc.property(fc.array(dated, { maxLength: 5 }), (prices) => {
        const double = Array.from({ length: 40 }, (_, at) => at).some(
          (at) => prices.filter(({ from, until }) => from <= at && at < (until ?? 1e9)).length > 1,
        );
        expect(overlaps(prices).length > 0).toBe(double);
      }),
    );
  });
});
