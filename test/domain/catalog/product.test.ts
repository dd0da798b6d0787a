// Faults of a whole product, each with its place.
import { describe, expect, it } from "vitest";
import { type Limit, type Option, productFaults, type Sku } from "../../../domain/catalog/product.ts";

const size = (en: string): Option => ({ axis: "size", value: { en } });
const seat = (en: string): Option => ({ axis: "seat", value: { en } });
const date = (at: number, timeZone = "Asia/Tokyo"): Option => ({ axis: "date", at, timeZone });
const sku = (id: string, options: Option[], changes: Partial<Sku> = {}): Sku => ({
  sku: id,
  options,
  gtin: null,
  prices: [],
  ...changes,
});
const limit = (scope: Limit["scope"], units = 1): Limit => ({ scope, units });

const price = (from: number, until: number | null = null, market = "CN", currency = "CNY") => ({ market, currency, from, until });

const GOOD = [sku("a", [size("41")]), sku("b", [size("42")])];

describe("a product", () => {
  it.each<[string, Limit[], Sku[], string[]]>([
    ["of one SKU without options", [], [sku("a", [])], []],
    ["of two sizes", [limit("sku"), limit("product"), limit("session")], GOOD, []],
    ["of two dates and two seats", [], [1, 2].flatMap((d) => ["A", "B"].map((s) => sku(`${d}${s}`, [date(d), seat(s)]))), []],
    ["with two limits of one scope", [limit("sku"), limit("sku", 2)], GOOD, ["limits/1/scope"]],
    ["with an SKU twice", [], [sku("a", [size("41")]), sku("a", [size("42")])], ["skus/1/sku"]],
    ["with two SKUs that read alike", [], [sku("a", [size("41")]), sku("b", [size("41")])], ["skus/1/options"]],
    [
      "with the same options in another order",
      [],
      [sku("a", [date(1), seat("A")]), sku("b", [seat("A"), date(1)])],
      ["skus/1/options"],
    ],
    ["with one instant in two zones", [], [sku("a", [date(1)]), sku("b", [date(1, "Asia/Seoul")])], ["skus/1/options"]],
    ["whose second SKU has other axes", [], [sku("a", [size("41")]), sku("b", [seat("A")])], ["skus/1/options"]],
    ["with an axis twice", [], [sku("a", [size("41"), size("42")])], ["skus/0/options/1/axis"]],
    ["with a wrong check digit", [], [sku("a", [], { gtin: "6291041500214" })], ["skus/0/gtin"]],
    ["with a price that ends before it begins", [], [sku("a", [], { prices: [price(5, 5)] })], ["skus/0/prices/0/until"]],
    ["with a price in an unknown market", [], [sku("a", [], { prices: [price(0, null, "ZZ")] })], ["skus/0/prices/0/market"]],
    [
      "with a price in another market's currency",
      [],
      [sku("a", [], { prices: [price(0, null, "JP")] })],
      ["skus/0/prices/0/currency"],
    ],
    [
      "with two prices at once",
      [],
      [
        sku("a", [], {
          prices: [price(0), price(9)],
        }),
      ],
      ["skus/0/prices/1/from"],
    ],
  ])("%s", (_, limits, skus, places) => {
    expect(productFaults({ limits, skus }).map(({ path }) => path.join("/"))).toEqual(places);
  });
});
