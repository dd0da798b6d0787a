// The catalogue as D1 has it.
import { and, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { Money, Names } from "../contracts/basics.ts";
import type { Catalog, KeptProduct, Price } from "../contracts/catalog.ts";
import type { Goods } from "../domain/catalog/sale.ts";
import { prices, products, skus } from "./catalog-tables.ts";
import type { Records } from "./database.ts";

/** One statement, because whoever opens a page in the rush may be the first of an isolate: D1 answers one statement at a time. */
const EVERYTHING = `
SELECT 'tier' AS kind, json_object('id', tier, 'place', place, 'name', json(name)) AS row FROM tiers WHERE brand = ?1
UNION ALL SELECT 'scene', json_object('id', scene, 'place', place, 'name', json(name)) FROM scenes WHERE brand = ?1
UNION ALL SELECT 'product', json_object('product', product, 'tier', tier, 'family', family, 'name', json(name), 'story', json(story),
  'scenes', json(scenes), 'alcohol', json(iif(alcohol, 'true', 'false')), 'coldPickupS', cold_pickup_s, 'limits', json(limits),
  'released', released, 'version', version) FROM products WHERE brand = ?1
UNION ALL SELECT 'sku', json_object('product', product, 'sku', sku, 'options', json(options), 'gtin', gtin) FROM skus WHERE brand = ?1
UNION ALL SELECT 'price', json_object('sku', sku, 'market', market, 'currency', currency, 'amountMinor', amount_minor, 'from', from_s,
  'until', until_s) FROM prices WHERE brand = ?1`;

type Label = { id: string; place: number; name: Names };
type Row<Rest> = Omit<Rest, "skus" | "prices">;

const inOrder = <Value>(values: Value[], keyOf: (value: Value) => string | number): Value[] =>
  values.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** All of it, released or not: `catalogView` says what of it is public. The same rows give the same order. */
export async function readCatalog({ brand, d1 }: Records): Promise<Catalog> {
  const { results } = await d1.prepare(EVERYTHING).bind(brand).all<{ kind: string; row: string }>();
  const rows = Map.groupBy(results, ({ kind }) => kind);
  const of = <Shape>(kind: string) => (rows.get(kind) ?? []).map(({ row }) => JSON.parse(row) as Shape);
  const pricesOf = Map.groupBy(of<Price & { sku: string }>("price"), ({ sku }) => sku);
  const skusOf = Map.groupBy(of<Row<KeptProduct["skus"][number]> & { product: string }>("sku"), ({ product }) => product);
  const labels = (kind: string) => inOrder(of<Label>(kind), ({ place }) => place);
  return {
    tiers: labels("tier").map(({ id, name }) => ({ tier: id, name })),
    scenes: labels("scene").map(({ id, name }) => ({ scene: id, name })),
    products: inOrder(of<Row<KeptProduct>>("product"), ({ product }) => product).map((product) => ({
      ...product,
      skus: inOrder(skusOf.get(product.product) ?? [], ({ sku }) => sku).map(({ product: _, ...sku }) => ({
        ...sku,
        prices: inOrder(pricesOf.get(sku.sku) ?? [], ({ market, from }) => `${market} ${String(from).padStart(12, "0")}`).map(
          ({ sku: _sku, ...price }) => price,
        ),
      })),
    })),
  };
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
