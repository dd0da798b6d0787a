// What an operator may send: plan, allotment, move, void.
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { allotmentInput, moveInput, planInput, STATES, voidInput } from "../../contracts/sessions.ts";
import { hasReached, type State } from "../../domain/draw/life.ts";
import { complaints, without } from "../support/schemas.ts";

const PLAN = {
  session: "spring-1",
  title: { "zh-CN": "春季", en: "Spring" },
  market: "CN",
  open: 1_692_802_748,
  close: 1_692_806_348,
  chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  skus: ["sku-a"],
};
const LEADS = { announceS: 0, reviewS: 3, sealLeadS: 3 };

describe("a plan", () => {
  it("of the least members gets the documented defaults", () => {
    expect(v.parse(planInput, PLAN)).toEqual({
      ...PLAN,
      graceS: 120,
      leads: { announceS: 86_400, reviewS: 300, sealLeadS: 60 },
      shards: 4,
      admitPerS: 500,
      payWindowS: 86_400,
      pickupS: 604_800,
      wavesMax: 3,
      shardsKeptS: 30 * 86_400,
      rules: expect.stringMatching(/^One reservation per person/),
    });
  });

  it.each<[given: string, change: object, shards: number]>([
    ["says what it expects", { expected: { reservations: 10_000_000 } }, 512],
    ["says how busy the busiest second is", { expected: { reservations: 10_000_000, peakPerS: 20_000 } }, 256],
    ["says both: what it says of shards holds", { shards: 7, expected: { reservations: 10_000_000 } }, 7],
    ["expects few", { expected: { reservations: 1 } }, 4],
  ])("that %s has as many shards as follow", (_, change, shards) => {
    expect(v.parse(planInput, { ...PLAN, ...change })).toMatchObject({ ...change, shards });
  });

  it.each<[given: string, change: object]>([
    ["the shortest leads", { leads: LEADS }],
    ["no grace", { graceS: 0 }],
    ["eight tickets and a month's cool-down", { ticketsMax: 8, coolDownS: 30 * 86_400 }],
    ["one ticket and no cool-down", { ticketsMax: 1, coolDownS: 0 }],
    ["an hour of grace", { graceS: 3600 }],
    ["one shard", { shards: 1 }],
    ["4,096 shards", { shards: 4096 }],
    ["twelve SKUs", { skus: Array.from({ length: 12 }, (_, at) => `sku-${at}`) }],
    ["the shortest windows", { payWindowS: 5, pickupS: 5, wavesMax: 1 }],
    ["a close one second after open", { close: PLAN.open + 1 }],
  ])("with %s fits", (_, change) => {
    expect(complaints(planInput, { ...PLAN, ...change })).toEqual([]);
  });

  it.each<[given: string, change: object, at: string[]]>([
    ["close at open", { close: PLAN.open }, [""]],
    ["close before open", { close: PLAN.open - 1 }, [""]],
    ["a capital letter in its id", { session: "Spring" }, ["session"]],
    ["a slash in its id", { session: "a/b" }, ["session"]],
    ["one language", { title: { en: "Spring" } }, ["title.zh-CN"]],
    ["milliseconds", { close: 1_692_806_348_000 }, ["close"]],
    ["a fraction of a second", { open: 1_692_802_748.5 }, ["open"]],
    ["a time as text", { open: "2026-01-01" }, ["open"]],
    ["negative grace", { graceS: -1 }, ["graceS"]],
    ["no ticket", { ticketsMax: 0 }, ["ticketsMax"]],
    ["nine tickets", { ticketsMax: 9 }, ["ticketsMax"]],
    ["a cool-down of years", { coolDownS: 367 * 86_400 }, ["coolDownS"]],
    ["too much grace", { graceS: 3601 }, ["graceS"]],
    ["a review that leaves no time to seal", { leads: { ...LEADS, reviewS: 2 } }, ["leads.reviewS"]],
    ["a seal lead shorter than a round", { leads: { ...LEADS, sealLeadS: 2 } }, ["leads.sealLeadS"]],
    ["half the leads", { leads: { reviewS: 10 } }, ["leads.announceS", "leads.sealLeadS"]],
    ["a lead more", { leads: { ...LEADS, extraS: 1 } }, ["leads.extraS"]],
    ["a chain by name", { chain: "quicknet" }, ["chain"]],
    ["no shard", { shards: 0 }, ["shards"]],
    ["4,097 shards", { shards: 4097 }, ["shards"]],
    ["an expectation of nothing", { expected: {} }, ["expected.reservations"]],
    ["an expectation of no reservation", { expected: { reservations: 0 } }, ["expected.reservations"]],
    ["an expectation as text", { expected: { reservations: "10M" } }, ["expected.reservations"]],
    ["half a reservation in a second", { expected: { reservations: 9, peakPerS: 1.5 } }, ["expected.peakPerS"]],
    ["an expectation more", { expected: { reservations: 9, persons: 3 } }, ["expected.persons"]],
    ["no SKU", { skus: [] }, ["skus"]],
    ["49 SKUs", { skus: Array.from({ length: 49 }, (_, at) => `sku-${at}`) }, ["skus"]],
    ["a SKU twice", { skus: ["sku-a", "sku-a"] }, ["skus"]],
    ["a market in small letters", { market: "cn" }, ["market"]],
    ["a pay window of four seconds", { payWindowS: 4 }, ["payWindowS"]],
    ["no wave", { wavesMax: 0 }, ["wavesMax"]],
    ["eleven waves", { wavesMax: 11 }, ["wavesMax"]],
    ["empty rules", { rules: "" }, ["rules"]],
    ["decomposed letters in the rules", { rules: "Cafe\u0301" }, ["rules"]],
    ["a member that is not documented", { beaconRound: 1 }, ["beaconRound"]],
  ])("with %s does not, and says where", (_, change, at) => {
    expect(complaints(planInput, { ...PLAN, ...change }).sort()).toEqual(at.sort());
  });

  it.each(Object.keys(PLAN) as (keyof typeof PLAN)[])("without %s does not fit, and says where", (member) => {
    expect(complaints(planInput, without(PLAN, member))[0]).toBe(member);
  });
});

