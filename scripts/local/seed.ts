// A seed pack as SQL: a statement takes many rows of a table as one JSON value. The same statements seed a laptop and Cloudflare's D1.
import { everyDay, type Hours, type Span } from "../../domain/store/hours.ts";
import { productTexts } from "../../records/catalog-texts.ts";
import { readPack } from "./pack.ts";

const FIELD = (path: string) => `e.value ->> '${path}'`;
const JSON_FIELD = (path: string) => `e.value -> '${path}'`;

const insert = (table: string, columns: Record<string, string>) =>
  `INSERT INTO ${table} (brand, ${Object.keys(columns).join(", ")}) SELECT ?1, ${Object.values(columns).join(", ")} FROM json_each(?2) AS e WHERE true`;

const upsert = (table: string, columns: Record<string, string>) => `${insert(table, columns)}
ON CONFLICT DO UPDATE SET ${Object.keys(columns)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ")}`;

type Statement = { sql: string; rows: object[] };

/** D1 takes statements of 100 kB at most. */
const STATEMENT_BYTES_MAX = 80_000;

/** The same for fewer rows each. Only lists whose order counts are short enough to stay whole. */
function inPieces({ sql, rows }: Statement): Statement[] {
  const pieces: Statement[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const more = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes + more > STATEMENT_BYTES_MAX) {
      pieces.push({ sql, rows: [] });
      bytes = 0;
    }
    pieces.at(-1)?.rows.push(row);
    bytes += more;
  }
  return pieces;
}

function withWeek(store: object): object {
  const { hours } = store as { hours: Span | Hours };
  return { ...store, hours: "open" in hours ? everyDay(hours) : hours };
}

/** Each statement takes the brand and a JSON array of rows. */
export function seedStatements(pack: string): Statement[] {
  const { tiers, scenes, products, stores } = readPack(pack);
  const skus = products.flatMap(({ product, skus: list }) => list.map((sku) => ({ ...sku, product })));
  const prices = skus.flatMap(({ sku, prices: list }) => list.map((price) => ({ ...price, sku })));
  const labels = (table: string, id: string) => upsert(table, { [id]: FIELD(id), place: "e.key", name: JSON_FIELD("name") });
  const statements = [
    { sql: labels("tiers", "tier"), rows: tiers },
    { sql: labels("scenes", "scene"), rows: scenes },
    {
      sql: upsert("products", {
        product: FIELD("product"),
        tier: FIELD("tier"),
        family: FIELD("family"),
        alcohol: FIELD("alcohol"),
        name: JSON_FIELD("name"),
        story: JSON_FIELD("story"),
        released: FIELD("released"),
        scenes: JSON_FIELD("scenes"),
        cold_pickup_s: FIELD("coldPickupS"),
        limits: JSON_FIELD("limits"),
      }),
      rows: products,
    },
    {
      sql: upsert("skus", { sku: FIELD("sku"), product: FIELD("product"), gtin: FIELD("gtin"), options: JSON_FIELD("options") }),
      rows: skus,
    },
    {
      sql: upsert("prices", {
        sku: FIELD("sku"),
        market: FIELD("market"),
        from_s: FIELD("from"),
        until_s: FIELD("until"),
        currency: FIELD("currency"),
        amount_minor: FIELD("amountMinor"),
      }),
      rows: prices,
    },
    // A full-text table has no key to conflict with.
    {
      sql: "DELETE FROM product_texts WHERE brand = ?1 AND product IN (SELECT e.value ->> 'product' FROM json_each(?2) AS e)",
      rows: products.map(({ product }) => ({ product })),
    },
    {
      sql: insert("product_texts", { product: FIELD("product"), words: FIELD("words"), pairs: FIELD("pairs") }),
      rows: products.map((product) => productTexts(product, { tiers, scenes })),
    },
    storeStatement(stores),
  ];
  return statements.flatMap(inPieces);
}

export const storeStatement = (stores: object[]): Statement => ({
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
  rows: stores.map(withWeek),
});

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The same as a file of SQL, with its values written in: what `wrangler d1 execute` takes. */
export function sqlText(pack: string, brand: string): string {
  return seedStatements(pack)
    .map(({ sql, rows }) => `${sql.replaceAll("?1", quoted(brand)).replaceAll("?2", quoted(JSON.stringify(rows)))};`)
    .join("\n");
}
