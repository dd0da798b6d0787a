// Operations around stores: the nearest ones, and the operator's file of all.
import * as v from "valibot";
import { market } from "../../contracts/basics.ts";
import { importReport, nearestReply } from "../../contracts/stores.ts";
import { bytes, json, type Operation } from "./operation.ts";

const text = v.string();

export const STORES: Operation[] = [
  {
    id: "nearestStores",
    method: "GET",
    path: "/v1/sessions/:session/stores",
    who: "anybody",
    title: "The nearest open stores that give out a SKU in this session",
    text: "All but `limit` are needed. From the seal on each has its entries and the odds.",
    query: {
      sku: { schema: text, what: "The SKU." },
      lat: { schema: text, what: "Degrees, WGS 84." },
      lng: { schema: text, what: "Degrees, WGS 84." },
      limit: { schema: text, what: "At most 50; 20 unless said." },
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
];
