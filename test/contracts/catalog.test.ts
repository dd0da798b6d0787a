// The shape of a product as an operator writes it, and what of the catalogue the public sees, when.
import { describe, expect, it } from "vitest";
import { type Catalog, type KeptProduct, pricesInput, productInput, tiersInput } from "../../contracts/catalog.ts";
import { catalogView, nextChange } from "../../contracts/catalog-view.ts";
import { complaints, fits, without } from "../support/schemas.ts";

const NAME = { "zh-CN": "球鞋", en: "Sneaker" };
const PRICE = { market: "CN", currency: "CNY", amountMinor: 100, from: 100, until: 200 };
const SKU = { sku: "s-42", options: [{ axis: "size", value: { "zh-CN": "42", en: "42" } }], gtin: null, prices: [PRICE] };
const PRODUCT = {
  tier: "running",
  family: "running",
  name: NAME,
  story: NAME,
  scenes: ["gift"],
  alcohol: false,
  coldPickupS: null,
  limits: [{ scope: "product", units: 1 }],
  released: 50,
  skus: [SKU],
};
const withSku = (changes: object) => ({ ...PRODUCT, skus: [{ ...SKU, ...changes }] });
const withPrice = (changes: object) => withSku({ prices: [{ ...PRICE, ...changes }] });

describe("a product", () => {
  it.each([
    ["as it should be", PRODUCT],
    ["with a Japanese name", { ...PRODUCT, name: { ...NAME, ja: "スニーカー" } }],
    ["not released", { ...PRODUCT, released: null }],
    [
      "with a date and a seat",
      withSku({
        options: [
          { axis: "date", at: 1, timeZone: "Asia/Tokyo" },
          { axis: "seat", value: NAME },
        ],
      }),
    ],
    ["with a GTIN", withSku({ gtin: "6291041500213" })],
    ["without prices", withSku({ prices: [] })],
  ])("%s fits", (_, value) => {
    expect(complaints(productInput, value)).toEqual([]);
  });

  it.each([
    ["an empty Japanese name", { ...PRODUCT, name: { ...NAME, ja: "" } }, "name.ja"],
    ["a language that pages do not have", { ...PRODUCT, name: { ...NAME, fr: "Basket" } }, "name.fr"],
    ["no release", without(PRODUCT, "released"), "released"],
    ["no currency", withPrice({ currency: undefined }), "skus.0.prices.0.currency"],
    ["a currency in small letters", withPrice({ currency: "cny" }), "skus.0.prices.0.currency"],
    ["another market's currency", withPrice({ currency: "JPY" }), "skus.0.prices.0.currency"],
    ["half a cent", withPrice({ amountMinor: 0.5 }), "skus.0.prices.0.amountMinor"],
    ["a negative price", withPrice({ amountMinor: -1 }), "skus.0.prices.0.amountMinor"],
    ["a price that ends as it begins", withPrice({ until: 100 }), "skus.0.prices.0.until"],
    ["two prices at once", withSku({ prices: [PRICE, { ...PRICE, from: 150 }] }), "skus.0.prices.1.from"],
    ["an axis that is none", withSku({ options: [{ axis: "colour", value: NAME }] }), "skus.0.options.0.axis"],
    ["a zone that is none", withSku({ options: [{ axis: "date", at: 1, timeZone: "Asia/Nowhere" }] }), "skus.0.options.0.timeZone"],
    ["a wrong check digit", withSku({ gtin: "6291041500214" }), "skus.0.gtin"],
    ["a limit of nothing", { ...PRODUCT, limits: [{ scope: "sku", units: 0 }] }, "limits.0.units"],
    ["a scene twice", { ...PRODUCT, scenes: ["gift", "gift"] }, "scenes"],
    ["no SKU", { ...PRODUCT, skus: [] }, "skus"],
    ["something else beside it", { ...PRODUCT, discount: 1 }, "discount"],
  ])("with %s is refused at its place", (_, value, place) => {
    expect([...new Set(complaints(productInput, value))]).toEqual([place]);
  });
});

