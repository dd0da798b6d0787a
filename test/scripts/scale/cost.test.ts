// The arithmetic of `npm run cost`, held against rows that were computed by hand, and what must hold for any session.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptUsdPerM, billOf } from "../../../domain/cost/bill.ts";
import { FACTS } from "../../../domain/cost/facts.ts";
import { ALL_METERS, listPrice, type Meter } from "../../../domain/cost/meters.ts";
import { bytesOf, commitsOf, standingUse, sumOf, usageOf } from "../../../domain/cost/usage.ts";
import { type Workload, workloadOf } from "../../../domain/cost/workload.ts";
import { breaksOf, shardLoads } from "../../../scripts/scale/breaks.ts";
import { freePlan, isCarried, largestOnFree } from "../../../scripts/scale/free.ts";

/** A million reservations, two a person, in round numbers. */
const MILLION: Workload = {
  entries: 1_000_000,
  sessions: 2,
  perPerson: 2,
  pools: 100,
  stores: 25,
  units: 1000,
  windowS: 3600,
  rush: 0.6,
  shards: 64,
  views: 2,
  minutes: 1,
  waiting: 0.1,
  refused: 0.2,
  cached: 0,
  logged: 0,
  keepDays: 30,
  members: 1_000_000,
  naive: false,
};

describe("what a million reservations take", () => {
  it.each<[life: keyof ReturnType<typeof usageOf>, meter: Meter, byHand: number]>([
    ["reserve", "requests", 1_000_000 + 10_000 + 500_000],
    ["reserve", "cpu", 1_010_000 * 0.354 + 500_000 * 0.183],
    ["reserve", "objectRequests", 1_010_000],
    ["reserve", "objectTime", 64 * 3600 * 0.128],
    ["refuse", "requests", 200_000],
    ["refuse", "objectRequests", 200_000],
    // Two views with four reads and two a minute; a tenth waits six minutes, with a look each ten seconds and a list each minute.
    ["look", "requests", 1_000_000 * (4 + 2) + 50_000 * (36 + 6)],
    ["result", "requests", 3_000_000],
    // 300 isolates, each 100 pools and two files more: each keeps what it has read.
    ["result", "r2Reads", 30_600],
    ["award", "requests", 12_000],
    ["award", "objectRowsWritten", 8000],
    ["award", "d1RowsWritten", 15_000],
    ["award", "d1Storage", (1000 * 1100 * 3) / 1e9],
    // Each shard is prepared, fixed, published, and asked by each of 64 books; each book is called seven times. Of seven entries in the log each
    // is two calls, fourteen rows and six files.
    ["move", "objectRequests", 64 * (3 + 64) + 64 * 7 + 7 * 2],
    ["move", "objectRowsWritten", 128 + 64 + 100 + 7 * 14],
    ["move", "r2Writes", 10 + 64 + 200 + 7 * 6],
    ["sweep", "objectRequests", 1440 * 12],
    ["sweep", "objectRowsWritten", 1440 * 12 * 2],
    ["keep", "r2Storage", (1_000_000 * (46 + 38) + 100 * 116 + 3000 * 64) / 1e9],
  ])("%s: %s", (life, meter, byHand) => {
    expect(usageOf(MILLION)[life][meter]).toBeCloseTo(byHand, 6);
  });

  it("commits as often as each stretch lets a shard group", () => {
    const [rush, between, end] = commitsOf(MILLION);
    expect(rush).toMatchObject({ entries: 600_000, perS: 10_000 / 64 });
    expect(end).toMatchObject({ entries: 60_000, perS: 1000 / 64 });
    expect(between?.entries).toBeCloseTo(340_000, 6);
    expect(rush?.per1000).toBeLessThan(200);
    expect(between?.per1000).toBeGreaterThan(990);
  });

  it("is billed at list price, item by item", () => {
    const { lines, sessionUsd, monthUsd } = billOf(MILLION);
    const line = (meter: Meter) => lines.find((one) => one.meter === meter);
    const requests = 1_510_000 + 200_000 + 8_100_000 + 3_000_000 + 12_000;
    expect(line("requests")).toMatchObject({ session: requests, month: 2 * requests + 43_200, included: 10e6 });
    expect(line("requests")?.sessionUsd).toBeCloseTo(requests * 0.3e-6, 9);
    expect(line("requests")?.monthUsd).toBeCloseTo((2 * requests + 43_200 - 10e6) * 0.3e-6, 9);
    expect(line("objectRowsWritten")?.monthUsd).toBe(0);
    expect(line("objectStorage")?.month).toBeCloseTo((2 * bytesOf(MILLION).shards) / 1e9 + 0.3, 9);
    expect(sessionUsd).toBeCloseTo(
      lines.reduce((sum, one) => sum + one.sessionUsd, 0),
      9,
    );
    expect(monthUsd).toBeGreaterThan(5);
  });

  it("logs every invocation where that is asked for, and only those that run", () => {
    const logged = { ...MILLION, logged: 1 };
    const usage = usageOf(logged);
    const { log, ...lives } = usage;
    const events = sumOf(lives, "requests") + sumOf(lives, "objectRequests");
    expect(log.logIngest).toBeCloseTo((events * 4840) / 1e9, 9);
    expect(log.logStorage).toBeCloseTo((events * 4840 * 7) / 30 / 1e9, 9);
    const cached = usageOf({ ...logged, cached: 1 }).log.logIngest as number;
    expect(cached).toBeCloseTo(((events - 8_100_000 - 3_000_000) * 4840) / 1e9, 9);
  });
});

