// What another installation exported, into one that has nothing yet: files, then each collection whole, then the log. docs/export.md.
import { Hono } from "hono";
import {
  type DraftsReply,
  draftsInput,
  EXPORT_V,
  type ImportEnd,
  type ImportInput,
  type ImportState,
  importInput,
  PAGE_BYTES_MAX,
  rowsInput,
} from "../../contracts/carry.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import type { PlanInput } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { readCatalog } from "../../records/catalog.ts";
import { indexProducts } from "../../records/catalog-write.ts";
import { COLLECTIONS, type Collection, collectionNamed } from "../../records/collections.ts";
import { type Records, recordsOf } from "../../records/database.ts";
import { beginImport, commitRows, draftPlans, endImport, importState, isEmpty, keepRows } from "../../records/import.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { forgetCatalog } from "../edge/catalog-snapshots.ts";
import { draft } from "../edge/drafts.ts";
import { body } from "../edge/input.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { logObject } from "../edge/reach.ts";
import { bucketOf, hasFiles, logOf } from "./export.ts";

/** Names of fields and sessions under way: far more than there are. */
const IMPORT_BYTES_MAX = 1_000_000;
/** Cloudflare's limit for a request, below which every published file lies. */
const FILE_BYTES_MAX = 100_000_000;

/** Drafts in one call, at some ten queries each of the 1,000 that an invocation has. */
const DRAFTS = 25;

const PRIVATE = { "Cache-Control": "no-store" };

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** What this installation can take: the same brand and log, every field known, and none missing that a row must have. */
function mayImport(env: Env, { v, brand, log, collections, live }: ImportInput): ProblemCode | undefined {
  const mine = logOf(env);
  if (brand !== settingsOf(env).BRAND || log.origin !== mine.origin || log.key !== mine.key) return "other_installation";
  const fits = ({ name, columns }: Collection) => {
    const fields = collections[name]?.fields;
    if (!fields) return true;
    const areThere = columns.every(({ field, isRequired }) => !isRequired || fields.includes(field));
    return areThere && fields.every((field) => columns.some((column) => column.field === field));
  };
  const areKnown = Object.keys(collections).every((name) => collectionNamed(name) !== undefined);
  if (v !== EXPORT_V || !areKnown || !COLLECTIONS.every(fits)) return "other_schema";
  return live.length > 0 ? "sessions_under_way" : undefined;
}

async function hasNothing(env: Env): Promise<boolean> {
  const used = await Promise.all([env.FILES, env.ARCHIVE].map(hasFiles));
  return !used.includes(true) && (await isEmpty(records(env)));
}

async function underWay(all: Records): Promise<ImportState> {
  const state = await importState(all);
  if (!state) throw new ProblemError("no_import");
  return state;
}

/** Why a draft cannot be one again: its goods are not to be had any more, or not in this way. */
async function redrafted(env: Env, plan: PlanInput, by: string): Promise<ProblemCode | undefined> {
  try {
    const outcome = await draft(env, plan, by);
    return outcome.ok ? undefined : outcome.refusal;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

function collectionOf(name: string): Collection {
  const collection = collectionNamed(name);
  if (!collection) throw new ProblemError("not_found");
  return collection;
}

export const adminImport = new Hono<CallerApp>()
  .post("/v1/admin/imports", operator, async (c) => {
    const input = await body(c, importInput, IMPORT_BYTES_MAX);
    const refusal = mayImport(c.env, input);
    if (refusal) return problem(refusal);
    const before = await importState(records(c.env));
    // The same again goes on where it stopped; another one would find what the first has left.
    if (before ? before.export !== input.export : !(await hasNothing(c.env))) return problem("not_empty");
    await beginImport(records(c.env), input.export, input.collections);
    const { collections } = await underWay(records(c.env));
    return c.json({ collections } satisfies ImportState, before ? 200 : 201, PRIVATE);
  })
  .put("/v1/admin/imports/files/:bucket/:key{.+}", operator, async (c) => {
    await underWay(records(c.env));
    const length = Number(c.req.header("Content-Length") ?? Number.NaN);
    if (!(length <= FILE_BYTES_MAX))
      return problem("body_too_large", { detail: `At most ${FILE_BYTES_MAX} bytes, and it has to say how many.` });
    const bytes = await c.req.arrayBuffer();
    await bucketOf(c.env, c.req.param("bucket")).put(c.req.param("key"), bytes);
    return c.json({ bytes: bytes.byteLength }, 200, PRIVATE);
  })
  .put("/v1/admin/imports/:collection/rows", operator, async (c) => {
    const { from, rows } = await body(c, rowsInput, PAGE_BYTES_MAX);
    const collection = collectionOf(c.req.param("collection"));
    const state = (await underWay(records(c.env))).collections[collection.name];
    if (!state || state.done) return problem("no_import");
    return c.json({ arrived: await keepRows(records(c.env), collection, from, rows) }, 200, PRIVATE);
  })
  .post("/v1/admin/imports/:collection/commit", operator, async (c) => {
    const collection = collectionOf(c.req.param("collection"));
    await underWay(records(c.env));
    const refusal = await commitRows(records(c.env), collection);
    return refusal ? problem(refusal) : c.json({ done: true }, 200, PRIVATE);
  })
  .post("/v1/admin/imports/drafts", operator, async (c) => {
    const { after } = await body(c, draftsInput);
    const { collections } = await underWay(records(c.env));
    if (!Object.values(collections).every(({ done }) => done)) return problem("import_incomplete");
    const plans = await draftPlans(records(c.env), after, DRAFTS);
    const refused: DraftsReply["refused"] = [];
    for (const plan of plans) {
      const code = await redrafted(c.env, plan, c.var.caller.sub);
      if (code) refused.push({ session: plan.session, code });
    }
    const last = plans.length === DRAFTS ? plans[DRAFTS - 1]?.session : undefined;
    const reply: DraftsReply = { drafted: plans.length - refused.length, refused, ...(last ? { after: last } : {}) };
    return c.json(reply, 200, PRIVATE);
  })
  .post("/v1/admin/imports/finish", operator, async (c) => {
    const { collections } = await underWay(records(c.env));
    if (!Object.values(collections).every(({ done }) => done)) return problem("import_incomplete");
    const log = await logObject(c.env).restore();
    if (!log.ok) return problem(log.refusal);
    await indexProducts(records(c.env), await readCatalog(records(c.env)));
    await endImport(records(c.env));
    forgetCatalog();
    return c.json({ log: log.value } satisfies ImportEnd, 200, PRIVATE);
  });