describe("lists", () => {
  it("of prices are refused at the price that begins too early", () => {
    expect(complaints(pricesInput, { version: 1, prices: [PRICE, { ...PRICE, from: 199, until: null }] })).toEqual([
      "prices.1.from",
    ]);
    expect(fits(pricesInput, { version: 1, prices: [PRICE, { ...PRICE, from: 200, until: null }] })).toBe(true);
  });

  it("of tiers have each once", () => {
    const tier = { tier: "running", name: NAME };
    expect(fits(tiersInput, { tiers: [tier, { ...tier, tier: "walking" }] })).toBe(true);
    expect(complaints(tiersInput, { tiers: [tier, tier] })).toEqual(["tiers"]);
  });
});

const kept = (product: string, changes: object = {}) => ({ ...PRODUCT, product, version: 3, ...changes }) as unknown as KeptProduct;
const catalog = (...products: KeptProduct[]): Catalog => ({
  tiers: [
    { tier: "walking", name: NAME },
    { tier: "running", name: NAME },
    { tier: "empty", name: NAME },
  ],
  scenes: [
    { scene: "gift", name: NAME },
    { scene: "unused", name: NAME },
  ],
  products,
});
const idsAt = (all: Catalog, market: string | undefined, nowS: number) =>
  catalogView(all, market, nowS).products.map(({ product }) => product);

describe("what the public sees", () => {
  it.each([
    ["before the release", 49, { released: 50 }, false],
    ["at the instant of release, while there is a price", 120, { released: 120 }, true],
    ["never released", 120, { released: null }, false],
    ["before the first price", 99, {}, false],
    ["at the first price", 100, {}, true],
    ["after the last price", 200, {}, false],
  ])("%s", (_, nowS, changes, isThere) => {
    expect(idsAt(catalog(kept("one", changes)), "CN", nowS)).toEqual(isThere ? ["one"] : []);
  });

  it("is one market's prices, or every market's", () => {
    const prices = [PRICE, { ...PRICE, from: 200, until: null, amountMinor: 999 }, { ...PRICE, market: "JP", currency: "JPY" }];
    const all = catalog(kept("one", { skus: [{ ...SKU, prices }] }));
    const of = (market?: string) => catalogView(all, market, 150).products[0]?.skus[0]?.prices;
    expect(of("CN")).toEqual([{ market: "CN", currency: "CNY", amountMinor: 100 }]);
    expect(of()).toEqual([
      { market: "CN", currency: "CNY", amountMinor: 100 },
      { market: "JP", currency: "JPY", amountMinor: 100 },
    ]);
    expect(of("US")).toBeUndefined();
  });

  it("says nothing of releases, versions, later prices, and tiers and scenes without goods", () => {
    const prices = [PRICE, { ...PRICE, from: 200, until: null, amountMinor: 98765 }];
    const hidden = kept("secret-one", { released: 180, name: { "zh-CN": "秘", en: "Secret" }, tier: "empty", scenes: ["unused"] });
    const text = JSON.stringify(catalogView(catalog(kept("one", { skus: [{ ...SKU, prices }] }), hidden), "CN", 150));
    expect(text).not.toMatch(/released|version|98765|secret|Secret|empty|unused|until/);
  });

  it("is in the order of the tiers", () => {
    expect(idsAt(catalog(kept("a"), kept("b", { tier: "walking" }), kept("c", { tier: "gone" })), "CN", 150)).toEqual([
      "b",
      "a",
      "c",
    ]);
  });
});

describe("the next change", () => {
  const all = catalog(kept("one", { released: 150 }), kept("two", { released: null }));
  it.each([
    [0, 100],
    [100, 150],
    [150, 200],
    [200, Number.POSITIVE_INFINITY],
  ])("after %i is at %d", (nowS, at) => {
    expect(nextChange(all, nowS)).toBe(at);
  });
});
