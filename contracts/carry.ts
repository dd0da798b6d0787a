// Export and import: what an installation says of its data, and how it arrives at another one. docs/export.md describes the folder.
import * as v from "valibot";
import { hex32, shortText, whole } from "./basics.ts";
import type { ProblemCode } from "./problems.ts";

/** The version of the folder's form. */
export const EXPORT_V = 1;

/** A member of a row; `json` stands for any value. Optional ones may be null, or missing in an older export. */
export type Field = { field: string; form: "string" | "number" | "boolean" | "json"; optional?: true };

export const BUCKETS = ["files", "archive"] as const;
export type Bucket = (typeof BUCKETS)[number];

/** GET /v1/admin/export. */
export type ExportHead = {
  v: typeof EXPORT_V;
  brand: string;
  /** Origin and public key of the session log: an import continues this log or none. */
  log: { origin: string; key: string };
  collections: { [name: string]: { rows: number; fields: Field[] } };
  /** Sessions that are not over. What their objects hold cannot travel. */
  live: string[];
};

/** GET /v1/admin/export/collections/{collection}?after=: rows in order of their key, and the key after which the next page begins. */
export type ExportPage = { rows: object[]; after?: string };

/** GET /v1/admin/export/files/{bucket}?cursor=. */
export type FilePage = { files: { key: string; bytes: number }[]; cursor?: string };

/** The key of the last row of a page: what a primary key is made of. */
export const afterKey = v.pipe(v.array(v.union([v.string(), v.number()])), v.minLength(1), v.maxLength(8));

const name = v.pipe(v.string(), v.regex(/^[a-z_]{1,64}$/));

/** POST /v1/admin/imports. */
export const importInput = v.strictObject({
  /** SHA-256 of manifest.json: who comes again with the same goes on where it stopped. */
  export: hex32,
  v: whole(1, 1_000),
  brand: shortText,
  log: v.strictObject({ origin: shortText, key: shortText }),
  collections: v.record(name, v.strictObject({ rows: whole(0, 1e9), fields: v.array(v.pipe(v.string(), v.maxLength(64))) })),
  live: v.array(v.string()),
});
export type ImportInput = v.InferOutput<typeof importInput>;

/** How far an import is. */
export type ImportState = { collections: { [name: string]: { arrived: number; done: boolean } } };

/** A page of an import stays below this: D1 takes values of up to 2 MB. */
export const PAGE_BYTES_MAX = 1_000_000;

/** PUT /v1/admin/imports/{collection}/rows: rows from place `from` on. */
export const rowsInput = v.strictObject({
  from: whole(0, 1e9),
  rows: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1), v.maxLength(10_000)),
});

/** POST /v1/admin/imports/drafts: makes the objects of some drafts, those after a session ("" at first), until the answer names none to go on after. */
export const draftsInput = v.strictObject({ after: v.pipe(v.string(), v.maxLength(64)) });
export type DraftsReply = { drafted: number; refused: { session: string; code: ProblemCode }[]; after?: string };

/** POST /v1/admin/imports/finish. */
export type ImportEnd = { log: { size: number } };
