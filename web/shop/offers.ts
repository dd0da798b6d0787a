// Where a product can be had: the list of its stores with their units, read once for whoever has to choose one. It never changes.
import { signal } from "@preact/signals";
import type { OfferList, SessionView } from "../../contracts/sessions.ts";
import { call } from "../shared/api.ts";

export type StorePool = { pool: number; sku: string; store: string; stock: number };

const lists = signal<{ [place: string]: OfferList }>({});
const place = (session: string, sku: string): string => `${session} ${sku}`;

/** Undefined while it was not read: ask for it with `loadOffers`. */
export const offersIn = (session: string, sku: string): OfferList | undefined => lists.value[place(session, sku)];

/** Reads the list unless it is there; undefined where that failed. */
export async function loadOffers(session: string, sku: string): Promise<OfferList | undefined> {
  const known = offersIn(session, sku);
  if (known) return known;
  const outcome = await call<OfferList>(`/v1/sessions/${session}/offers/${encodeURIComponent(sku)}`, { open: true });
  if (!outcome.ok) return undefined;
  lists.value = { ...lists.value, [place(session, sku)]: outcome.value };
  return outcome.value;
}

export const poolsIn = ({ sku, first, stores, stock }: OfferList): StorePool[] =>
  stores.map((store, at) => ({ pool: first + at, sku, store, stock: stock[at] as number }));

/** The product whose pool this is. */
export const skuOfPool = ({ offers }: Pick<SessionView, "offers">, pool: number): string | undefined =>
  offers.find(({ first, pools }) => pool >= first && pool < first + pools)?.sku;

/** One pool by its number; undefined where the session has none, or its list could not be read. */
export async function findPool(view: Pick<SessionView, "session" | "offers">, pool: number): Promise<StorePool | undefined> {
  const sku = skuOfPool(view, pool);
  const list = sku === undefined ? undefined : await loadOffers(view.session, sku);
  return list && poolsIn(list).find((one) => one.pool === pool);
}
