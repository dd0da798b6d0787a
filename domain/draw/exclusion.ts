// Who may be left out of a draw, until when, and who stays in after all: the rules of exclusions and appeals. draw1, sections 7 and 13.
import type { State } from "./life.ts";
import { EXCLUSION_REASONS, WITHDRAWN } from "./reasons.ts";
import type { OutcomeCode } from "./review.ts";

/** Until when (Unix seconds) exclusions are confirmed, appeals are taken, and appeals are decided; then the session is sealed. */
export type ReviewTimes = { tellUntil: number; appealUntil: number; decideUntil: number };

/**
 * A third of the time each. Whoever is excluded last still has a third of it to appeal; an appeal that comes last still leaves a third of it
 * to decide: otherwise a crowd that appeals in the last second would be back, because what is not decided does not stand.
 */
export const reviewTimes = (close: number, decideS: number): ReviewTimes => ({
  tellUntil: close + Math.floor(decideS / 3),
  appealUntil: close + Math.floor((2 * decideS) / 3),
  decideUntil: close + decideS,
});

/** Why nothing can be done in the review, in a session of this state at `now`, for what ends at `until`. */
export function reviewRefusal(state: State, now: number, until: number): "voided" | "not_due" | "review_over" | undefined {
  if (state === "voided") return "voided";
  if (state === "draft") return "not_due";
  return now < until ? undefined : "review_over";
}

/** What a shard says of a place. */
export const PLACE_STATES = ["unknown", "there", "withdrawn"] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

/** Where a place stands in the review; undefined for one that nobody has named. */
export type Standing = "proposed" | "excluded" | "reinstated";

/** An appeal; `granted` is null until two operators have decided it. */
type Appeal = { granted: boolean | null };

export function standingOf(
  held: { confirmedAt: number | undefined } | undefined,
  appeal: Appeal | undefined,
): Standing | undefined {
  if (!held) return undefined;
  if (held.confirmedAt === undefined) return "proposed";
  return appeal?.granted ? "reinstated" : "excluded";
}

export type ExclusionNo =
  | "unknown_reason"
  | "members_reason"
  | "place_twice"
  | "unknown_place"
  | "withdrawn_place"
  | "proposed_already"
  | "excluded_already"
  | "appeal_granted";

const STANDING_NO = { proposed: "proposed_already", excluded: "excluded_already", reinstated: "appeal_granted" } as const;

/** Why a row of a proposal cannot be taken, in the order checked. `repeated`: an earlier row names the same place. */
export function mayExclude(
  reason: number,
  place: PlaceState,
  standing: Standing | undefined,
  repeated: boolean,
): ExclusionNo | undefined {
  if (!Object.hasOwn(EXCLUSION_REASONS, reason)) return "unknown_reason";
  // Withdrawing is the member's own word, and only the shard writes it down.
  if (reason === WITHDRAWN) return "members_reason";
  if (repeated) return "place_twice";
  if (place !== "there") return place === "unknown" ? "unknown_place" : "withdrawn_place";
  return standing && STANDING_NO[standing];
}

/** `proposed`: a decision waits for its second operator. */
export type AppealState = "open" | "proposed" | "decided";

export function appealState(appeal: Appeal | undefined, proposed: boolean): AppealState | undefined {
  if (!appeal) return undefined;
  return appeal.granted !== null ? "decided" : proposed ? "proposed" : "open";
}

export type DecisionNo = "place_twice" | "not_appealed" | "proposed_already" | "decided_already";

export function mayDecide(appeal: AppealState | undefined, repeated: boolean): DecisionNo | undefined {
  if (repeated) return "place_twice";
  if (appeal === undefined) return "not_appealed";
  if (appeal === "proposed") return "proposed_already";
  return appeal === "open" ? undefined : "decided_already";
}

/**
 * How an exclusion ends when the review is over. It stands unless its appeal was granted, or was not decided: the burden lies with
 * whoever excludes, and the seal waits for nobody.
 */
export function outcomeOf(appeal: Appeal | undefined): OutcomeCode {
  if (!appeal) return 0;
  return appeal.granted === null ? 3 : appeal.granted ? 2 : 1;
}
