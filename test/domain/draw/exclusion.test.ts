// Exclusions and appeals: who may be left out, until when, and who stays in after all. One row per case, in the order of refusals.
import { describe, expect, it } from "vitest";
import {
  type AppealState,
  appealState,
  mayDecide,
  mayExclude,
  outcomeOf,
  type PlaceState,
  reviewRefusal,
  reviewTimes,
  type Standing,
  standingOf,
} from "../../../domain/draw/exclusion.ts";
import { EXCLUSION_REASONS } from "../../../domain/draw/reasons.ts";
import { isOut } from "../../../domain/draw/review.ts";

describe("an exclusion", () => {
  it.each<[string, number, PlaceState, Standing | undefined, boolean, string | undefined]>([
    ["of a place that is there, for a reason of the table", 9, "there", undefined, false, undefined],
    ["for reason 0", 0, "unknown", "excluded", true, "unknown_reason"],
    ["for a reason between list and door", 16, "unknown", "excluded", true, "unknown_reason"],
    ["for a reason of the door alone", 34, "unknown", "excluded", true, "unknown_reason"],
    ["for the member's own reason", 1, "unknown", "excluded", true, "members_reason"],
    ["of a place that an earlier row names", 9, "unknown", "excluded", true, "place_twice"],
    ["of nobody", 9, "unknown", undefined, false, "unknown_place"],
    ["of somebody who has withdrawn", 9, "withdrawn", "excluded", false, "withdrawn_place"],
    ["that is proposed", 9, "there", "proposed", false, "proposed_already"],
    ["that stands", 9, "there", "excluded", false, "excluded_already"],
    ["of somebody whose appeal was granted", 9, "there", "reinstated", false, "appeal_granted"],
  ])("%s", (_, reason, place, standing, repeated, expected) => {
    expect(mayExclude(reason, place, standing, repeated)).toBe(expected);
  });

  it("may have every reason of the list but the member's own, and no other", () => {
    const allowed = Array.from({ length: 256 }, (_, reason) => reason).filter(
      (reason) => mayExclude(reason, "there", undefined, false) === undefined,
    );
    expect(allowed.map(String)).toEqual(Object.keys(EXCLUSION_REASONS).filter((reason) => reason !== "1"));
  });

  it.each([
    [undefined, undefined, undefined],
    [{ confirmedAt: undefined }, undefined, "proposed"],
    [{ confirmedAt: 5 }, undefined, "excluded"],
    [{ confirmedAt: 5 }, { granted: null }, "excluded"],
    [{ confirmedAt: 5 }, { granted: false }, "excluded"],
    [{ confirmedAt: 5 }, { granted: true }, "reinstated"],
  ])("held as %j with the appeal %j is %s", (held, appeal, expected) => {
    expect(standingOf(held, appeal)).toBe(expected);
  });
});

describe("a decision", () => {
  it.each<[string, AppealState | undefined, boolean, string | undefined]>([
    ["of an open appeal", "open", false, undefined],
    ["of a place that an earlier row names", undefined, true, "place_twice"],
    ["where nobody appealed", undefined, false, "not_appealed"],
    ["that is proposed", "proposed", false, "proposed_already"],
    ["of a decided appeal", "decided", false, "decided_already"],
  ])("%s", (_, appeal, repeated, expected) => {
    expect(mayDecide(appeal, repeated)).toBe(expected);
  });

  it.each([
    [undefined, true, undefined],
    [{ granted: null }, false, "open"],
    [{ granted: null }, true, "proposed"],
    [{ granted: true }, false, "decided"],
    [{ granted: false }, true, "decided"],
  ])("the appeal %j, proposed: %s, is %s", (appeal, proposed, expected) => {
    expect(appealState(appeal, proposed)).toBe(expected);
  });
});

describe("the end of the review", () => {
  it.each([
    ["nobody appealed", undefined, 0, true],
    ["the appeal was refused", { granted: false }, 1, true],
    ["the appeal was granted", { granted: true }, 2, false],
    ["nobody decided: the burden is the operators'", { granted: null }, 3, false],
  ])("%s", (_, appeal, outcome, out) => {
    expect(outcomeOf(appeal)).toBe(outcome);
    expect(isOut(outcomeOf(appeal))).toBe(out);
  });

  it("leaves a third of the time each to tell, to appeal and to decide, and never more than there is", () => {
    expect(reviewTimes(1000, 90)).toEqual({ tellUntil: 1030, appealUntil: 1060, decideUntil: 1090 });
    for (let decideS = 0; decideS < 100; decideS++) {
      const { tellUntil, appealUntil, decideUntil } = reviewTimes(1000, decideS);
      expect([1000 <= tellUntil, tellUntil <= appealUntil, appealUntil <= decideUntil, decideUntil]).toEqual([
        true,
        true,
        true,
        1000 + decideS,
      ]);
    }
  });

  it.each([
    ["draft", 0, "not_due"],
    ["announced", 99.999, undefined],
    ["open", 99.999, undefined],
    ["closed", 99.999, undefined],
    ["closed", 100, "review_over"],
    ["frozen", 100, "review_over"],
    ["settled", 1e9, "review_over"],
    ["voided", 0, "voided"],
  ] as const)("%s at %s: %s", (state, now, expected) => {
    expect(reviewRefusal(state, now, 100)).toBe(expected);
  });
});
