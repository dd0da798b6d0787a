// What a market decides is one table, and each of its rows is one that the world knows.
import { describe, expect, it } from "vitest";
import { CURRENCIES, exponentOf } from "../../domain/currency.ts";
import { ageFor, MARKETS, mayOffer } from "../../domain/market.ts";
import { placementOf } from "../../domain/objects.ts";

const REGIONS = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** Cloudflare's location hints: developers.cloudflare.com/durable-objects/reference/data-location, 2026-11-24. */
const HINTS = ["wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"];

describe.each(Object.entries(MARKETS))("the market %s", (code, { currency, language, alcoholAge, timeZones, placement }) => {
  it("is a country or region that ISO 3166 names", () => {
    expect(code).toMatch(/^[A-Z]{2}$/);
    expect(REGIONS.of(code)).toBeTruthy();
  });

  it("has a currency that Intl knows, with as many digits as Intl gives it", () => {
    expect(Intl.supportedValuesOf("currency")).toContain(currency);
    const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
    // ISO 4217 gives the rupiah two digits, which nobody writes.
    expect(exponentOf(currency)).toBe(currency === "IDR" ? 2 : digits);
  });

  it("has time zones that Intl knows, each once", () => {
    for (const timeZone of timeZones) expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
    expect(new Set(timeZones).size).toBe(timeZones.length);
  });

  it("has a language of the pages, an age of 16 to 25 or none, and a placement that Cloudflare takes", () => {
    expect(["zh-CN", "en", "ja"]).toContain(language);
    if (alcoholAge !== null) expect(alcoholAge).toSatisfy((age: number) => Number.isInteger(age) && age >= 16 && age <= 25);
    expect(HINTS).toContain(placement);
  });
});

it("each currency belongs to a market", () => {
  expect(CURRENCIES).toEqual([...new Set(Object.values(MARKETS).map(({ currency }) => currency))].sort());
});

describe("minimum age", () => {
  it.each([
    ["CN", true, 18],
    ["US", true, 21],
    ["JP", true, 20],
    ["KR", true, 19],
    ["CA", true, 19],
    ["DE", true, 18],
    // The strictest of all where nothing is known.
    ["XX", true, 25],
    ["constructor", true, 25],
    ["US", false, 0],
    ["XX", false, 0],
  ])("in %s with alcohol %s is %i", (market, alcohol, age) => {
    expect(ageFor(market, alcohol)).toBe(age);
  });
});

describe("placement", () => {
  it.each([
    ["CN", "apac"],
    ["JP", "apac"],
    ["US", "enam"],
    ["MX", "wnam"],
    ["BR", "sam"],
    ["FR", "weur"],
    ["PL", "eeur"],
    ["AU", "oc"],
    ["ZA", "afr"],
    ["AE", "me"],
    ["??", "apac"],
  ])("of market %s is %s", (market, placement) => {
    expect(placementOf(market)).toBe(placement);
  });
});

describe("offering goods in a market", () => {
  const wine = { alcohol: true, price: { currency: "CNY" } };
  const dolls = { alcohol: false, price: { currency: "CNY" } };
  const riyals = { alcohol: false, price: { currency: "SAR" } };
  it.each([
    ["alcohol at home", "CN", [wine, dolls], undefined],
    ["nothing at home", "CN", [], undefined],
    ["anything in a market without rules", "XX", [dolls], "unknown_market"],
    ["anything in what is no market at all", "toString", [], "unknown_market"],
    ["alcohol where it is forbidden, which comes before the currency", "SA", [dolls, wine], "alcohol_forbidden"],
    ["dolls where alcohol is forbidden", "SA", [riyals], undefined],
    ["a price in another currency among good ones", "CN", [wine, riyals], "wrong_currency"],
  ])("%s: in %s", (_, market, skus, refusal) => {
    expect(mayOffer(market, skus)).toBe(refusal);
  });
});
