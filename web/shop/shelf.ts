// What the shop shows: products, stores, sessions and the chosen session, each with how its loading went.
import { batch, computed, signal } from "@preact/signals";
import type { Names } from "../../contracts/basics.ts";
import type { Product, Scene, Tier } from "../../contracts/catalog.ts";
import { viewOf } from "../../contracts/session-view.ts";
import type { SessionLine, SessionView } from "../../contracts/sessions.ts";
import type { Store } from "../../contracts/stores.ts";
import { HOME_MARKET } from "../../domain/market.ts";
import { account } from "../shared/account.ts";
import { call, type Failure } from "../shared/api.ts";
import { readCatalog } from "../shared/catalog.ts";
import { now, serverNow } from "../shared/clock.ts";
import { inLang } from "../shared/lang.ts";
import { type Hope, RUSH_S } from "./due.ts";
import { kept } from "./kept.ts";
import { orders } from "./orders.ts";
import { firstSession } from "./phase.ts";
import { readAnnounced, readFurther } from "./published.ts";

export const products = signal<Product[]>([]);
export const tiers = signal<Tier[]>([]);
export const scenes = signal<Scene[]>([]);
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

const namesOfStore = (store: string): Names | undefined =>
  storeById.value.get(store)?.name ?? kept.value.find((entry) => entry.store === store)?.names?.store;

/** Names in the chosen language, from the catalogue or from what was kept with a reservation; ids where neither is known. */
export const storeName = (store: string): string => {
  const names = namesOfStore(store);
  return names ? inLang(names) : store;
};
export const productName = (sku: string): string => {
  const names = skus.value.get(sku)?.product.name ?? kept.value.find((entry) => entry.sku === sku)?.names?.product;
  return names ? inLang(names) : sku;
};

/** The session of a link like /#result/{session}: its own page, until the person asks for the whole shop. */
export const linked = signal<string | undefined>(undefined);
/** True once the person asked for the whole shop while the page kept to published files. */
export const wantsShop = signal(false);

export const mine = computed(() => kept.value.filter(({ session }) => session === chosen.value));

/** While a crowd looks for its results, and on a linked result, nothing is asked for that is not a published file. */
export const quiet = computed(
  () =>
    !wantsShop.value &&
    (linked.value !== undefined || mine.value.some(({ close, drawAt = close }) => isRush(close, drawAt, now.value))),
);

const isRush = (close: number, drawAt: number, nowS: number): boolean => nowS >= close && nowS < drawAt + RUSH_S;

/** Before anything is asked for: the session that the link names, or the own one whose result is due. */
export function chooseAtStart(): void {
  linked.value = /^#result\/([a-z0-9][a-z0-9-]{0,63})$/.exec(location.hash)?.[1];
  const due = kept.value.find(({ close, drawAt = close }) => isRush(close, drawAt, serverNow() / 1000));
  chosen.value = linked.value ?? chosen.value ?? due?.session;
}

export function showShop(): void {
  if (linked.value) history.replaceState(null, "", location.pathname);
  linked.value = undefined;
  wantsShop.value = true;
}

/** The market whose goods are on the shelf. */
export const shelfMarket = signal<string | undefined>(undefined);

export async function loadCatalog(market: string): Promise<void> {
  if (shelfMarket.value === market) return;
  const outcome = await readCatalog(market);
  if (!outcome.ok) {
    failure.value = outcome.refusal;
    return;
  }
  batch(() => {
    shelfMarket.value = market;
    products.value = outcome.value.products;
    tiers.value = outcome.value.tiers;
    scenes.value = outcome.value.scenes;
  });
}

let storesMarket: string | undefined;

/** All stores of the market: a long list, read only by who has to choose one, or is to read the name of one that this device does not know. */
export async function loadStores(): Promise<void> {
  const market = view.value?.market ?? shelfMarket.value;
  if (market === undefined || storesMarket === market) return;
  const outcome = await call<{ stores: Store[] }>(`/v1/stores?market=${encodeURIComponent(market)}`, { open: true });
  if (!outcome.ok) return;
  storesMarket = market;
  stores.value = outcome.value.stores;
}

/** Whether the page shows a store whose name it does not know: of a reservation or an order that was made on another device, or moved. */
export const showsUnnamed = (): boolean =>
  [
    ...mine.value.map(({ store }) => store),
    ...orders.value
      .filter(({ session }) => !quiet.value || session === chosen.value)
      .flatMap(({ store, collected, incident }) => [store, collected?.store, incident?.from]),
  ].some((store) => store && !namesOfStore(store));

export async function loadSessions(): Promise<void> {
  const outcome = await call<{ sessions: SessionLine[] }>("/v1/sessions", { open: true });
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
  // With a session its market's goods come with it.
  if (!chosen.value) await loadCatalog(account.value?.claims.market ?? HOME_MARKET);
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

/** What this device still waits for in the chosen session. */
export function hope(): Hope {
  const open = mine.value.filter(({ receipt, withdrawn, award }) => receipt && !withdrawn && !award);
  const has = (standing: string) => open.some(({ found }) => found?.standing === standing);
  return open.some(({ found }) => !found) ? "result" : has("won") ? "unit" : has("wait") ? "turn" : "nothing";
}

let wantOffers = false;
/** For whoever needs more than the own result: what there is of each product. */
export async function loadAllOffers(): Promise<void> {
  wantOffers = true;
  await loadView();
}

export async function loadView(): Promise<void> {
  const session = chosen.value;
  if (!session) return;
  const announced = await readAnnounced(session, wantOffers || mine.value.length === 0 || !quiet.value);
  const refusal = announced.ok ? await readFurther(announced.value, hope(), serverNow() / 1000) : announced.refusal;
  if (session !== chosen.value) return;
  batch(() => {
    failure.value = refusal;
    if (!announced.ok) return;
    const fresh = viewOf(announced.value, serverNow() / 1000);
    // Files name the products in order of id, the list in the order that the plan gave them; and bulletins have no place among the files of a draw.
    const line = sessions.value?.find((one) => one.session === session);
    view.value = line ? { ...fresh, skus: line.skus, ...(line.bulletins ? { bulletins: line.bulletins } : {}) } : fresh;
  });
  if (announced.ok && !(quiet.value && mine.value.every(({ names }) => names))) await loadCatalog(announced.value.manifest.market);
}
