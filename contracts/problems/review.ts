// Refusals in the review before the seal: exclusions by operators, appeals, decisions.
import type { Problem } from "./problem.ts";

export const REVIEW = {
  rows_refused: {
    status: 409,
    title: "Some rows cannot be taken",
    explanation:
      "For each such row errors[] has its code: unknown_reason, members_reason (only the member withdraws), place_twice, unknown_place, withdrawn_place, proposed_already, excluded_already, appeal_granted, not_appealed, decided_already. No row was taken.",
  },
  proposal_differs: {
    status: 409,
    title: "Another proposal under this id",
    explanation: "A proposal with this id was made with other contents, or by another operator. Choose a fresh id.",
  },
  proposal_closed: {
    status: 409,
    title: "The proposal is closed",
    explanation: "It was dropped and cannot be confirmed, or it was confirmed and cannot be dropped.",
  },
  same_operator: {
    status: 409,
    title: "Another operator has to confirm",
    explanation: "Exclusions, and decisions of appeals, count once somebody else than their proposer has confirmed them.",
  },
  too_many_exclusions: {
    status: 409,
    title: "Too many exclusions",
    explanation: "A session takes 200,000 exclusions by its operators. Nothing was written.",
  },
  review_over: {
    status: 409,
    title: "The time for this is over",
    explanation:
      "After the close a third of the review is for confirming exclusions, a third for appeals, a third for deciding them. The reservations are sealed then, whatever is left open.",
  },
  not_excluded: {
    status: 409,
    title: "Not excluded",
    explanation: "This reservation was not excluded by the session's operators, so there is nothing to appeal against.",
  },
  appealed_already: {
    status: 409,
    title: "Appealed already",
    explanation: "There is one appeal for each reservation, and yours was received with other words.",
  },
} as const satisfies Record<string, Problem>;
