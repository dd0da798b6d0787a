// Operations around stores: the nearest ones, the operator's file of all, and what happens when one is short.
import * as v from "valibot";
import { market, sessionId, skuId } from "../../contracts/basics.ts";
import { choiceInput, incidentDesk, incidentInput, incidentsReply, spareReply } from "../../contracts/incidents.ts";
import { orderView } from "../../contracts/orders.ts";
import { importReport, NEAREST_MAX, nearestReply } from "../../contracts/stores.ts";
import { bytes, json, type Operation } from "./operation.ts";

const degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most));

export const STORES: Operation[] = [
  {
    id: "nearestStores",
    method: "GET",
    path: "/v1/sessions/:session/stores",
    who: "anybody",
    title: "The nearest open stores that give out a SKU in this session",
    text: "From the seal on each has its entries and the odds.",
    query: {
      sku: { schema: skuId, what: "The SKU.", needed: true },
      lat: { schema: degrees(90), what: "Degrees, WGS 84, at most twelve decimals.", needed: true },
      lng: { schema: degrees(180), what: "Degrees, WGS 84, at most twelve decimals.", needed: true },
      limit: { schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(NEAREST_MAX)), what: "Stores; 20 unless said." },
    },
    replies: { 200: json("Nearest first.", nearestReply) },
    problems: ["invalid_input", "not_found", "unknown_pool"],
  },
  {
    id: "importStores",
    method: "POST",
    path: "/v1/admin/stores/import",
    who: "operator",
    title: "Stores from one CSV file, whole or not at all",
    text: "The columns stand in docs/stores.md. Nothing is written unless every row fits.",
    query: { dryRun: { schema: v.string(), what: "Whatever it holds: count and write nothing." } },
    bodyType: "text/csv",
    replies: { 200: json("What was created, changed and left as it was.", importReport) },
    problems: ["wrong_encoding", "invalid_rows"],
  },
  {
    id: "exportStores",
    method: "GET",
    path: "/v1/admin/stores/export",
    who: "operator",
    title: "All stores as the CSV file that an import takes",
    query: { market: { schema: market, what: "Only this market's stores." } },
    replies: { 200: bytes("The file.", "text/csv") },
    problems: [],
  },
  {
    id: "reportIncident",
    method: "POST",
    path: "/v1/admin/incidents",
    who: "operator",
    title: "A store is short of units, or closed: its winners are asked",
    text: "Between the draw and the settlement. The same id again changes nothing.",
    body: incidentInput,
    replies: { 200: json("The incident, and who chooses.", incidentDesk) },
    problems: ["not_found", "unknown_pool", "voided", "not_drawn", "session_over", "incident_open", "incident_differs"],
  },
  {
    id: "incidents",
    method: "GET",
    path: "/v1/admin/incidents",
    who: "operator",
    title: "The incidents of a session with everything that happened in them",
    query: { session: { schema: sessionId, what: "The session.", needed: true } },
    replies: { 200: json("The incidents.", incidentsReply) },
    problems: [],
  },
  {
    id: "endIncident",
    method: "POST",
    path: "/v1/admin/incidents/:incident/end",
    who: "operator",
    title: "The store has its units again",
    replies: { 200: json("The incident.", incidentDesk) },
    problems: ["not_found"],
  },
  {
    id: "spareStores",
    method: "GET",
    path: "/v1/orders/:order/stores",
    who: "member",
    title: "Stores with a unit left to which one's order could move",
    replies: { 200: json("Nearest to the order's store first.", spareReply) },
    problems: ["not_found"],
  },
  {
    id: "choose",
    method: "POST",
    path: "/v1/orders/:order/choice",
    who: "member",
    title: "Wait, move to another store, or be refunded, where the store is short",
    body: choiceInput,
    replies: { 200: json("The order as it is then.", orderView) },
    problems: ["not_found", "incident_over", "no_units_there", "earlier_ranks_first"],
  },
];
