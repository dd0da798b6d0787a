// An awarded unit: every state against every step, before and after the pay window, and the ranks of the next wave.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AwardState, afterStep, lapseCause, nextRanks, type Step } from "../../../domain/draw/award.ts";
import { LAPSE_CAUSE } from "../../../domain/draw/wave.ts";

const PAY_BY = 3000;
const INSIDE = 2999.999;
const no = (refusal: string) => ({ refusal });

describe("a step", () => {
  it.each<[state: AwardState | undefined, step: Step, before: unknown, after: unknown]>([
    [undefined, "accept", no("not_awarded"), no("not_awarded")],
    [undefined, "decline", no("not_awarded"), no("not_awarded")],
    [undefined, "pay", no("not_awarded"), no("not_awarded")],
    ["offered", "accept", "accepted", no("award_lapsed")],
    ["offered", "decline", "declined", no("award_lapsed")],
    ["offered", "pay", no("not_awarded"), no("award_lapsed")],
    ["accepted", "accept", "accepted", no("award_lapsed")],
    ["accepted", "decline", "declined", no("award_lapsed")],
    ["accepted", "pay", "paid", no("award_lapsed")],
    ["declined", "accept", no("award_lapsed"), no("award_lapsed")],
    ["declined", "decline", "declined", "declined"],
    ["declined", "pay", no("award_lapsed"), no("award_lapsed")],
    ["paid", "accept", "paid", "paid"],
    ["paid", "decline", no("already_paid"), no("already_paid")],
    ["paid", "pay", "paid", "paid"],
    ["lapsed", "accept", no("award_lapsed"), no("award_lapsed")],
    ["lapsed", "decline", no("award_lapsed"), no("award_lapsed")],
    ["lapsed", "pay", no("award_lapsed"), no("award_lapsed")],
  ])("from %s: %s", (state, step, before, after) => {
    expect(afterStep(state, step, PAY_BY, INSIDE)).toEqual(before);
    expect(afterStep(state, step, PAY_BY, PAY_BY)).toEqual(after);
  });

  it("taken twice gives the same state as taken once", () => {
    const state = fc.constantFrom<AwardState[]>("offered", "accepted", "declined", "paid", "lapsed");
    fc.assert(
      fc.property(state, fc.constantFrom<Step[]>("accept", "decline", "pay"), fc.nat({ max: 6000 }), (from, step, now) => {
        const once = afterStep(from, step, PAY_BY, now);
        fc.pre(typeof once === "string");
        expect(afterStep(once as AwardState, step, PAY_BY, now)).toBe(once);
      }),
    );
  });
});

describe("a lapse", () => {
  it.each<[AwardState, number | undefined]>([
    ["offered", LAPSE_CAUSE.unpaid],
    ["accepted", LAPSE_CAUSE.unpaid],
    ["declined", LAPSE_CAUSE.givenBack],
    ["paid", undefined],
    ["lapsed", undefined],
  ])("of %s has cause %s", (state, cause) => {
    expect(lapseCause(state)).toBe(cause);
  });
});

describe("the next wave", () => {
  it.each<[given: string, awarded: number, freed: number, ranks: number, next: number[]]>([
    ["one unit freed", 3, 1, 9, [3]],
    ["three units freed", 3, 3, 9, [3, 4, 5]],
    ["more freed than waiting", 3, 9, 5, [3, 4]],
    ["the waitlist at its end", 5, 2, 5, []],
    ["nothing freed", 3, 0, 9, []],
    ["more awarded than ranks", 6, 2, 5, []],
  ])("%s", (_, awarded, freed, ranks, next) => {
    expect(nextRanks(awarded, freed, ranks)).toEqual(next);
  });

  it("over all waves awards 0, 1, 2, … without a gap, and never more at once than there are units", () => {
    const lapses = fc.array(fc.nat({ max: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.nat({ max: 12 }), lapses, (stock, waits, lapsing) => {
        let awarded = Array.from({ length: stock }, (_, rank) => rank);
        let standing = stock;
        for (const lapsed of lapsing) {
          const freed = Math.min(lapsed, standing);
          const next = nextRanks(awarded.length, freed, stock + waits);
          awarded = [...awarded, ...next];
          standing += next.length - freed;
          expect(standing).toBeLessThanOrEqual(stock);
        }
        expect(awarded).toEqual(awarded.map((_, rank) => rank));
        expect(awarded.length).toBeLessThanOrEqual(stock + waits);
      }),
    );
  });
});
