// The review before the seal: what operators propose and confirm, what an excluded member is told, and what they answer.
import * as v from "valibot";
import type { DecisionNo, ExclusionNo } from "../domain/draw/exclusion.ts";
import { text, u32, unixSeconds, whole } from "./basics.ts";
import type { ProblemCode } from "./problems.ts";

/** Chosen by the operator, so that the same proposal sent twice is one. */
export const proposalId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, _ or -"));
const place = { shard: whole(0, 4095), index: u32 };
/** For operators only: never shown to the member, never published. */
const note = text(1_000);

/** POST /v1/admin/sessions/{session}/exclusions. `reason` is a code of draw1-reasons/1. */
export const exclusionsInput = v.strictObject({
  proposal: proposalId,
  note,
  rows: v.pipe(v.array(v.strictObject({ ...place, reason: whole(0, 255) })), v.minLength(1), v.maxLength(10_000)),
});
export type ExclusionsInput = v.InferOutput<typeof exclusionsInput>;

/**
 * GET /v1/admin/sessions/{session}/cooling-down: entries of persons who won in the product family after the manifest was in the log, as rows of a
 * proposal. Empty in a session without a cool-down.
 */
export const coolingDown = v.object({ rows: v.array(v.object({ ...place, reason: whole(0, 255) })) });
export type CoolingDown = v.InferOutput<typeof coolingDown>;

/** POST /v1/admin/sessions/{session}/decisions: what becomes of appeals. `answer` is shown to the member. */
export const decisionsInput = v.strictObject({
  proposal: proposalId,
  note,
  rows: v.pipe(v.array(v.strictObject({ ...place, granted: v.boolean(), answer: text(300) })), v.minLength(1), v.maxLength(1_000)),
});
export type DecisionsInput = v.InferOutput<typeof decisionsInput>;

/** What an operator proposes. The same id with the same contents is the same proposal. */
export type Proposal = ({ kind: "exclusions" } & ExclusionsInput) | ({ kind: "decisions" } & DecisionsInput);

/** `rows` says what is wrong with each row that cannot be taken. */
export type ProposalNo = { code: ProblemCode; rows?: RowProblem[] };

/** Why single rows of a proposal cannot be taken: then none is. */
export const ROW_PROBLEMS: { [Code in ExclusionNo | DecisionNo]: string } = {
  unknown_reason: "not a reason for an exclusion",
  members_reason: "only the member withdraws",
  place_twice: "an earlier row names the same place",
  unknown_place: "nobody holds this place",
  withdrawn_place: "its member has withdrawn",
  proposed_already: "an open proposal names this place",
  excluded_already: "it is excluded already",
  appeal_granted: "an appeal of this place was granted",
  not_appealed: "there is no appeal of this place",
  decided_already: "this appeal is decided",
};
export type RowProblem = { pointer: string; code: keyof typeof ROW_PROBLEMS; detail: string };

/** A proposal as operators see it. Instants are Unix seconds. */
export const proposalView = v.object({
  proposal: proposalId,
  kind: v.picklist(["exclusions", "decisions"]),
  state: v.picklist(["open", "confirmed", "dropped"]),
  rows: u32,
  note: v.string(),
  by: v.string(),
  at: unixSeconds,
  /** Who confirmed or dropped it: always another operator where it was confirmed. */
  closed: v.exactOptional(v.object({ by: v.string(), at: unixSeconds })),
});
export type ProposalView = v.InferOutput<typeof proposalView>;

const decided = v.exactOptional(v.object({ granted: v.boolean(), answer: v.string(), at: unixSeconds }));

export const appealView = v.object({ ...place, reason: u32, at: unixSeconds, text: v.string(), decided });
export type AppealView = v.InferOutput<typeof appealView>;

/** GET /v1/admin/sessions/{session}/review. */
export const reviewDesk = v.object({
  times: v.object({ tellUntil: v.number(), appealUntil: v.number(), decideUntil: v.number() }),
  proposals: v.array(proposalView),
  /** Exclusions that stand as of now, by reason. */
  excluded: v.record(v.string(), v.number()),
  appeals: v.array(appealView),
});
export type ReviewDesk = v.InferOutput<typeof reviewDesk>;

/** POST /v1/sessions/{session}/appeals -> 201 the notice with the appeal in it, 200 the same again. */
export const appealInput = v.strictObject({ pool: u32, text: text(1_000) });
export type AppealInput = v.InferOutput<typeof appealInput>;

/** A place of the caller that operators have excluded, or had. */
export type OwnExcluded = { pool: number; shard: number; index: number };

/** What a member whose reservation was excluded is told. */
export const notice = v.object({
  pool: u32,
  ...place,
  reason: u32,
  /** When it was confirmed. */
  at: unixSeconds,
  /** Excluded, or in the draw again. */
  standing: v.picklist(["excluded", "reinstated"]),
  appealUntil: v.number(),
  decideUntil: v.number(),
  appeal: v.exactOptional(v.object({ at: unixSeconds, text: v.string(), decided })),
});
export type Notice = v.InferOutput<typeof notice>;

/** GET /v1/sessions/{session}/exclusions: the caller's own. */
export const ownExclusions = v.object({ exclusions: v.array(notice) });
export type OwnExclusions = v.InferOutput<typeof ownExclusions>;

/** /draws/{session}/notices.json: in which shards somebody was excluded, and when that last changed. Comes and goes; proves nothing. */
export type Notices = { at: number; shards: number[] };
