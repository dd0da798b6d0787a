// What a plan must satisfy before it is announced, and how its pools are numbered and spread over books.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bookAt,
  booksOf,
  mayAnnounce,
  numbered,
  type PlanTimes,
  peakOf,
  SHARD_PER_S,
  SHARD_PLACES,
  SHARDS_MAX,
  shardsFor,
  waitFor,
} from "../../../domain/draw/plan.ts";
import { poolsBundle, readPoolsBundle } from "../../../domain/draw/pools.ts";

const DAILY: PlanTimes = { open: 200_000, close: 203_600, graceS: 120, leads: { announceS: 86_400, reviewS: 300, sealLeadS: 60 } };
const DEMO: PlanTimes = { open: 200_000, close: 200_060, graceS: 5, leads: { announceS: 0, reviewS: 10, sealLeadS: 6 } };

describe("announcing", () => {
  it.each<[given: string, plan: PlanTimes, units: number, now: number, refusal: string | undefined]>([
    ["in time", DAILY, 10, 100_000, undefined],
    ["a millisecond more than the lead before open", DAILY, 10, 113_599.999, undefined],
    ["exactly the lead before open", DAILY, 10, 113_600, "too_late_to_announce"],
    ["after open", DAILY, 10, 200_001, "too_late_to_announce"],
    ["without a lead, a millisecond before open", DEMO, 10, 199_999.999, undefined],
    ["without a lead, at open", DEMO, 10, 200_000, "too_late_to_announce"],
    ["without a lead, at close", DEMO, 10, 200_060, "too_late_to_announce"],
    ["no units", DAILY, 0, 100_000, "not_allotted"],
    ["close at open", { ...DAILY, close: 200_000 }, 10, 100_000, "invalid_times"],
    ["close before open", { ...DAILY, close: 199_999 }, 10, 100_000, "invalid_times"],
    ["grace that leaves one second of review", { ...DAILY, graceS: 299 }, 10, 100_000, undefined],
    ["grace as long as the review", { ...DAILY, graceS: 300 }, 10, 100_000, "invalid_times"],
    ["grace longer than the review", { ...DAILY, graceS: 301 }, 10, 100_000, "invalid_times"],
    ["a review until a second before the deadline", { ...DAILY, decideS: 299 }, 10, 100_000, undefined],
    ["a review until the deadline", { ...DAILY, decideS: 300 }, 10, 100_000, "invalid_times"],
    ["a review that ends with grace", { ...DAILY, decideS: 120 }, 10, 100_000, undefined],
    ["a review that ends before grace", { ...DAILY, decideS: 119 }, 10, 100_000, "invalid_times"],
    ["bad times before no units", { ...DAILY, close: 0 }, 0, 100_000, "invalid_times"],
    ["no units before too late", DAILY, 0, 200_001, "not_allotted"],
    ["bad times before too late", { ...DAILY, graceS: 400 }, 10, 200_001, "invalid_times"],
  ])("%s", (_, plan, units, now, refusal) => {
    expect(mayAnnounce(plan, units, now)).toBe(refusal);
  });
});

const id = fc.string({ unit: fc.constantFrom(..."abAB01._-"), minLength: 1, maxLength: 4 });
const allotment = fc.uniqueArray(fc.record({ sku: id, store: id, stock: fc.nat({ max: 9 }), wait: fc.nat({ max: 9 }) }), {
  maxLength: 30,
  selector: ({ sku, store }) => `${sku}\n${store}`,
});

describe("numbering pools", () => {
  it("gives the same numbers whatever order the allotment comes in", () => {
    fc.assert(
      fc.property(allotment, fc.infiniteStream(fc.nat()), (pools, random) => {
        const shuffled = pools
          .map((pool) => ({ pool, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ pool }) => pool);
        expect(numbered(shuffled)).toEqual(numbered(pools));
      }),
    );
  });

  it("counts from 1 without gaps, by SKU and then by store, and changes nothing else", () => {
    fc.assert(
      fc.property(allotment, (pools) => {
        const list = numbered(pools);
        expect(list.map(({ pool }) => pool)).toEqual(pools.map((_, at) => at + 1));
        const keys = list.map(({ sku, store }) => [sku, store] as const);
        keys.slice(1).forEach(([sku, store], at) => {
          const [skuBefore, storeBefore] = keys[at] as readonly [string, string];
          expect(skuBefore < sku || (skuBefore === sku && storeBefore < store)).toBe(true);
        });
        const bare = (all: typeof pools) =>
          all.map(({ sku, store, stock, wait }) => JSON.stringify([sku, store, stock, wait])).sort();
        expect(bare(list)).toEqual(bare(pools));
      }),
    );
  });

  it("makes a list that the pools file takes", () => {
    const M = new Uint8Array(32);
    fc.assert(
      fc.property(allotment, (pools) => {
        expect(readPoolsBundle(poolsBundle(M, numbered(pools)), M)).toEqual(numbered(pools));
      }),
    );
  });
});