describe("an allotment", () => {
  const POOL = { sku: "sku-a", store: "store-1", stock: 10 };

  it.each<[given: string, pools: unknown[]]>([
    ["one pool", [POOL]],
    ["a waitlist of its own", [{ ...POOL, wait: 0 }]],
    ["no stock at a store", [{ ...POOL, stock: 0 }]],
    ["one SKU at two stores", [POOL, { ...POOL, store: "store-2" }]],
    ["two SKUs at one store", [POOL, { ...POOL, sku: "sku-b" }]],
    ["the largest stock", [{ ...POOL, stock: 0xffff_ffff }]],
  ])("with %s fits", (_, pools) => {
    expect(complaints(allotmentInput, { pools })).toEqual([]);
  });

  it.each<[given: string, body: unknown, at: string]>([
    ["no pool", { pools: [] }, "pools"],
    ["a SKU and store twice", { pools: [POOL, { ...POOL, stock: 1 }] }, "pools"],
    ["negative stock", { pools: [{ ...POOL, stock: -1 }] }, "pools.0.stock"],
    ["half a unit", { pools: [{ ...POOL, stock: 0.5 }] }, "pools.0.stock"],
    ["stock above 32 bits", { pools: [{ ...POOL, stock: 2 ** 32 }] }, "pools.0.stock"],
    ["stock as text", { pools: [{ ...POOL, stock: "10" }] }, "pools.0.stock"],
    ["a waitlist above 32 bits", { pools: [{ ...POOL, wait: 2 ** 32 }] }, "pools.0.wait"],
    ["a pool number of the sender's", { pools: [{ ...POOL, pool: 1 }] }, "pools.0.pool"],
    ["a store that is no id", { pools: [POOL, { ...POOL, store: "../x" }] }, "pools.1.store"],
    ["150,001 pools", { pools: Array.from({ length: 150_001 }, (_, at) => ({ ...POOL, store: `s${at}` })) }, "pools"],
    ["a list instead of an object", [POOL], "pools"],
    ["nothing", undefined, ""],
  ])("with %s does not, and says where", (_, body, at) => {
    expect(complaints(allotmentInput, body)).toContain(at);
  });
});

describe("a move", () => {
  it("may ask for every state that a session reaches by itself, and for no other", () => {
    const asked = STATES.filter((to) => complaints(moveInput, { to }).length === 0);
    expect(asked).toEqual(STATES.filter((state: State) => state !== "announced" && hasReached(state, "announced")));
  });

  it.each([[{}], [{ to: "voided" }], [{ to: "open", force: true }], [{ to: "OPEN" }]])("is not %j", (body) => {
    expect(complaints(moveInput, body)).not.toEqual([]);
  });
});

describe("a void", () => {
  it("carries a text of 1 to 200 characters", () => {
    const good = [{ text: "a" }, { text: "a".repeat(200) }].map((body) => complaints(voidInput, body));
    const bad = [{}, { text: "" }, { text: "a".repeat(201) }, { text: "a", cause: "no-seal" }].map((body) =>
      complaints(voidInput, body),
    );
    expect(good).toEqual([[], []]);
    expect(bad).toEqual([["text"], ["text"], ["text"], ["cause"]]);
  });
});
