// A seed pack as SQL: one statement a table, rows as one JSON value. The same statements seed a laptop and Cloudflare's D1.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./bundle.ts";

type Product = { id: string; skus: { id: string; prices: object[] }[] };

const FIELD = (path: string) => `e.value ->> '${path}'`;
const JSON_FIELD = (path: string) => `e.value -> '${path}'`;

function upsert(table: string, columns: Record<string, string>): string {
  const names = Object.keys(columns);
  return `INSERT INTO ${table} (brand, ${names.join(", ")}) SELECT ?1, ${Object.values(columns).join(", ")} FROM json_each(?2) AS e WHERE true
ON CONFLICT DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(", ")}`;
}

export function readPack(pack: string): { products: Product[]; stores: object[] } {
  const read = (name: string) => JSON.parse(readFileSync(join(ROOT, "packs", pack, name), "utf8")) as never;
  return { products: read("products.json"), stores: read("stores.json") };
}

/** Each statement takes the brand and a JSON array of rows. */
export function seedStatements(pack: string, extraStores: object[] = []): { sql: string; rows: object[] }[] {
  const { products, stores } = readPack(pack);
  const skus = products.flatMap(({ id, skus: list }) => list.map((sku) => ({ ...sku, product: id })));
  const prices = skus.flatMap(({ id, prices: list }) => list.map((price) => ({ ...price, sku: id })));
  return [
    {
      sql: upsert("products", {
        product: FIELD("id"),
        tier: FIELD("tier"),
        family: FIELD("family"),
        alcohol: FIELD("alcohol"),
        name: JSON_FIELD("name"),
        story: JSON_FIELD("story"),
      }),
      rows: products,
    },
    {
      sql: upsert("skus", { sku: FIELD("id"), product: FIELD("product"), size: JSON_FIELD("size"), gtin: FIELD("gtin") }),
      rows: skus,
    },
    {
      sql: upsert("prices", {
        sku: FIELD("sku"),
        market: FIELD("market"),
        currency: FIELD("currency"),
        amount_minor: FIELD("amountMinor"),
      }),
      rows: prices,
    },
    {
      sql: upsert("stores", {
        store: FIELD("id"),
        market: FIELD("market"),
        province: JSON_FIELD("province"),
        city: JSON_FIELD("city"),
        name: JSON_FIELD("name"),
        address: JSON_FIELD("address"),
        lat: FIELD("lat"),
        lng: FIELD("lng"),
        time_zone: FIELD("timeZone"),
        hours: JSON_FIELD("hours"),
      }),
      rows: [...stores, ...extraStores],
    },
  ];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The same as a file of SQL, with its values written in: what `wrangler d1 execute` takes. */
export function sqlText(pack: string, brand: string): string {
  return seedStatements(pack)
    .map(({ sql, rows }) => `${sql.replaceAll("?1", quoted(brand)).replaceAll("?2", quoted(JSON.stringify(rows)))};`)
    .join("\n");
}
