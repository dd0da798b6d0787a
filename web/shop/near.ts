// Stores by distance, or by city: what a picker lists for one SKU.
import { signal } from "@preact/signals";
import type { OfferList } from "../../contracts/sessions.ts";
import type { Store } from "../../contracts/stores.ts";
import { nearest, type Place, pointsOf } from "../../domain/store/nearest.ts";
import { poolsIn } from "./offers.ts";

export type Offer = { pool: number; stock: number; store: Store; metres?: number };

export const here = signal<Place | undefined>(undefined);
export const locating = signal<"no" | "asking" | "denied">("no");

/** Asks the browser where it is, on a tap only. The place never leaves the page. */
export function locate(): void {
  if (!navigator.geolocation) {
    locating.value = "denied";
    return;
  }
  locating.value = "asking";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here.value = { lat: coords.latitude, lng: coords.longitude };
      locating.value = "no";
    },
    () => {
      locating.value = "denied";
    },
    { timeout: 10_000, maximumAge: 600_000 },
  );
}

/** A store that the list names and nobody knows is left out: it cannot be shown. */
export const offersOf = (list: OfferList, stores: Map<string, Store>): Offer[] =>
  poolsIn(list).flatMap(({ pool, store: id, stock }) => {
    const store = stores.get(id);
    return store ? [{ pool, stock, store }] : [];
  });

const holds = ({ name, city, province, address, store }: Store, words: string): boolean =>
  [store, ...[name, city, province, address].flatMap((names) => [names["zh-CN"], names.en, names.ja ?? ""])].some((text) =>
    text.toLowerCase().includes(words),
  );

/** Rows that a phone draws without a pause; 2,200 would take it a second. */
export const ROWS_MAX = 100;

/** Provinces with the number of their stores, in the order of the offers. */
export const provincesOf = (offers: Offer[], nameOf: (store: Store) => string): { name: string; stores: number }[] =>
  [...Map.groupBy(offers, ({ store }) => nameOf(store))].map(([name, { length }]) => ({ name, stores: length }));

export type Listed = { groups: { title: string; offers: Offer[] }[] /** Stores that fit and are not shown. */; more: number };

/** The first offers that fit the words, in groups: one unnamed group by distance, or one per city. */
export function grouped(offers: Offer[], words: string, place: Place | undefined, cityOf: (store: Store) => string): Listed {
  const wanted = words.trim().toLowerCase();
  const fitting = offers.filter(({ store }) => wanted === "" || holds(store, wanted));
  const more = Math.max(0, fitting.length - ROWS_MAX);
  if (place && fitting.length > 0) {
    const near = nearest(pointsOf(fitting.map(({ store }) => store)), place, ROWS_MAX);
    return { groups: [{ title: "", offers: near.map(({ at, metres }) => ({ ...(fitting[at] as Offer), metres })) }], more };
  }
  const cities = Map.groupBy(fitting.slice(0, ROWS_MAX), ({ store }) => cityOf(store));
  return { groups: [...cities].map(([title, inCity]) => ({ title, offers: inCity })), more };
}
