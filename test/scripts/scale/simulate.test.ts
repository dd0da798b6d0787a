// The simulation: nobody is lost, tickets are honoured, and a plan that is too small is found out.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peakMax, stretchesOf } from "../../../domain/cost/crowd.ts";
import { generator } from "../../../domain/random.ts";
import { simulateShard } from "../../../scripts/scale/shard.ts";
import { type ScalePlan, sharesOf, simulate } from "../../../scripts/scale/simulate.ts";
import { Histogram, Tally } from "../../../scripts/scale/tally.ts";
import { verdictsOf } from "../../../scripts/scale/verdicts.ts";

/** A plan that holds, small enough to be played in a blink: objects that take 200 a second get 80 of them. */
const SMALL: ScalePlan = {
  entries: 32_000,
  peakPerS: 400,
  windowS: 240,
  graceS: 120,
  shards: 5,
  seed: 1,
  skew: 1.25,
  objectPerS: 200,
  admitPerS: 200,
};

const broken = (plan: ScalePlan): string[] =>
  verdictsOf(simulate(plan))
    .filter(({ good }) => !good)
    .map(({ what }) => what);

describe("a plan", () => {
  it("holds when its shards are as busy as planned", () => {
    expect(broken(SMALL)).toEqual([]);
  });

  it.each<[given: string, change: Partial<ScalePlan>, what: string]>([
    ["a fifth of the shards", { shards: 1, skew: 1 }, "busiest second of one shard"],
    ["a fifth of the shards, whose people are sent away", { shards: 1, skew: 1 }, "tries sent away"],
    ["a shard that gets eight times its share", { shards: 16, skew: 8 }, "busiest second of one shard"],
    ["objects that take half", { objectPerS: 90 }, "wait until the reply, p99"],
    ["no grace", { graceS: 0 }, "the same, 400 a second at one shard in the last minute"],
    ["more shards than can be warmed in a minute", { shards: 4096 }, "pre-warming"],
    ["a crowd that nothing could take", { entries: 20e6, peakPerS: 100_000, shards: 4 }, "busiest second of one shard"],
  ])(
    "with %s is found out",
    (_, change, what) => {
      expect(broken({ ...SMALL, ...change })).toContain(what);
    },
    60_000,
  );
});

describe("people who are sent away", () => {
  // A last minute at twice what the object takes.
  const overload = (graceS: number, seed = 7) => {
    const tally = new Tally();
    const session = { voided: false, open: 0, close: 60, graceS };
    const stretches = [{ name: "end" as const, fromMs: 0, toMs: 60_000, perS: 400 }];
    simulateShard(stretches, { session, objectPerS: 200, admitPerS: 200, readyMs: 0 }, generator(seed), tally);
    return tally;
  };

  it("all get in before close + grace, and nobody does without a ticket", () => {
    const tally = overload(120);
    expect(tally.ticketed).toBeGreaterThan(1000);
    expect(tally.ticketedIn).toBe(tally.ticketed);
    expect(tally.lastTicketMs).toBeGreaterThan(60_000);
    expect(tally.lastTicketMs).toBeLessThan(180_000);
    expect(tally.strays).toBeGreaterThan(100);
    expect(tally.straysIn).toBe(0);
  });

  it("come at the same instants for the same seed, and at others for another", () => {
    expect(overload(60, 3)).toEqual(overload(60, 3));
    expect(overload(60, 3).lastTicketMs).not.toBe(overload(60, 4).lastTicketMs);
  });

  it("are counted as outside where grace is too short", () => {
    const tally = overload(30);
    expect(tally.ticketedOut).toBeGreaterThan(100);
    expect(tally.ticketedIn + tally.ticketedOut).toBe(tally.ticketed);
  });

  it("are each let in, refused as late, or outside with a ticket, whatever the load", () => {
    const load = fc.record({
      perS: fc.integer({ min: 1, max: 400 }),
      objectPerS: fc.integer({ min: 20, max: 400 }),
      admitPerS: fc.integer({ min: 10, max: 800 }),
      graceS: fc.integer({ min: 0, max: 60 }),
      readyMs: fc.integer({ min: 0, max: 5000 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(load, ({ perS, objectPerS, admitPerS, graceS, readyMs, seed }) => {
        const tally = new Tally();
        const session = { voided: false, open: 0, close: 15, graceS };
        const stretches = stretchesOf({ entries: perS * 15, peakPerS: perS, windowS: 15 });
        const { storm } = simulateShard(stretches, { session, objectPerS, admitPerS, readyMs }, generator(seed), tally);
        fc.pre(!storm);
        expect(tally.wanted).toBe(tally.admitted + tally.late + tally.ticketedOut);
        expect(tally.straysIn).toBe(0);
        expect(tally.waits.count).toBe(tally.admitted);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the crowd", () => {
  it("brings what was asked for, as busy as was asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1e8 }),
        fc.integer({ min: 10, max: 86_400 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (entries, windowS, share) => {
          const peakPerS = share * peakMax({ entries, windowS });
          const stretches = stretchesOf({ entries, peakPerS, windowS });
          const sum = stretches.reduce((all, { fromMs, toMs, perS }) => all + (perS * (toMs - fromMs)) / 1000, 0);
          expect(Math.abs(sum / entries - 1)).toBeLessThan(1e-9);
          expect(stretches[0]?.perS).toBe(peakPerS);
          expect(stretches.map(({ toMs }) => toMs).slice(0, -1)).toEqual(stretches.map(({ fromMs }) => fromMs).slice(1));
        },
      ),
    );
  });

  it.each([
    [512, 1.25],
    [17, 2],
    [4, 1.25],
    [1, 1],
  ])("is shared out whole over %i shards with a skew of %f", (shards, skew) => {
    const shares = sharesOf({ shards, skew });
    expect(shares).toHaveLength(shards);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...shares) * shards).toBeCloseTo(shards === 1 ? 1 : skew, 9);
  });
});

describe("a histogram", () => {
  it.each([
    ["nothing", [], 0.5, 0],
    ["one value", [7.4], 0.99, 7.4],
    ["the middle of three", [1, 2, 3], 0.5, 3],
    ["a value beyond the last bin", [1, 1, 500], 1, 500],
  ])("of %s", (_, values, share, quantile) => {
    const histogram = new Histogram(10);
    for (const value of values) histogram.add(value);
    expect(histogram.quantile(share)).toBe(quantile);
  });
});
