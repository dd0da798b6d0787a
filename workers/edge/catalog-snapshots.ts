// The catalogue as it is served: per market a snapshot, named by the hash of its bytes and kept for ever in R2, and a pointer to the one that
// holds now. Everything is made once per isolate; D1 is asked once in sixty seconds, and a release or a price that begins in between is
// known beforehand and takes effect at its instant.
import type { Catalog } from "../../contracts/catalog.ts";
import { type CatalogView, catalogView, nextChange } from "../../contracts/catalog-view.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { readCatalog } from "../../records/catalog.ts";
import { recordsOf } from "../../records/database.ts";

export type Snapshot = {
  id: string;
  bytes: Bytes;
  etag: string;
  view: CatalogView;
  pointer: Bytes;
  /** When D1 is asked again, and when the view changes by itself. */
  untilMs: number;
  changeMs: number;
};

/** A change that an operator makes is everywhere after twice this: once here, once in the caches on the way. */
export const SHARED_S = 60;
/** While one request makes a market's snapshot anew, the others get the one before. */
const MAKING_MS = 1_000;
/** A shop without goods is being set up: whoever looks a moment too early shall not see it empty for a minute. */
const EMPTY_MS = 1_000;
/** Every market has one; older ones come from R2. */
const MARKETS_MAX = 300;

const EVERY_MARKET = "*";
const markets = new Map<string, Snapshot>();
let whole: { catalog: Catalog; untilMs: number } | undefined;

/** Where a snapshot lies in R2. */
export const snapshotKey = (id: string): string => `catalog/${id}.json`;

/** A snapshot that this isolate has just made or served. */
export const snapshotNamed = (id: string): Snapshot | undefined => markets.values().find((snapshot) => snapshot.id === id);

/** After a write: whoever changed the catalogue here sees the change at once. */
export function forgetCatalog(): void {
  whole = undefined;
  markets.clear();
}

/** The market's snapshot of now; of every market where none is named; undefined for a market in which nothing is for sale. */
export async function snapshotOf(env: Env, market: string | undefined): Promise<Snapshot | undefined> {
  const key = market ?? EVERY_MARKET;
  const nowMs = Date.now();
  const known = markets.get(key);
  if (known && nowMs < known.untilMs && nowMs < known.changeMs) return known;
  if (known) {
    known.untilMs = nowMs + MAKING_MS;
    known.changeMs = nowMs + MAKING_MS;
  }
  const catalog = await wholeCatalog(env, nowMs);
  const view = catalogView(catalog, market, nowMs / 1000);
  if (market !== undefined && view.products.length === 0) {
    markets.delete(key);
    return undefined;
  }
  const bytes = utf8(JSON.stringify(view));
  const id = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  const fresh: Snapshot = {
    id,
    bytes,
    etag: known?.id === id ? known.etag : await published(env, id, bytes),
    view,
    pointer: utf8(JSON.stringify({ market: view.market, snapshot: id, url: `/v1/catalog/snapshots/${id}` })),
    untilMs: nowMs + SHARED_S * 1000,
    changeMs: catalog.products.length === 0 ? nowMs + EMPTY_MS : 1000 * nextChange(catalog, nowMs / 1000),
  };
  if (markets.size >= MARKETS_MAX) markets.clear();
  markets.set(key, fresh);
  return fresh;
}

async function wholeCatalog(env: Env, nowMs: number): Promise<Catalog> {
  if (whole && nowMs < whole.untilMs) return whole.catalog;
  const catalog = await readCatalog(recordsOf(env.DB, settingsOf(env).BRAND));
  whole = { catalog, untilMs: nowMs + (catalog.products.length === 0 ? EMPTY_MS : SHARED_S * 1000) };
  return catalog;
}

/** In R2 before anything points to it: another isolate may be asked for it. Its ETag there is its ETag everywhere. */
async function published(env: Env, id: string, bytes: Bytes): Promise<string> {
  const key = snapshotKey(id);
  return ((await env.FILES.head(key)) ?? (await env.FILES.put(key, bytes)))?.httpEtag ?? `"${id}"`;
}
