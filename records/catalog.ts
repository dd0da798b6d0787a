// The catalogue and the stores as D1 has them.
import { and, asc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { Money } from "../contracts/basics.ts";
import type { Catalog, Store } from "../contracts/catalog.ts";
import type { Goods } from "../domain/catalog/sale.ts";
import { prices, products, scenes, skus, tiers } from "./catalog-tables.ts";
import type { Records } from "./database.ts";
import { stores } from "./schema.ts";

/** All of it, released or not: `catalogView` says what of it is public. */
export async function readCatalog({ brand, db }: Records): Promise<Catalog> {
  const [tierRows, sceneRows, productRows, skuRows, priceRows] = await db.batch([
    db.select().from(tiers).where(eq(tiers.brand, brand)).orderBy(asc(tiers.place)),
    db.select().from(scenes).where(eq(scenes.brand, brand)).orderBy(asc(scenes.place)),
    db.select().from(products).where(eq(products.brand, brand)).orderBy(asc(products.product)),
    db.select().from(skus).where(eq(skus.brand, brand)).orderBy(asc(skus.sku)),
    db.select().from(prices).where(eq(prices.brand, brand)).orderBy(asc(prices.market), asc(prices.from)),
  ]);
  const pricesOf = Map.groupBy(priceRows, ({ sku }) => sku);
  const skusOf = Map.groupBy(skuRows, ({ product }) => product);
  return {
    tiers: tierRows.map(({ tier, name }) => ({ tier, name })),
    scenes: sceneRows.map(({ scene, name }) => ({ scene, name })),
    products: productRows.map(({ brand: _, ...product }) => ({
      ...product,
      skus: (skusOf.get(product.product) ?? []).map(({ sku, options, gtin }) => ({
        sku,
        options,
        gtin,
        prices: (pricesOf.get(sku) ?? []).map(({ brand: _brand, sku: _sku, ...price }) => price),
      })),
    })),
  };
}

export async function listStores({ brand, db }: Records, market?: string): Promise<Store[]> {
  const where = market === undefined ? eq(stores.brand, brand) : and(eq(stores.brand, brand), eq(stores.market, market));
  const rows = await db.select().from(stores).where(where);
  return rows.map(({ brand: _, ...store }) => store);
}

/** What a session keeps of its SKUs. */
export type SkuFacts = { sku: string; family: string; alcohol: boolean; price: Money };

/**
 * What a plan needs to know of its SKUs in one market, and what decides how they may be sold. Prices are those that hold at `atS`, Unix
 * seconds; a SKU without a price there and then is missing from the answer.
 */
export async function skuFacts(
  { brand, db }: Records,
  wanted: string[],
  market: string,
  atS = Date.now() / 1000,
): Promise<(SkuFacts & Goods)[]> {
  const rows = await db
    .select({
      sku: skus.sku,
      product: skus.product,
      options: skus.options,
      family: products.family,
      alcohol: products.alcohol,
      released: products.released,
      coldPickupS: products.coldPickupS,
      limits: products.limits,
      currency: prices.currency,
      amountMinor: prices.amountMinor,
    })
    .from(skus)
    .innerJoin(products, and(eq(products.brand, skus.brand), eq(products.product, skus.product)))
    .innerJoin(
      prices,
      and(
        eq(prices.brand, skus.brand),
        eq(prices.sku, skus.sku),
        eq(prices.market, market),
        lte(prices.from, atS),
        or(isNull(prices.until), gt(prices.until, atS)),
      ),
    )
    .where(and(eq(skus.brand, brand), inArray(skus.sku, wanted)));
  return rows.map(({ currency, amountMinor, ...facts }) => ({ ...facts, price: { currency, amountMinor } }));
}
