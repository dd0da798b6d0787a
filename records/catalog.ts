// The catalogue: products with their SKUs and prices, and stores.
import { and, eq, inArray } from "drizzle-orm";
import type { Money } from "../contracts/basics.ts";
import type { Product, Store } from "../contracts/catalog.ts";
import type { Records } from "./database.ts";
import { prices, products, skus, stores } from "./schema.ts";

export async function listProducts({ brand, db }: Records): Promise<Product[]> {
  const [productRows, skuRows, priceRows] = await db.batch([
    db.select().from(products).where(eq(products.brand, brand)),
    db.select().from(skus).where(eq(skus.brand, brand)),
    db.select().from(prices).where(eq(prices.brand, brand)),
  ]);
  return productRows.map(({ brand: _, ...product }) => ({
    ...product,
    skus: skuRows
      .filter((sku) => sku.product === product.product)
      .map(({ sku, size }) => ({
        sku,
        size,
        prices: priceRows
          .filter((price) => price.sku === sku)
          .map(({ market, currency, amountMinor }) => ({ market, currency, amountMinor })),
      })),
  }));
}

export async function listStores({ brand, db }: Records, market?: string): Promise<Store[]> {
  const where = market === undefined ? eq(stores.brand, brand) : and(eq(stores.brand, brand), eq(stores.market, market));
  const rows = await db.select().from(stores).where(where);
  return rows.map(({ brand: _, ...store }) => store);
}

export type SkuFacts = { sku: string; family: string; alcohol: boolean; price: Money };

/** What a plan needs to know of its SKUs in one market; a SKU without a price there is missing from the answer. */
export async function skuFacts({ brand, db }: Records, wanted: string[], market: string): Promise<SkuFacts[]> {
  const rows = await db
    .select({
      sku: skus.sku,
      family: products.family,
      alcohol: products.alcohol,
      currency: prices.currency,
      amountMinor: prices.amountMinor,
    })
    .from(skus)
    .innerJoin(products, and(eq(products.brand, skus.brand), eq(products.product, skus.product)))
    .innerJoin(prices, and(eq(prices.brand, skus.brand), eq(prices.sku, skus.sku), eq(prices.market, market)))
    .where(and(eq(skus.brand, brand), inArray(skus.sku, wanted)));
  return rows.map(({ currency, amountMinor, ...facts }) => ({ ...facts, price: { currency, amountMinor } }));
}
