// What is checked before announcing: one row for each way in which a draft can be wrong.
import { describe, expect, it } from "vitest";
import { type CheckFacts, checksOf, failing } from "../../../domain/plan/checks.ts";

const DAY = 86_400;
const NOW = 1_800_000_000;

const facts = (changes: Partial<CheckFacts> = {}, plan: Partial<CheckFacts["plan"]> = {}): CheckFacts => ({
  now: NOW,
  plan: {
    open: NOW + 3 * DAY,
    close: NOW + 3 * DAY + 3600,
    graceS: 120,
    leads: { announceS: DAY, reviewS: 300, sealLeadS: 60 },
    market: "CN",
    skus: ["wine", "plush"],
    shards: 4,
    expected: { reservations: 10_000 },
    rules: "每人每款限约一份。",
    ...plan,
  },
  chain: { name: "drand quicknet" },
  drawAt: NOW + 3 * DAY + 4000,
  witnesses: { needed: 2, independent: 3 },
  allotted: [
    { sku: "wine", units: 10, stores: ["north", "south"] },
    { sku: "plush", units: 5, stores: ["north"] },
  ],
  overlaps: [],
  unknownStores: [],
  closedStores: [],
  prices: ["wine", "plush"].map((sku) => ({
    sku,
    planned: { currency: "CNY", amountMinor: 100 },
    now: { currency: "CNY", amountMinor: 100 },
  })),
  age: 18,
  notAllowed: undefined,
  forecast: { basis: "past", past: ["a", "b"], reservations: 3000, units: 15, pools: 3, odds: 0.005, reservationsPerPool: 1000 },
  ...changes,
});

describe("a draft in which everything is right", () => {
  it("passes every check, and each says something", () => {
    const checks = checksOf(facts());
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(new Set(checks.map(({ check }) => check)).size).toBe(checks.length);
    expect(checks.every(({ detail }) => detail.length > 5)).toBe(true);
  });
});

describe("a draft is not announced", () => {
  it.each<[string, CheckFacts, string, string, RegExp]>([
    ["that closes before it opens", facts({}, { close: NOW }), "times", "invalid_times", /Close must lie after open/],
    [
      "whose grace is as long as the review",
      facts({}, { graceS: 300 }),
      "times",
      "invalid_times",
      /review must be longer than the grace/,
    ],
    ["whose lead is over", facts({}, { open: NOW + DAY }), "times", "too_late_to_announce", /24 hours before it opens/],
    ["with a beacon that nobody knows", facts({ chain: undefined }), "beacon", "unknown_chain", /does not know the beacon/],
    [
      "with a product that has no price any more",
      facts({ prices: [{ sku: "wine", planned: { currency: "CNY", amountMinor: 1 } }] }),
      "price",
      "unknown_sku",
      /No price in CN, or not in the catalogue: wine/,
    ],
    [
      "with a price that has changed",
      facts({
        prices: [{ sku: "wine", planned: { currency: "CNY", amountMinor: 1 }, now: { currency: "CNY", amountMinor: 2 } }],
      }),
      "price",
      "price_changed",
      /wine is CNY 2 .*drafted at CNY 1/,
    ],
    [
      "with a store of no such market",
      facts({ unknownStores: ["nowhere"] }),
      "stores",
      "unknown_store",
      /Not a store of the market CN: nowhere/,
    ],
    [
      "with a store that is closed",
      facts({ closedStores: [{ store: "north", why: "closed until 3 May" }] }),
      "stores",
      "store_closed",
      /north: closed until 3 May/,
    ],
    [
      "with a product that may not be sold so",
      facts({ notAllowed: { code: "cold_delivery", skus: ["ice"] } }),
      "mix",
      "cold_delivery",
      /Cold goods cannot be delivered: ice/,
    ],
    ["without units", facts({ allotted: [] }), "stock", "not_allotted", /No pool has units/],
    [
      "with more units than planned",
      facts({}, { units: { wine: 9, plush: 5 } }),
      "stock",
      "exceeds_units",
      /wine: 10 units allotted of 9/,
    ],
    [
      "with a product of which none are planned",
      facts({}, { units: { wine: 10 } }),
      "stock",
      "exceeds_units",
      /plush: 5 units allotted of 0/,
    ],
    [
      "whose units another session has",
      facts({ overlaps: [{ session: "other", sku: "wine", stores: ["north"] }] }),
      "overlap",
      "stock_overlap",
      /other is open at the same time with wine at north/,
    ],
    [
      "whose shards cannot carry what is expected",
      facts({}, { expected: { reservations: 1e6, peakPerS: 10_000 } }),
      "shards",
      "too_few_shards",
      /2,500 for each of 4 shards: 64 are wanted/,
    ],
  ])("%s", (_, given, check, code, detail) => {
    const failed = failing(checksOf(given));
    expect(failed.map((one) => [one.check, one.code])).toEqual([[check, code]]);
    expect(failed[0]?.detail).toMatch(detail);
  });
});

describe("an operator is warned", () => {
  it.each<[string, CheckFacts, string, RegExp]>([
    [
      "when it opens very soon",
      facts({}, { open: NOW + 1800, leads: { announceS: 0, reviewS: 300, sealLeadS: 60 } }),
      "times",
      /opens in 30 minutes/,
    ],
    ["of a beacon for trying out", facts({ chain: { name: "local", local: true } }), "beacon", /for trying out/],
    ["where no witness is needed", facts({ witnesses: { needed: 0, independent: 0 } }), "witnesses", /only this shop vouches/],
    [
      "where the brand runs all witnesses",
      facts({ witnesses: { needed: 2, independent: 0 } }),
      "witnesses",
      /the brand runs all of them/,
    ],
    ["of rules in another language", facts({}, { rules: "One reservation per person." }), "text", /not in Chinese/],
    ["of rules without kana in Japan", facts({}, { market: "JP", rules: "每人一份" }), "text", /not in Japanese/],
    [
      "of a product without units",
      facts({ allotted: [{ sku: "wine", units: 1, stores: ["north"] }] }),
      "stock",
      /Nobody can win plush/,
    ],
    [
      "of units that are not allotted",
      facts({}, { units: { wine: 11, plush: 5 } }),
      "stock",
      /Fewer units are allotted than planned: wine/,
    ],
    [
      "of shards for fewer than are expected",
      facts({}, { expected: { reservations: 1e6, peakPerS: 1000 } }),
      "shards",
      /4 shards; 32 are wanted/,
    ],
    ["where nothing is expected", facts({}, { expected: undefined }), "shards", /Nothing is expected/],
    [
      "where nothing can be foreseen",
      facts({ forecast: { basis: "none", past: [], units: 15, pools: 3 } }),
      "forecast",
      /No forecast/,
    ],
    [
      "where everybody wins",
      facts({ forecast: { basis: "expected", past: [], reservations: 10, units: 15, pools: 3, odds: 1 } }),
      "forecast",
      /everybody wins/,
    ],
  ])("%s", (_, given, check, detail) => {
    const checks = checksOf(given);
    expect(failing(checks)).toEqual([]);
    expect(checks.filter(({ state }) => state === "warn").map((one) => one.check)).toEqual([check]);
    expect(checks.find((one) => one.check === check)?.detail).toMatch(detail);
  });
});
