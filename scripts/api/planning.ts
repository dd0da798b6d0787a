// Operations of planning: drafts in versions, units spread over stores, checks and forecasts before announcing, templates for a year.
import * as v from "valibot";
import { skuId } from "../../contracts/basics.ts";
import {
  allotmentReply,
  bulletinInput,
  bulletinReply,
  checksReply,
  forecastReply,
  proposalInput,
  proposalReply,
  versionsReply,
} from "../../contracts/planning.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import { planInput, plannedReply } from "../../contracts/sessions.ts";
import {
  date,
  draftsInput,
  draftsReply,
  occurrencesReply,
  templateDesk,
  templateInput,
  templateSaved,
  templatesReply,
} from "../../contracts/templates.ts";
import { GOODS } from "./goods.ts";
import { json, type Operation } from "./operation.ts";

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
    replies: { 200: json("The versions, oldest first.", versionsReply) },
    problems: ["not_found"],
  },
  {
    id: "allotment",
    method: "GET",
    path: "/v1/admin/sessions/:session/allotment",
    who: "operator",
    title: "Where the units of a SKU are allotted",
    query: { sku: { schema: skuId, what: "The SKU.", needed: true } },
    replies: { 200: json("Stores with their units.", allotmentReply) },
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
      200: json("What each store gets, and why.", proposalReply),
    },
    problems: [...ALLOT, "no_weight", "exceeds_units"],
  },
  {
    id: "checks",
    method: "GET",
    path: "/v1/admin/sessions/:session/checks",
    who: "operator",
    title: "What is checked before a draft is announced",
    replies: { 200: json("Each check in words.", checksReply) },
    problems: ["not_found", "not_draft"],
  },
  {
    id: "forecast",
    method: "GET",
    path: "/v1/admin/sessions/:session/forecast",
    who: "operator",
    title: "Odds and cost, foreseen",
    replies: { 200: json("The forecast.", forecastReply) },
    problems: ["not_found", "not_draft"],
  },
  {
    id: "say",
    method: "POST",
    path: "/v1/admin/sessions/:session/bulletins",
    who: "operator",
    title: "Say something in public that the manifest does not fix",
    body: bulletinInput,
    replies: { 202: json("The bulletin; public once it is in the log.", bulletinReply) },
    problems: ["not_found", "too_late_to_amend", "too_many_bulletins", "not_due", "voided"],
  },
  {
    id: "templates",
    method: "GET",
    path: "/v1/admin/templates",
    who: "operator",
    title: "All templates",
    replies: { 200: json("The templates.", templatesReply) },
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
    replies: { 201: json("Its first version.", templateSaved), 200: json("It is there already.", templateSaved) },
    problems: ["unknown_market", "template_exists"],
  },
  {
    id: "template",
    method: "GET",
    path: "/v1/admin/templates/:template",
    who: "operator",
    title: "One template with its versions",
    replies: { 200: json("The template.", templateDesk) },
    problems: ["not_found"],
  },
  {
    id: "saveTemplate",
    method: "PUT",
    path: "/v1/admin/templates/:template",
    who: "operator",
    title: "Another version of a template",
    body: templateInput,
    replies: { 200: json("The version that holds now.", templateSaved) },
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
      200: json("The occurrences.", occurrencesReply),
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
      200: json("What became of each day.", draftsReply),
    },
    problems: ["not_found"],
  },
];