describe("prices", () => {
  it.each<[meter: Meter, quantity: number, usd: number]>([
    ["requests", 10e6, 3],
    ["cpu", 10e6, 0.2],
    ["objectRequests", 10e6, 1.5],
    ["objectTime", 117_965, 1.4745625],
    ["objectRowsWritten", 4e6, 4],
    ["d1RowsRead", 1e9, 1],
    ["objectStorage", 360, 72],
    ["d1Storage", 10, 7.5],
    ["r2Writes", 40_000, 0.18],
    ["r2Reads", 30e6, 10.8],
    ["r2Storage", 1000, 15],
    ["logIngest", 75, 18.75],
    ["logStorage", 20, 2],
    ["queueOperations", 30e6, 12],
  ])("of %s: %f cost $%f", (meter, quantity, usd) => {
    expect(listPrice(meter, quantity)).toBeCloseTo(usd, 9);
  });

  it.each([
    // $0.30 request, 354 us of CPU, $0.15 call, an object's 128 MB shared by so many a second, and the rows.
    [195, 0.3 + 0.00708 + 0.15 + (0.128 / 195) * 12.5 + 0.119],
    [400, 0.3 + 0.00708 + 0.15 + (0.128 / 400) * 12.5 + 0.058],
  ])("of a million accepted at %i a second and shard: $%f", (perS, usd) => {
    expect(acceptUsdPerM(perS)).toBeCloseTo(usd, 2);
  });

  it("and every other number have a unit and a source", () => {
    for (const facts of Object.values(FACTS)) {
      for (const [name, { value, unit, source }] of Object.entries(facts)) {
        expect(Number.isFinite(value), name).toBe(true);
        expect(unit.length, name).toBeGreaterThan(0);
        expect(source.length, name).toBeGreaterThan(10);
      }
    }
  });
});

const workloads = fc.record({
  entries: fc.integer({ min: 100, max: 50e6 }),
  sessions: fc.integer({ min: 1, max: 100 }),
  rush: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  refused: fc.double({ min: 0, max: 5, noNaN: true }),
  views: fc.integer({ min: 0, max: 10 }),
});
const of = (given: { entries: number; sessions: number; rush: number; refused: number; views: number }): Workload =>
  workloadOf({ ...given, minutes: 1, waiting: 0.1 });

describe("for any session", () => {
  it("nothing is negative, and a month of more sessions never costs less", () => {
    fc.assert(
      fc.property(workloads, (given) => {
        const bill = billOf(of(given));
        for (const { session, month, sessionUsd, monthUsd } of bill.lines) {
          for (const value of [session, month, sessionUsd, monthUsd]) expect(value).toBeGreaterThanOrEqual(0);
        }
        expect(billOf(of({ ...given, sessions: given.sessions + 1 })).monthUsd).toBeGreaterThanOrEqual(bill.monthUsd);
      }),
      { numRuns: 30 },
    );
  });

  it("more reservations never take fewer requests, calls or bytes", () => {
    fc.assert(
      fc.property(workloads, fc.integer({ min: 1, max: 10e6 }), (given, more) => {
        const small = usageOf(of(given));
        const large = usageOf(of({ ...given, entries: given.entries + more }));
        for (const meter of [
          "requests",
          "cpu",
          "objectRequests",
          "objectTime",
          "d1RowsRead",
          "r2Writes",
          "r2Reads",
          "r2Storage",
        ] as const)
          expect(sumOf(large, meter), meter).toBeGreaterThanOrEqual(sumOf(small, meter));
      }),
      { numRuns: 30 },
    );
  });

  it("the design that is avoided never costs less", () => {
    fc.assert(
      fc.property(workloads, (given) => {
        expect(billOf({ ...of(given), naive: true }).sessionUsd).toBeGreaterThanOrEqual(billOf(of(given)).sessionUsd);
      }),
      { numRuns: 30 },
    );
  });

  it("shards as planned keep the busiest second of a hot one inside what an object takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80e6 }), (entries) => {
        const load = of({ entries, sessions: 1, rush: 0.6, refused: 0, views: 0 });
        expect(shardLoads(load).busiestPerS).toBeLessThan(500);
      }),
    );
  });
});

