// What a session's review shows: proposals and appeals to operators, a notice to the member.
import type { AppealView, Notice, OwnExcluded, ProposalView, ReviewDesk } from "../../contracts/review.ts";
import type { MoveDesk } from "./desk.ts";
import { type Appeal, decisionsIn, EXCLUSION_BYTES, type Held, keyOf, type ProposalRow } from "./review-rows.ts";
import type { SessionStore } from "./store.ts";

export function proposalView({ id, kind, state, rows, note, by, at, closedBy, closedAt }: ProposalRow): ProposalView {
  const count = kind === "exclusions" ? rows.length / EXCLUSION_BYTES : decisionsIn(rows).length;
  const closed = closedBy === null ? {} : { closed: { by: closedBy, at: closedAt as number } };
  return { proposal: id, kind, state, rows: count, note, by, at, ...closed };
}

const decidedOf = ({ granted, answer, decidedAt }: Appeal): Pick<AppealView, "decided"> =>
  granted === null ? {} : { decided: { granted, answer: answer ?? "", at: decidedAt as number } };

export function reviewDesk(store: SessionStore): ReviewDesk {
  const excluded: ReviewDesk["excluded"] = {};
  const appeals = store.review.appeals();
  const back = new Set(appeals.filter(({ granted }) => granted).map(keyOf));
  for (const held of store.review.confirmed()) if (!back.has(keyOf(held))) excluded[held.reason] = (excluded[held.reason] ?? 0) + 1;
  return {
    times: store.reviewTimes(),
    proposals: store.review.proposals().map(proposalView),
    excluded,
    appeals: appeals.map((made) => ({
      shard: made.shard,
      index: made.index,
      reason: store.review.held().get(keyOf(made))?.reason as number,
      at: made.at,
      text: made.text,
      ...decidedOf(made),
    })),
  };
}

/** What is not decided when the review ends does not stand. */
export function noticeOf({ store, now }: MoveDesk, place: OwnExcluded, { reason, confirmedAt }: Held): Notice {
  const { appealUntil, decideUntil } = store.reviewTimes();
  const made = store.review.appeal(place);
  const isBack = made !== undefined && (made.granted ?? now() >= decideUntil);
  return {
    ...place,
    reason,
    at: confirmedAt as number,
    standing: isBack ? "reinstated" : "excluded",
    appealUntil,
    decideUntil,
    ...(made ? { appeal: { at: made.at, text: made.text, ...decidedOf(made) } } : {}),
  };
}
