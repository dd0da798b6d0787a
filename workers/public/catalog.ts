// The catalogue and the stores, for everybody: a pointer that changes, snapshots that never do, search, and single products.
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { market } from "../../contracts/basics.ts";
import { searchInput } from "../../contracts/catalog.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { ftsQuery } from "../../domain/catalog/search.ts";
import { searchProducts } from "../../records/catalog-search.ts";
import { recordsOf } from "../../records/database.ts";
import { listStores } from "../../records/stores.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { SHARED_S, type Snapshot, snapshotKey, snapshotNamed, snapshotOf } from "../edge/catalog-snapshots.ts";
import { query } from "../edge/input.ts";
import { open } from "../edge/open.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { IMMUTABLE, OPEN, published } from "../edge/published.ts";
import { SECURITY } from "../edge/security.ts";
import { isKnownTo, shared } from "../edge/shared.ts";

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** Throws a ProblemError for a market in which nothing is for sale; one that is none is not looked for. */
async function snapshot(c: Context<OpenApp>, wanted: string | undefined): Promise<Snapshot> {
  const found = wanted === undefined || v.is(market, wanted) ? await snapshotOf(c.env, wanted) : undefined;
  if (!found) throw new ProblemError("not_found");
  return found;
}

const JSON_HEADERS = { ...SECURITY, ...OPEN, "Content-Type": "application/json" };

/** Caches may keep it until D1 is asked again, and never past the instant at which the snapshot changes by itself. */
function pointerHeaders({ id, changeMs }: Snapshot): Record<string, string> {
  const seconds = Math.max(0, Math.min(SHARED_S, Math.floor((changeMs - Date.now()) / 1000)));
  return { ...JSON_HEADERS, "Cache-Control": `public, max-age=${seconds}`, ETag: `"${id.slice(0, 32)}"` };
}

function reply(request: Request, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Response {
  if (isKnownTo(request, headers.ETag as string)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers });
}

export const catalog = new Hono<OpenApp>()
  .get("/v1/catalog", open, async (c) => {
    const found = await snapshot(c, c.req.query("market"));
    return reply(c.req.raw, found.pointer, pointerHeaders(found));
  })
  .get("/v1/catalog/snapshots/:id{[0-9a-f]{64}}", async (c) => {
    const id = c.req.param("id");
    const known = snapshotNamed(id);
    if (!known) return published(c.env, snapshotKey(id), c.req.raw, { type: "application/json" });
    return reply(c.req.raw, known.bytes, { ...JSON_HEADERS, "Cache-Control": IMMUTABLE, ETag: known.etag });
  })
  .get("/v1/catalog/search", open, async (c) => {
    const { q, market: wanted, tier, scene } = query(c, searchInput);
    const found = await snapshot(c, wanted);
    const products = new Map(found.view.products.map((product) => [product.product, product]));
    const ids = await searchProducts(records(c.env), ftsQuery(q) as string);
    const fitting = ids.flatMap((id) => {
      const product = products.get(id);
      const fits = (tier === undefined || product?.tier === tier) && (scene === undefined || product?.scenes.includes(scene));
      return product && fits ? [product] : [];
    });
    const { "Cache-Control": cache } = pointerHeaders(found);
    return c.json({ market: found.view.market, snapshot: found.id, products: fitting }, 200, {
      ...OPEN,
      "Cache-Control": cache as string,
    });
  })
  .get("/v1/catalog/products/:product", open, async (c) => {
    const found = await snapshot(c, c.req.query("market"));
    const product = found.view.products.find((one) => one.product === c.req.param("product"));
    if (!product) return problem("not_found");
    const { "Cache-Control": cache } = pointerHeaders(found);
    return c.json(product, 200, { ...OPEN, "Cache-Control": cache as string });
  })
  .get("/v1/stores", open, async (c) => {
    const wanted = c.req.query("market");
    // No store is in a market that is none: nothing is read, and nothing invented is remembered.
    if (wanted !== undefined && !v.is(market, wanted)) return c.json({ stores: [] }, 200, { "Cache-Control": "no-store" });
    return shared(c, `stores/${wanted ?? ""}`, SHARED_S, async () => ({ stores: await listStores(records(c.env), wanted) }));
  });
