// Operations of planning: drafts in versions, units spread over stores, checks and forecasts before announcing, templates for a year.
// The replies say what a caller builds on; docs/planning.md has the rest.
import * as v from "valibot";
import { names, sessionId, skuId, storeId, u32 } from "../../contracts/basics.ts";
import { bulletinInput, date, draftsInput, proposalInput, templateId, templateInput } from "../../contracts/planning.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import { planInput, plannedReply } from "../../contracts/sessions.ts";
import { GOODS } from "./goods.ts";
import { json, type Operation } from "./operation.ts";

const check = v.looseObject({
  check: v.string(),
  state: v.picklist(["ok", "warn", "fail"]),
  detail: v.string(),
  code: v.exactOptional(v.string()),
});
export const checks = v.looseObject({ session: sessionId, mayAnnounce: v.boolean(), checks: v.array(check) });
const version = v.looseObject({ no: u32, at: u32, by: v.string() });
const template = v.looseObject({ template: templateId, version: u32 });
const named = v.looseObject({ template: templateId, title: names, version: u32 });
const pools = v.array(v.looseObject({ store: storeId, stock: u32, wait: u32 }));
const proposed = v.array(v.looseObject({ sku: skuId, units: v.number(), lines: v.array(v.looseObject({ store: storeId })) }));
const drafted = v.looseObject({ session: sessionId, date, done: v.picklist(["drafted", "exists", "announced", "refused"]) });

const ALLOT = ["not_found", "not_draft", "unknown_sku", "unknown_store", "stock_overlap"] as const satisfies ProblemCode[];

export const PLANNING: Operation[] = [
  {
    id: "redraft",
    method: "PUT",
    path: "/v1/admin/sessions/:session/plan",
    who: "operator",
    title: "Another plan for a draft",
    body: planInput,
    replies: { 200: json("The draft.", plannedReply) },
    problems: ["not_found", ...GOODS, "unknown_chain", "not_draft", "stock_overlap", "exceeds_units", "too_late_to_amend"],
  },
  {
    id: "versions",
    method: "GET",
    path: "/v1/admin/sessions/:session/versions",
    who: "operator",
    title: "Who changed a draft, when, and to what",
    replies: { 200: json("The versions, oldest first.", v.object({ versions: v.array(version) })) },
    problems: ["not_found"],
  },
  {
    id: "allotment",
    method: "GET",
    path: "/v1/admin/sessions/:session/allotment",
    who: "operator",
    title: "Where the units of a SKU are allotted",
    query: { sku: { schema: skuId, what: "The SKU; needed." } },
    replies: { 200: json("Stores with their units.", v.object({ sku: skuId, units: v.number(), pools })) },
    problems: ["invalid_input", "not_found"],
  },
  {
    id: "proposeAllotment",
    method: "POST",
    path: "/v1/admin/sessions/:session/allotment/proposal",
    who: "operator",
    title: "Spread units over stores by weight, and put that in place with `apply`",
    body: proposalInput,
    replies: {
      200: json(
        "What each store gets, and why.",
        v.object({ applied: v.boolean(), pools: u32, units: v.number(), skus: proposed }),
      ),
    },
    problems: [...ALLOT, "no_weight", "exceeds_units"],
  },
  {
    id: "checks",
    method: "GET",
    path: "/v1/admin/sessions/:session/checks",
    who: "operator",
    title: "What is checked before a draft is announced",
    replies: { 200: json("Each check in words.", checks) },
    problems: ["not_found", "not_draft"],
  },
  {
    id: "forecast",
    method: "GET",
    path: "/v1/admin/sessions/:session/forecast",
    who: "operator",
    title: "Odds and cost, foreseen",
    replies: { 200: json("The forecast.", v.looseObject({ session: sessionId })) },
    problems: ["not_found", "not_draft"],
  },
  {
    id: "say",
    method: "POST",
    path: "/v1/admin/sessions/:session/bulletins",
    who: "operator",
    title: "Say something in public that the manifest does not fix",
    body: bulletinInput,
    replies: { 202: json("The bulletin; public once it is in the log.", v.looseObject({})) },
    problems: ["not_found", "too_late_to_amend", "too_many_bulletins", "not_due", "voided"],
  },
  {
    id: "templates",
    method: "GET",
    path: "/v1/admin/templates",
    who: "operator",
    title: "All templates",
    replies: { 200: json("The templates.", v.object({ templates: v.array(named) })) },
    problems: [],
  },
  {
    id: "makeTemplate",
    method: "POST",
    path: "/v1/admin/templates",
    who: "operator",
    title: "Make a template: a year of sessions from one rule",
    text: "The same template again changes nothing.",
    body: templateInput,
    replies: { 201: json("Its first version.", template), 200: json("It is there already.", template) },
    problems: ["unknown_market", "template_exists"],
  },
  {
    id: "template",
    method: "GET",
    path: "/v1/admin/templates/:template",
    who: "operator",
    title: "One template with its versions",
    replies: { 200: json("The template.", named) },
    problems: ["not_found"],
  },
  {
    id: "saveTemplate",
    method: "PUT",
    path: "/v1/admin/templates/:template",
    who: "operator",
    title: "Another version of a template",
    body: templateInput,
    replies: { 200: json("The version that holds now.", template) },
    problems: ["unknown_market", "not_found", "template_exists"],
  },
  {
    id: "occurrences",
    method: "GET",
    path: "/v1/admin/templates/:template/occurrences",
    who: "operator",
    title: "When the sessions of a template take place",
    query: {
      from: { schema: date, what: "First day; today unless said." },
      days: { schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)), what: "Days to look at; 366 unless said." },
    },
    replies: {
      200: json(
        "The occurrences.",
        v.looseObject({
          template: templateId,
          version: u32,
          from: date,
          days: u32,
          occurrences: v.array(v.looseObject({ session: sessionId, announceBy: v.number(), drafted: v.boolean() })),
        }),
      ),
    },
    problems: ["invalid_input", "not_found"],
  },
  {
    id: "draftSessions",
    method: "POST",
    path: "/v1/admin/templates/:template/drafts",
    who: "operator",
    title: "Draft the sessions of some days",
    body: draftsInput,
    replies: {
      200: json("What became of each day.", v.object({ sessions: v.array(drafted), next: v.exactOptional(date) })),
    },
    problems: ["not_found"],
  },
];
