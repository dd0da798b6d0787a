// What the shop shows: products, stores, sessions and the chosen session, each with how its loading went.
import { batch, computed, signal } from "@preact/signals";
import type { Product, Store } from "../../contracts/catalog.ts";
import type { SessionLine, SessionView } from "../../contracts/sessions.ts";
import { call, type Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { inLang } from "../shared/lang.ts";
import { kept } from "./kept.ts";
import { firstSession } from "./phase.ts";

export const products = signal<Product[]>([]);
export const stores = signal<Store[]>([]);
export const sessions = signal<SessionLine[] | undefined>(undefined);
export const view = signal<SessionView | undefined>(undefined);
/** Why the page could not be brought up to date; undefined while it is. */
export const failure = signal<Failure | undefined>(undefined);
export const chosen = signal<string | undefined>(undefined);
/** True once the person chose a session: then the page does not move on by itself. */
export const choseByHand = signal(false);

export const skus = computed(
  () => new Map(products.value.flatMap((product) => product.skus.map((sku) => [sku.sku, { product, sku }] as const))),
);
export const storeById = computed(() => new Map(stores.value.map((store) => [store.store, store])));

/** The store's name in the chosen language; its id while the stores are not loaded. */
export const storeName = (store: string): string => {
  const known = storeById.value.get(store);
  return known ? inLang(known.name) : store;
};

let storesMarket: string | undefined;

export async function loadCatalog(): Promise<void> {
  if (products.value.length > 0) return;
  const outcome = await call<{ products: Product[] }>("/v1/catalog");
  if (outcome.ok) products.value = outcome.value.products;
  else failure.value = outcome.refusal;
}

async function loadStores(market: string): Promise<void> {
  if (storesMarket === market) return;
  const outcome = await call<{ stores: Store[] }>(`/v1/stores?market=${encodeURIComponent(market)}`);
  if (!outcome.ok) return;
  storesMarket = market;
  stores.value = outcome.value.stores;
}

export async function loadSessions(): Promise<void> {
  const outcome = await call<{ sessions: SessionLine[] }>("/v1/sessions");
  if (!outcome.ok) {
    failure.value = outcome.refusal;
    return;
  }
  batch(() => {
    failure.value = undefined;
    sessions.value = outcome.value.sessions;
    const stays = choseByHand.value || kept.value.some(({ session }) => session === chosen.value);
    if (!chosen.value || !stays) chosen.value = firstSession(outcome.value.sessions, liveSessions(), now.value)?.session;
  });
}

/** Sessions in which something may still come for the member of this device. */
const liveSessions = (): Set<string> =>
  new Set(
    kept.value
      .filter(
        ({ withdrawn, award, found }) =>
          !withdrawn && (!award || award === "accepted") && (!found || ["won", "wait"].includes(found.standing)),
      )
      .map(({ session }) => session),
  );

export async function loadView(): Promise<void> {
  const session = chosen.value;
  if (!session) return;
  const outcome = await call<SessionView>(`/v1/sessions/${session}`);
  if (session !== chosen.value) return;
  if (!outcome.ok) {
    failure.value = outcome.refusal;
    return;
  }
  batch(() => {
    failure.value = undefined;
    view.value = outcome.value;
  });
  await Promise.all([loadCatalog(), loadStores(outcome.value.market)]);
}
