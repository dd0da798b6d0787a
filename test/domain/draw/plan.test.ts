// What a plan must satisfy before it is announced, and how its pools are numbered and spread over books.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookAt, booksOf, mayAnnounce, numbered, type PlanTimes, waitFor } from "../../../domain/draw/plan.ts";
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
