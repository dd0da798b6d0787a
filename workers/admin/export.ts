// Everything that the brand has, for its operator: rows page by page, and the files that lie in the buckets. docs/export.md.
import { Hono } from "hono";
import * as v from "valibot";
import {
  afterKey,
  BUCKETS,
  type Bucket,
  EXPORT_V,
  type ExportHead,
  type ExportPage,
  type FilePage,
} from "../../contracts/carry.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { logKeyOf } from "../../domain/log/checkpoint.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { COLLECTIONS, collectionNamed, fieldsOf } from "../../records/collections.ts";
import { recordsOf } from "../../records/database.ts";
import { countRows, pageOf, sessionsUnderWay } from "../../records/export.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { ProblemError, problem } from "../edge/problem.ts";

/** Rows of a page: some hundred kilobytes, and a moment's work for the database. */
const PAGE_ROWS = 500;

const PRIVATE = { "Cache-Control": "no-store" };

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** The bucket of this name; throws where there is none. */
export function bucketOf(env: Env, name: string): R2Bucket {
  if (!BUCKETS.includes(name as Bucket)) throw new ProblemError("not_found");
  return name === "archive" ? env.ARCHIVE : env.FILES;
}

/** Files that are made anew whenever somebody asks for them: snapshots of the catalogue. They neither travel nor make an installation used. */
const MADE_ANEW = "catalog/";

const travels = ({ key }: R2Object): boolean => !key.startsWith(MADE_ANEW);

export async function hasFiles(bucket: R2Bucket): Promise<boolean> {
  // The first of all, and the first behind those that do not count.
  const lists = await Promise.all([bucket.list({ limit: 1 }), bucket.list({ limit: 1, startAfter: `${MADE_ANEW}\uffff` })]);
  return lists.some(({ objects }) => objects.some(travels));
}

export function logOf(env: Env): ExportHead["log"] {
  const { LOG_ORIGIN, LOG_KEY } = settingsOf(env);
  return { origin: LOG_ORIGIN, key: vkeyOf(logKeyOf(LOG_ORIGIN, LOG_KEY)) };
}

function keyAfter(text: string | undefined, length: number): (string | number)[] | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = v.safeParse(afterKey, JSON.parse(text));
    if (parsed.success && parsed.output.length === length) return parsed.output;
  } catch {
    // Not JSON: refused like any other.
  }
  throw new ProblemError("invalid_input", { errors: [{ pointer: "/after", detail: "expected the key of a row" }] });
}

export const adminExport = new Hono<CallerApp>()
  .get("/v1/admin/export", operator, async (c) => {
    const counts = await countRows(records(c.env));
    const head: ExportHead = {
      v: EXPORT_V,
      brand: settingsOf(c.env).BRAND,
      log: logOf(c.env),
      collections: Object.fromEntries(
        COLLECTIONS.map((collection) => [
          collection.name,
          { rows: counts[collection.name] as number, fields: fieldsOf(collection) },
        ]),
      ),
      live: await sessionsUnderWay(records(c.env)),
    };
    return c.json(head, 200, PRIVATE);
  })
  .get("/v1/admin/export/collections/:collection", operator, async (c) => {
    const collection = collectionNamed(c.req.param("collection"));
    if (!collection) return problem("not_found");
    const { rows, last } = await pageOf(
      records(c.env),
      collection,
      keyAfter(c.req.query("after"), collection.key.length),
      PAGE_ROWS,
    );
    const page: ExportPage = { rows, ...(last ? { after: JSON.stringify(last) } : {}) };
    return c.json(page, 200, PRIVATE);
  })
  .get("/v1/admin/export/files/:bucket", operator, async (c) => {
    const cursor = c.req.query("cursor");
    const list = await bucketOf(c.env, c.req.param("bucket")).list(cursor === undefined ? {} : { cursor });
    const page: FilePage = {
      files: list.objects.filter(travels).map(({ key, size }) => ({ key, bytes: size })),
      ...(list.truncated ? { cursor: list.cursor } : {}),
    };
    return c.json(page, 200, PRIVATE);
  })
  .get("/v1/admin/export/files/:bucket/:key{.+}", operator, async (c) => {
    const object = await bucketOf(c.env, c.req.param("bucket")).get(c.req.param("key"));
    if (!object) return problem("not_found");
    return new Response(object.body, { headers: { ...PRIVATE, "Content-Type": "application/octet-stream" } });
  });
