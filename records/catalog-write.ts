// Writes of the catalogue: each is one batch that happens as a whole or not at all.
import type { Catalog, Price, ProductInput, Scene, Tier } from "../contracts/catalog.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { productTexts } from "./catalog-texts.ts";
import type { Records } from "./database.ts";

/** A wrong version makes the column NULL, which its constraint refuses, and with it the batch. */
const NEXT_VERSION = "version = CASE WHEN version = ?3 THEN version + 1 END";

const INSERT_PRODUCT = `
INSERT INTO products (brand, product, version, tier, family, alcohol, name, story, released, scenes, cold_pickup_s, limits)
VALUES (?1, ?2, ?3 + 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`;

const UPDATE_PRODUCT = `
UPDATE products SET ${NEXT_VERSION}, tier = ?4, family = ?5, alcohol = ?6, name = ?7, story = ?8, released = ?9, scenes = ?10,
cold_pickup_s = ?11, limits = ?12 WHERE brand = ?1 AND product = ?2`;

const INSERT_SKUS = `
INSERT INTO skus (brand, product, sku, gtin, options)
SELECT ?1, ?2, e.value ->> 'sku', e.value ->> 'gtin', e.value -> 'options' FROM json_each(?3) AS e`;

const INSERT_PRICES = `
INSERT INTO prices (brand, sku, market, from_s, until_s, currency, amount_minor)
SELECT ?1, e.value ->> 'sku', e.value ->> 'market', e.value ->> 'from', e.value ->> 'until', e.value ->> 'currency', e.value ->> 'amountMinor'
FROM json_each(?2) AS e`;

const PRICES_OF_PRODUCT = "DELETE FROM prices WHERE brand = ?1 AND sku IN (SELECT sku FROM skus WHERE brand = ?1 AND product = ?2)";

const INSERT_TEXTS = `
INSERT INTO product_texts (brand, product, words, pairs)
SELECT ?1, e.value ->> 'product', e.value ->> 'words', e.value ->> 'pairs' FROM json_each(?2) AS e`;

export type SaveRefusal = "version_differs" | "sku_taken";

/** The whole product, over version `version` of it; 0 where there is none yet. */
export async function saveProduct(
  { brand, d1 }: Records,
  product: string,
  version: number,
  input: ProductInput,
  labels: Pick<Catalog, "tiers" | "scenes">,
): Promise<Outcome<{ version: number }, SaveRefusal>> {
  const { tier, family, alcohol, name, story, released, scenes, coldPickupS, limits, skus } = input;
  const [names, texts, tags, units] = [name, story, scenes, limits].map((value) => JSON.stringify(value));
  const prices = skus.flatMap(({ sku, prices: list }) => list.map((price) => ({ ...price, sku })));
  return written(version, () =>
    d1.batch([
      d1
        .prepare(version === 0 ? INSERT_PRODUCT : UPDATE_PRODUCT)
        .bind(brand, product, version, tier, family, Number(alcohol), names, texts, released, tags, coldPickupS, units),
      d1.prepare(PRICES_OF_PRODUCT).bind(brand, product),
      d1.prepare("DELETE FROM skus WHERE brand = ?1 AND product = ?2").bind(brand, product),
      d1.prepare(INSERT_SKUS).bind(brand, product, JSON.stringify(skus)),
      d1.prepare(INSERT_PRICES).bind(brand, JSON.stringify(prices)),
      d1.prepare("DELETE FROM product_texts WHERE brand = ?1 AND product = ?2").bind(brand, product),
      d1.prepare(INSERT_TEXTS).bind(brand, JSON.stringify([productTexts({ ...input, product }, labels)])),
    ]),
  );
}

/** All prices of one SKU, over version `version` of its product. */
export async function savePrices(
  { brand, d1 }: Records,
  { product, sku, version }: { product: string; sku: string; version: number },
  prices: Price[],
): Promise<Outcome<{ version: number }, SaveRefusal>> {
  return written(version, () =>
    d1.batch([
      d1.prepare(`UPDATE products SET ${NEXT_VERSION} WHERE brand = ?1 AND product = ?2`).bind(brand, product, version),
      d1.prepare("DELETE FROM prices WHERE brand = ?1 AND sku = ?2").bind(brand, sku),
      d1.prepare(INSERT_PRICES).bind(brand, JSON.stringify(prices.map((price) => ({ ...price, sku })))),
    ]),
  );
}

/** Tiers and scenes in their order. The index knows their names, so it is made anew. */
export async function saveLabels(
  { brand, d1 }: Records,
  { tiers, scenes }: { tiers: Tier[]; scenes: Scene[] },
  products: Catalog["products"],
): Promise<void> {
  const insert = (table: string, column: string) =>
    `INSERT INTO ${table} (brand, ${column}, place, name) SELECT ?1, e.value ->> '${column}', e.key, e.value -> 'name' FROM json_each(?2) AS e`;
  const texts = products.map((product) => productTexts(product, { tiers, scenes }));
  await d1.batch([
    d1.prepare("DELETE FROM tiers WHERE brand = ?1").bind(brand),
    d1.prepare(insert("tiers", "tier")).bind(brand, JSON.stringify(tiers)),
    d1.prepare("DELETE FROM scenes WHERE brand = ?1").bind(brand),
    d1.prepare(insert("scenes", "scene")).bind(brand, JSON.stringify(scenes)),
    d1.prepare("DELETE FROM product_texts WHERE brand = ?1").bind(brand),
    d1.prepare(INSERT_TEXTS).bind(brand, JSON.stringify(texts)),
  ]);
}

/** Makes the search index anew. */
export async function indexProducts({ brand, d1 }: Records, catalog: Catalog): Promise<void> {
  const texts = catalog.products.map((product) => productTexts(product, catalog));
  await d1.batch([
    d1.prepare("DELETE FROM product_texts WHERE brand = ?1").bind(brand),
    d1.prepare(INSERT_TEXTS).bind(brand, JSON.stringify(texts)),
  ]);
}

/** Somebody else was faster, or an SKU belongs to another product: D1 refuses the batch, and nothing of it is there. */
async function written(version: number, batch: () => Promise<unknown>): Promise<Outcome<{ version: number }, SaveRefusal>> {
  try {
    await batch();
    return ok({ version: version + 1 });
  } catch (error) {
    const text = String(error);
    if (/constraint failed: products\./.test(text)) return refuse("version_differs");
    if (/constraint failed: skus\./.test(text)) return refuse("sku_taken");
    throw error;
  }
}