describe("the free plan", () => {
  const small = of({ entries: 1000, sessions: 4, rush: 0.6, refused: 0.1, views: 3 });

  it("carries a session of a thousand", () => {
    expect(freePlan(small).filter(({ fits }) => !fits)).toEqual([]);
  });

  it.each<[given: string, change: Partial<Workload>, what: string]>([
    ["20,000 reservations", { entries: 20_000 }, "Worker requests"],
    ["pages that are opened a hundred times", { views: 100 }, "Worker requests"],
    ["many shards", { shards: 64 }, "calls in one move"],
    ["many pools", { pools: 1000 }, "calls in one move"],
    ["objects that are awake all day", { shards: 32, windowS: 86_400 }, "object time, GB-s"],
    ["thirty million members", { members: 30e6 }, "object storage, GB"],
  ])("does not carry %s", (_, change, what) => {
    const lines = freePlan({ ...small, ...change });
    expect(lines.filter(({ fits }) => !fits).map((line) => line.what)).toContain(what);
    expect(isCarried(lines)).toBe(false);
  });

  it("goes on without logs where only the logs are over", () => {
    const lines = freePlan({ ...small, refused: 45, logged: 1 });
    expect(lines.filter(({ fits }) => !fits).map(({ what }) => what)).toEqual(["platform logs, GB"]);
    expect(isCarried(lines)).toBe(true);
  });

  it("carries the largest session that it is said to carry, and none a hundredth larger", () => {
    const at = (entries: number) => of({ entries, sessions: 4, rush: 0.6, refused: 0.1, views: 3 });
    const largest = largestOnFree(at);
    expect(largest).toBeGreaterThan(1000);
    expect(isCarried(freePlan(at(largest)))).toBe(true);
    expect(isCarried(freePlan(at(Math.ceil(largest * 1.01))))).toBe(false);
  });

  it("carries none where something else is over", () => {
    expect(largestOnFree((entries) => ({ ...small, entries, members: 30e6 }))).toBe(0);
  });
});

describe("where it breaks first", () => {
  const first = (change: Partial<Workload>, plan: "free" | "paid" = "paid") => breaksOf({ ...MILLION, ...change }, plan)[0];

  it.each<[given: string, change: Partial<Workload>, part: RegExp]>([
    ["pages that every phone asks D1 for", {}, /^D1, pages that are opened/],
    ["one shard", { cached: 1, shards: 1 }, /^a hot shard/],
    ["twenty thousand stores to choose from", { cached: 1, stores: 20_000 }, /^list of one product/],
    ["ten years of orders", { cached: 1, units: 300_000, sessions: 120 }, /^size of D1/],
  ])("with %s", (_, change, part) => {
    expect(first(change)?.part).toMatch(part);
    expect(first(change)?.share).toBeGreaterThan(1);
  });

  it("is in order, the worst first, and each says what to change", () => {
    const list = breaksOf(MILLION, "paid");
    expect(list.map(({ share }) => share)).toEqual(list.map(({ share }) => share).toSorted((a, b) => b - a));
    for (const { change } of list) expect(change.length).toBeGreaterThan(5);
  });

  it("has lower limits on the free plan", () => {
    const share = (plan: "free" | "paid") =>
      breaksOf(MILLION, plan).find(({ part }) => part.startsWith("calls of the session"))?.share;
    expect(share("free")).toBeGreaterThan(share("paid") as number);
  });
});

it("every meter is used by something, so that no price stands there for nothing", () => {
  const usage = usageOf({ ...MILLION, logged: 1, naive: true });
  const standing = standingUse(MILLION);
  expect(ALL_METERS.filter((meter) => sumOf(usage, meter) + (standing[meter] ?? 0) === 0)).toEqual([]);
});
