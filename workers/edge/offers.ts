// Which stores give out a SKU in a session, as this isolate knows it: published pools joined with the market's stores, ready for a search by
// distance. No object is called; D1 is read for the stores once a minute.

import { settingsOf } from "../../contracts/settings.ts";
import type { Store } from "../../contracts/stores.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import { type Near, nearest, type Place, pointsOf } from "../../domain/store/nearest.ts";
import { recordsOf } from "../../records/database.ts";
import { listStores } from "../../records/stores.ts";
import type { SessionFacts } from "./facts.ts";

export type Offer = { store: Store; pool: Pool };
type Offers = { stores: Map<string, Store>; list: Offer[]; points: Float64Array };

const KEPT_MS = 60_000;
/** More than an isolate has sessions under way, times their SKUs: 2,200 offers are some 200 kB. */
const KEPT_MAX = 50;

const stores = new Map<string, { byId: Map<string, Store>; untilMs: number }>();
const offers = new Map<string, Offers>();

async function storesOf(env: Env, market: string): Promise<Map<string, Store>> {
  const known = stores.get(market);
  if (known && Date.now() < known.untilMs) return known.byId;
  // Whoever comes first reads again; those who come meanwhile get what was read before.
  if (known) known.untilMs = Date.now() + KEPT_MS;
  const list = await listStores(recordsOf(env.DB, settingsOf(env).BRAND), market);
  const byId = new Map(list.map((store) => [store.store, store]));
  stores.set(market, { byId, untilMs: Date.now() + KEPT_MS });
  return byId;
}

export const storeOf = async (env: Env, market: string, store: string): Promise<Store | undefined> =>
  (await storesOf(env, market)).get(store);

/** Stores that are open and have units of this SKU; a pool that the market's list does not know is left out. */
async function offersOf(env: Env, { id, manifest, pools }: SessionFacts, sku: string): Promise<Offers> {
  const byId = await storesOf(env, manifest.market);
  const key = `${id} ${sku}`;
  const known = offers.get(key);
  if (known?.stores === byId) return known;
  const list: Offer[] = [];
  for (const pool of pools.of(sku)) {
    const store = pool.stock > 0 ? byId.get(pool.store) : undefined;
    if (store?.status === "open") list.push({ store, pool });
  }
  const fresh = { stores: byId, list, points: pointsOf(list.map(({ store }) => store)) };
  if (offers.size >= KEPT_MAX) offers.clear();
  offers.set(key, fresh);
  return fresh;
}

export async function nearestOffers(
  env: Env,
  facts: SessionFacts,
  { sku, from, limit }: { sku: string; from: Place; limit: number },
): Promise<(Offer & Pick<Near, "metres">)[]> {
  const { list, points } = await offersOf(env, facts, sku);
  return nearest(points, from, limit).map(({ at, metres }) => ({ ...(list[at] as Offer), metres }));
}

/** What one store gives out of the SKU; undefined where it gives nothing. */
export const offerAt = async (env: Env, facts: SessionFacts, sku: string, store: string): Promise<Offer | undefined> =>
  (await offersOf(env, facts, sku)).list.find((offer) => offer.store.store === store);
