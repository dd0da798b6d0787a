// Operations around stores: the operator's file of them.
import * as v from "valibot";
import { market } from "../../contracts/basics.ts";
import { importReport } from "../../contracts/stores.ts";
import { bytes, json, type Operation } from "./operation.ts";

export const STORES: Operation[] = [
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