describe("the waitlist", () => {
  it.each([
    [0, 0],
    [1, 2],
    [100, 200],
  ])("of %i units has %i places", (stock, wait) => {
    expect(waitFor(stock)).toBe(wait);
  });

  it("of the largest stock that an allotment may name still fits into its four bytes", () => {
    const M = new Uint8Array(32);
    const pool = { pool: 1, sku: "a", store: "b", stock: 0xffff_ffff, wait: waitFor(0xffff_ffff) };
    expect(readPoolsBundle(poolsBundle(M, [pool]), M)).toEqual([pool]);
  });
});

describe("the number of shards", () => {
  it.each<[given: string, expected: Parameters<typeof shardsFor>[0], shards: number]>([
    ["nothing is expected", undefined, 4],
    ["one reservation", { reservations: 1 }, 4],
    ["80,000: a peak of 800 is what 4 take", { reservations: 80_000 }, 4],
    ["80,001: a peak of 800.01 is more", { reservations: 80_001 }, 8],
    ["a million: a peak of 10,000 needs 50", { reservations: 1e6 }, 64],
    ["10 million: a peak of 100,000 needs 500", { reservations: 10e6 }, 512],
    ["10 million spread evenly: 40,000 places each need 250", { reservations: 10e6, peakPerS: 2_800 }, 256],
    ["few, but all in one second", { reservations: 50_000, peakPerS: 50_000 }, 256],
    ["200 a second exactly", { reservations: 1000, peakPerS: 200 * 16 }, 16],
    ["201 a second", { reservations: 1000, peakPerS: 201 * 16 }, 32],
    ["more than the format carries", { reservations: 1e9 }, 4096],
  ])("when %s", (_, expected, shards) => {
    expect(shardsFor(expected)).toBe(shards);
  });

  it("keeps every shard at what it is planned for, and is at most twice what that needs", () => {
    const plans = fc.record({ reservations: fc.integer({ min: 1, max: 80e6 }), peakPerS: fc.integer({ min: 1, max: 800_000 }) });
    fc.assert(
      fc.property(plans, (expected) => {
        const shards = shardsFor(expected);
        expect(peakOf(expected) / shards).toBeLessThanOrEqual(SHARD_PER_S);
        expect(expected.reservations / shards).toBeLessThanOrEqual(SHARD_PLACES);
        const needed = Math.max(4, expected.peakPerS / SHARD_PER_S, expected.reservations / SHARD_PLACES);
        expect(shards).toBeLessThan(2 * needed);
      }),
    );
  });

  it("never falls when more is expected, and never leaves what the format carries", () => {
    const number = fc.integer({ min: 1, max: 2e9 });
    fc.assert(
      fc.property(number, number, number, (reservations, peakPerS, more) => {
        const shards = shardsFor({ reservations, peakPerS });
        expect(shardsFor({ reservations: reservations + more, peakPerS })).toBeGreaterThanOrEqual(shards);
        expect(shardsFor({ reservations, peakPerS: peakPerS + more })).toBeGreaterThanOrEqual(shards);
        expect(shards).toBeLessThanOrEqual(SHARDS_MAX);
      }),
    );
  });
});

describe("award books", () => {
  it.each([
    [4, 12, 4],
    [4, 3, 3],
    [512, 105_600, 64],
    [1, 1, 1],
    [4, 0, 1],
  ])("for %i shards and %i pools are %i", (shards, pools, books) => {
    expect(booksOf(shards, pools)).toBe(books);
  });

  it("each hold a contiguous range of pools, none is empty, and no two differ by more than one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 1, max: 700 }), (shards, pools) => {
        const books = booksOf(shards, pools);
        const held = Array.from({ length: pools }, (_, at) => bookAt(at, pools, books));
        expect(held).toEqual(held.toSorted((a, b) => a - b));
        const sizes = Array.from({ length: books }, (_, book) => held.filter((other) => other === book).length);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(pools);
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
