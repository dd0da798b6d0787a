// What the public sees of the catalogue: made from everything there is and the clock alone. What is not released yet is not there.
import * as v from "valibot";
import { priceAt } from "../domain/catalog/price.ts";
import { market } from "./basics.ts";
import { type Catalog, type KeptProduct, type Product, product, scene, tier } from "./catalog.ts";

/** GET /v1/catalog/snapshots/{id}. */
export const catalogSnapshot = v.object({
  market: v.nullable(market),
  tiers: v.array(tier),
  scenes: v.array(scene),
  products: v.array(product),
});
export type CatalogView = v.InferOutput<typeof catalogSnapshot>;

const isReleased = ({ released }: KeptProduct, nowS: number): boolean => released !== null && released <= nowS;

/** Of one market: what has a price there now. Without a market: every market's prices. `nowS` in Unix seconds. */
export function catalogView({ tiers, scenes, products }: Catalog, market: string | undefined, nowS: number): CatalogView {
  const seen = products.flatMap((product) => {
    if (!isReleased(product, nowS)) return [];
    const { released: _, version: __, ...shown } = product;
    const skus = product.skus.flatMap((sku) => {
      const markets = market === undefined ? [...new Set(sku.prices.map((price) => price.market))] : [market];
      const prices = markets.flatMap((one) => {
        const price = priceAt(sku.prices, one, nowS);
        return price ? [{ market: one, currency: price.currency, amountMinor: price.amountMinor }] : [];
      });
      return prices.length > 0 ? [{ ...sku, prices }] : [];
    });
    return skus.length > 0 ? [{ ...shown, skus }] : [];
  });
  const place = new Map(tiers.map(({ tier }, at) => [tier, at]));
  const placeOf = ({ tier }: Product) => place.get(tier) ?? tiers.length;
  return {
    market: market ?? null,
    tiers: tiers.filter(({ tier }) => seen.some((product) => product.tier === tier)),
    scenes: scenes.filter(({ scene }) => seen.some((product) => product.scenes.includes(scene))),
    products: seen.sort((a, b) => placeOf(a) - placeOf(b)),
  };
}

/** When the view will be another one by itself, in Unix seconds: a release, or a price that begins or ends. Infinite if never. */
export function nextChange({ products }: Catalog, nowS: number): number {
  const instants = products.flatMap(({ released, skus }) => [
    released,
    ...skus.flatMap(({ prices }) => prices.flatMap(({ from, until }) => [from, until])),
  ]);
  return Math.min(Number.POSITIVE_INFINITY, ...instants.filter((at): at is number => at !== null && at > nowS));
}
