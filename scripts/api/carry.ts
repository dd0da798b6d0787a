// Operations of export and import (docs/export.md), and of whoever watches an installation.
import * as v from "valibot";
import { draftsInput, importInput, rowsInput } from "../../contracts/carry.ts";
import { bytes, json, KNOWN, type Operation } from "./operation.ts";

const anyRow = v.looseObject({});
const head = v.looseObject({
  v: v.number(),
  brand: v.string(),
  log: v.object({ origin: v.string(), key: v.string() }),
  collections: v.record(v.string(), v.looseObject({ rows: v.number(), fields: v.array(v.looseObject({ field: v.string() })) })),
  live: v.array(v.string()),
});
const state = v.object({ collections: v.record(v.string(), v.object({ arrived: v.number(), done: v.boolean() })) });

export const CARRY: Operation[] = [
  {
    id: "health",
    method: "GET",
    path: "/v1/health",
    who: "anybody",
    title: "Whether the installation can work",
    text: "503 where a setting is missing or the database does not answer.",
    replies: { 200: json("It can.", v.object({ healthy: v.literal(true) })), 304: KNOWN },
    problems: [],
  },
  {
    id: "exportHead",
    method: "GET",
    path: "/v1/admin/export",
    who: "operator",
    title: "What there is to export",
    replies: { 200: json("Collections with their rows and fields, and the sessions that are under way.", head) },
    problems: [],
  },
  {
    id: "exportRows",
    method: "GET",
    path: "/v1/admin/export/collections/:collection",
    who: "operator",
    title: "A page of a collection, in order of its key",
    query: { after: { schema: v.string(), what: "The `after` of the page before." } },
    replies: {
      200: json("Rows, and `after` where more follow.", v.object({ rows: v.array(anyRow), after: v.exactOptional(v.string()) })),
    },
    problems: ["invalid_input", "not_found"],
  },
  {
    id: "exportFiles",
    method: "GET",
    path: "/v1/admin/export/files/:bucket",
    who: "operator",
    title: "A page of the files of a bucket: files or archive",
    query: { cursor: { schema: v.string(), what: "The `cursor` of the page before." } },
    replies: {
      200: json(
        "Keys and sizes, and `cursor` where more follow.",
        v.object({ files: v.array(v.object({ key: v.string(), bytes: v.number() })), cursor: v.exactOptional(v.string()) }),
      ),
    },
    problems: ["not_found"],
  },
  {
    id: "exportFile",
    method: "GET",
    path: "/v1/admin/export/files/:bucket/:key{.+}",
    who: "operator",
    title: "A file of a bucket",
    replies: { 200: bytes("Its bytes.", "application/octet-stream") },
    problems: ["not_found"],
  },
  {
    id: "beginImport",
    method: "POST",
    path: "/v1/admin/imports",
    who: "operator",
    title: "Begins an import into a fresh installation, or goes on with it",
    body: importInput,
    replies: { 200: json("How far it is.", state), 201: json("It has begun.", state) },
    problems: ["other_installation", "other_schema", "sessions_under_way", "not_empty", "no_import"],
  },
  {
    id: "importFile",
    method: "PUT",
    path: "/v1/admin/imports/files/:bucket/:key{.+}",
    who: "operator",
    title: "A file of the import",
    bodyType: "application/octet-stream",
    replies: { 200: json("How many bytes arrived.", v.object({ bytes: v.number() })) },
    problems: ["no_import", "not_found"],
  },
  {
    id: "importRows",
    method: "PUT",
    path: "/v1/admin/imports/:collection/rows",
    who: "operator",
    title: "Rows of a collection, which wait until it is whole",
    body: rowsInput,
    replies: { 200: json("How many have arrived.", v.object({ arrived: v.number() })) },
    problems: ["no_import", "not_found"],
  },
  {
    id: "commitImport",
    method: "POST",
    path: "/v1/admin/imports/:collection/commit",
    who: "operator",
    title: "Moves a whole collection into its table",
    replies: { 200: json("It is there.", v.object({ done: v.literal(true) })) },
    problems: ["no_import", "not_found", "import_incomplete", "import_refused"],
  },
  {
    id: "importDrafts",
    method: "POST",
    path: "/v1/admin/imports/drafts",
    who: "operator",
    title: "Drafts again what was a draft, some at a time",
    body: draftsInput,
    replies: {
      200: json(
        "How many; those that cannot be drafts again; `after` where more follow.",
        v.object({
          drafted: v.number(),
          refused: v.array(v.object({ session: v.string(), code: v.string() })),
          after: v.exactOptional(v.string()),
        }),
      ),
    },
    problems: ["no_import", "import_incomplete"],
  },
  {
    id: "finishImport",
    method: "POST",
    path: "/v1/admin/imports/finish",
    who: "operator",
    title: "Gives the log its entries back, and ends the import",
    replies: { 200: json("How many entries the log has.", v.object({ log: v.object({ size: v.number() }) })) },
    problems: ["no_import", "import_incomplete", "log_not_restored"],
  },
];
