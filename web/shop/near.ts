// Stores by distance, or by city: what a picker lists for one SKU.
import { signal } from "@preact/signals";
import type { OfferList } from "../../contracts/sessions.ts";
import type { Store } from "../../contracts/stores.ts";
import { poolsIn } from "./offers.ts";

export type Place = { lat: number; lng: number };
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

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres on a sphere: within 0.5 % of the truth, ample for choosing a shop. */
export function metresBetween(a: Place, b: Place): number {
  const [dLat, dLng] = [radians(b.lat - a.lat), radians(b.lng - a.lng)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.sqrt(h));
}

/** A store that the list names and nobody knows is left out: it cannot be shown. */
export const offersOf = (list: OfferList, stores: Map<string, Store>): Offer[] =>
  poolsIn(list).flatMap(({ pool, store: id, stock }) => {
    const store = stores.get(id);
    return store ? [{ pool, stock, store }] : [];
  });

const holds = ({ name, city, province, address, store }: Store, words: string): boolean =>
  [store, ...[name, city, province, address].flatMap((names) => [names["zh-CN"], names.en])].some((text) =>
    text.toLowerCase().includes(words),
  );

/** Offers that fit the words, in groups: one unnamed group by distance, or one per city. */
export function grouped(
  offers: Offer[],
  words: string,
  place: Place | undefined,
  cityOf: (store: Store) => string,
): { title: string; offers: Offer[] }[] {
  const wanted = words.trim().toLowerCase();
  const fitting = offers.filter(({ store }) => wanted === "" || holds(store, wanted));
  if (place) {
    const near = fitting.map((offer) => ({ ...offer, metres: metresBetween(place, offer.store) }));
    return near.length > 0 ? [{ title: "", offers: near.sort((a, b) => a.metres - b.metres) }] : [];
  }
  return [...Map.groupBy(fitting, ({ store }) => cityOf(store))].map(([title, offers]) => ({ title, offers }));
}
