// Operations of an operator: plan, allot, announce, nudge, void, mark paid.
import * as v from "valibot";
import { orderId, sessionId, skuId, storeId } from "../../contracts/basics.ts";
import { ORDER_STATES, ORDERS_MAX, orderDesk, ordersPage, orderView, paymentInput } from "../../contracts/orders.ts";
import { dryRunReply } from "../../contracts/planning.ts";
import {
  allotmentInput,
  allottedReply,
  announcedReply,
  movedReply,
  moveInput,
  planInput,
  plannedReply,
  sessionDesk,
  voidInput,
} from "../../contracts/sessions.ts";
import { GOODS } from "./goods.ts";
import { json, type Operation } from "./operation.ts";

/** Announcing runs the checks again: the first that fails names the refusal, all of them stand in `checks`. */
const CHECKS = ["not_allotted", "exceeds_units", "stock_overlap", "price_changed", "store_closed", "too_few_shards"] as const;

export const ADMIN: Operation[] = [
  {
    id: "plan",
    method: "POST",
    path: "/v1/admin/sessions",
    who: "operator",
    title: "Draft a session",
    text: "The same plan again changes nothing. Instants are Unix seconds, durations seconds.",
    body: planInput,
    replies: { 201: json("The draft.", plannedReply) },
    problems: [...GOODS, "unknown_chain", "session_exists", "stock_overlap"],
  },
  {
    id: "desk",
    method: "GET",
    path: "/v1/admin/sessions/:session",
    who: "operator",
    title: "A session as its operator sees it",
    replies: { 200: json("Plan, state, counts.", sessionDesk) },
    problems: ["not_found"],
  },
  {
    id: "allot",
    method: "PUT",
    path: "/v1/admin/sessions/:session/allotment",
    who: "operator",
    title: "Give units to stores while the session is a draft",
    text: "Replaces all pools. At most 150,000. Also as CSV, whose faults have their lines.",
    body: allotmentInput,
    bodyType: "text/csv",
    replies: { 200: json("Pools and units.", allottedReply) },
    problems: ["not_found", "unknown_store", "unknown_sku", "not_draft", "exceeds_units", "stock_overlap"],
  },
  {
    id: "announce",
    method: "POST",
    path: "/v1/admin/sessions/:session/announce",
    who: "operator",
    title: "Fix pools, times, beacon round and rules for ever, and publish them",
    text: "With `dry` nothing is changed: the reply says what would be fixed.",
    query: { dry: { schema: v.string(), what: "Any value: only show it." } },
    replies: {
      200: json("Announced, the same manifest on a repeat; or what would be.", v.union([announcedReply, dryRunReply])),
      202: json("In the log; the witnesses are waited for.", announcedReply),
    },
    problems: [
      "not_found",
      ...GOODS,
      ...CHECKS,
      "unknown_store",
      "not_draft",
      "invalid_times",
      "too_late_to_announce",
      "announced_too_late",
      "unknown_chain",
    ],
  },
  {
    id: "move",
    method: "POST",
    path: "/v1/admin/sessions/:session/moves",
    who: "operator",
    title: "Nudge a move that is due",
    text: "Sessions move by their plan; this is for whoever does not want to wait for the alarm.",
    body: moveInput,
    replies: { 202: json("The state.", movedReply) },
    problems: ["not_found", "not_due", "voided"],
  },
  {
    id: "voidSession",
    method: "POST",
    path: "/v1/admin/sessions/:session/void",
    who: "operator",
    title: "Void a session before the deadline of its seal",
    body: voidInput,
    replies: { 202: json("The state; `voided` once the witnesses have cosigned it.", movedReply) },
    problems: ["not_found", "too_late_to_void", "unknown_session"],
  },
  {
    id: "payment",
    method: "POST",
    path: "/v1/admin/payments",
    who: "operator",
    title: "Mark an order paid",
    body: paymentInput,
    replies: { 200: json("The paid order.", orderView) },
    problems: ["not_found", "award_lapsed"],
  },
  {
    id: "orderDesk",
    method: "GET",
    path: "/v1/admin/orders/:order",
    who: "operator",
    title: "An order as its operator sees it",
    text: "Whose it is, which award it came from, who handed it over, and the incident that concerns it. One that has left the database is found too, and says `archived`.",
    replies: { 200: json("The order.", orderDesk) },
    problems: ["not_found"],
  },
  {
    id: "allOrders",
    method: "GET",
    path: "/v1/admin/orders",
    who: "operator",
    title: "The orders that fit, page after page",
    text: "Ask again with `after` set to `next` and the same other parameters, until there is no `next`. Every order that was there all the while is given once, whatever is added meanwhile. A page looks at 10,000 orders at most: with `sku` or `state` one may be short, or empty, while there is more.",
    query: {
      session: { schema: sessionId, what: "Only this session's." },
      store: { schema: storeId, what: "Only those to be collected at this store." },
      sku: { schema: skuId, what: "Only this SKU's." },
      state: { schema: v.picklist(ORDER_STATES), what: "Only those in this state." },
      member: { schema: v.string(), what: "Only this member's: the `sub` of their token." },
      after: { schema: orderId, what: "`next` of the page before; from the first on where it is missing." },
      limit: {
        schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(ORDERS_MAX)),
        what: "Orders on a page; 100 unless said.",
      },
    },
    replies: { 200: json("A page of orders.", ordersPage) },
    problems: ["invalid_input"],
  },
];
