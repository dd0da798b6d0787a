// Operations around the seal: operators exclude and decide two by two, members are told and appeal, an auditor is handed the sample.
import { openingsInput, openingsReply } from "../../contracts/members.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import {
  appealInput,
  coolingDown,
  decisionsInput,
  exclusionsInput,
  notice,
  ownExclusions,
  proposalView,
  reviewDesk,
} from "../../contracts/review.ts";
import { json, type Operation } from "./operation.ts";

const TIME = ["not_found", "not_due", "review_over", "voided"] as const satisfies ProblemCode[];
const PROPOSE = [
  ...TIME,
  "rows_refused",
  "proposal_differs",
  "too_many_exclusions",
  "not_prepared",
] as const satisfies ProblemCode[];
const CLOSE = [...TIME, ...PROPOSE, "same_operator", "proposal_closed"] as const satisfies ProblemCode[];
const each = (codes: readonly ProblemCode[]): ProblemCode[] => [...new Set(codes)];

export const REVIEW: Operation[] = [
  {
    id: "ownExclusions",
    method: "GET",
    path: "/v1/sessions/:session/exclusions",
    who: "member",
    title: "One's own reservations that operators have excluded, with the reason",
    replies: { 200: json("The notices.", ownExclusions) },
    problems: ["not_found", "archived", "not_prepared"],
  },
  {
    id: "appeal",
    method: "POST",
    path: "/v1/sessions/:session/appeals",
    who: "member",
    title: "Appeal against one's exclusion",
    body: appealInput,
    replies: { 201: json("The notice with the appeal in it.", notice), 200: json("The same again.", notice) },
    problems: each([...TIME, "not_excluded", "appealed_already", "archived", "not_prepared"]),
  },
  {
    id: "review",
    method: "GET",
    path: "/v1/admin/sessions/:session/review",
    who: "operator",
    title: "Proposals, exclusions and appeals of a session",
    replies: { 200: json("The review.", reviewDesk) },
    problems: ["not_found", "not_due"],
  },
  {
    id: "coolingDown",
    method: "GET",
    path: "/v1/admin/sessions/:session/cooling-down",
    who: "operator",
    title: "Entries of persons who have won since the session was announced, as rows of a proposal",
    replies: { 200: json("The rows; none in a session without a cool-down.", coolingDown) },
    problems: ["not_found"],
  },
  {
    id: "exclude",
    method: "POST",
    path: "/v1/admin/sessions/:session/exclusions",
    who: "operator",
    title: "Propose exclusions; another operator confirms",
    text: "All rows or none. The same proposal again changes nothing.",
    body: exclusionsInput,
    replies: { 201: json("The proposal.", proposalView) },
    problems: each(PROPOSE),
  },
  {
    id: "decide",
    method: "POST",
    path: "/v1/admin/sessions/:session/decisions",
    who: "operator",
    title: "Propose what becomes of appeals; another operator confirms",
    body: decisionsInput,
    replies: { 201: json("The proposal.", proposalView) },
    problems: each(PROPOSE),
  },
  {
    id: "confirmProposal",
    method: "POST",
    path: "/v1/admin/sessions/:session/proposals/:proposal/confirm",
    who: "operator",
    title: "Confirm another operator's proposal",
    replies: { 200: json("The proposal.", proposalView) },
    problems: each(CLOSE),
  },
  {
    id: "dropProposal",
    method: "POST",
    path: "/v1/admin/sessions/:session/proposals/:proposal/drop",
    who: "operator",
    title: "Drop a proposal that nobody has confirmed",
    replies: { 200: json("The proposal.", proposalView) },
    problems: each(CLOSE),
  },
  {
    id: "openings",
    method: "POST",
    path: "/v1/admin/sessions/:session/openings",
    who: "operator",
    title: "For an auditor: winners with more than one ticket, joined to the losses that their tickets rest on",
    text: "Never public. docs/verify-a-draw.md has the form.",
    body: openingsInput,
    replies: { 200: json("In the order asked for.", openingsReply) },
    problems: ["not_found", "not_in_sample"],
  },
];
