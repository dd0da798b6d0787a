// Finding goods on the shelf: what was typed, what is filtered, what is compared. The shop searches; without it this device does.
import { computed, effect, signal } from "@preact/signals";
import type { Product } from "../../contracts/catalog.ts";
import { bandLimits, bandOf } from "../../domain/catalog/bands.ts";
import { ftsQuery } from "../../domain/catalog/search.ts";
import { call } from "../shared/api.ts";
import { products, shelfMarket, tiers } from "./shelf.ts";

export const typed = signal("");
export const tier = signal("");
export const scene = signal("");
export const band = signal("");
/** Ids, best first; undefined while nothing is searched for. */
const found = signal<string[] | undefined>(undefined);
/** The shop's search did not answer the last words. */
export const searchedHere = signal(false);
export const compared = signal<string[]>([]);
export const COMPARED_MAX = 3;

/** Whoever types is not asked for at every letter. */
const PAUSE_MS = 250;

/** The lowest price of a product, and its currency. */
export const lowest = ({ skus }: Product): { currency: string; amountMinor: number } =>
  skus.flatMap(({ prices }) => prices).reduce((least, price) => (price.amountMinor < least.amountMinor ? price : least));

export const limits = computed(() => bandLimits(products.value.map((product) => lowest(product).amountMinor)));

/** In the order of the tiers, and in each from the lowest price up. */
const laidOut = computed(() => {
  const place = new Map(tiers.value.map((one, at) => [one.tier, at]));
  const placeOf = (product: Product) => place.get(product.tier) ?? tiers.value.length;
  return products.value.toSorted((a, b) => placeOf(a) - placeOf(b) || lowest(a).amountMinor - lowest(b).amountMinor);
});

export const fitting = computed(() => {
  const ids = found.value;
  const inOrder = ids ? ids.flatMap((id) => products.value.find(({ product }) => product === id) ?? []) : laidOut.value;
  return inOrder.filter(
    (product) =>
      (tier.value === "" || product.tier === tier.value) &&
      (scene.value === "" || product.scenes.includes(scene.value)) &&
      (band.value === "" || bandOf(lowest(product).amountMinor, limits.value) === Number(band.value)),
  );
});

const holds = ({ product, name, story }: Product, words: string): boolean =>
  [product, ...Object.values(name), ...Object.values(story)].some((text) => text?.toLowerCase().includes(words));

async function search(words: string, market: string): Promise<void> {
  const query = new URLSearchParams({ q: words, market });
  const outcome = await call<{ products: Product[] }>(`/v1/catalog/search?${query}`, { open: true, tries: 1 });
  if (typed.value.trim() !== words) return;
  searchedHere.value = !outcome.ok;
  const fit = outcome.ok ? outcome.value.products : products.value.filter((product) => holds(product, words.toLowerCase()));
  found.value = fit.map(({ product }) => product);
}

let timer: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const words = typed.value.trim().slice(0, 100);
  const market = shelfMarket.value;
  clearTimeout(timer);
  // Marks alone are no words.
  if (ftsQuery(words) === undefined || !market) {
    found.value = undefined;
    searchedHere.value = false;
    return;
  }
  timer = setTimeout(() => void search(words, market), PAUSE_MS);
});

export function compare(product: string): void {
  const others = compared.value.filter((one) => one !== product);
  if (others.length < compared.value.length) compared.value = others;
  else compared.value = [...others, product].slice(-COMPARED_MAX);
}
