// Stores in D1: what everybody sees of them, and an operator's file of them, which is taken whole or not at all.
import { and, asc, eq, getTableColumns, ne, type SQL } from "drizzle-orm";
import type { ImportReport, Store, StoreRecord } from "../contracts/stores.ts";
import { utf8 } from "../domain/bytes.ts";
import type { Records } from "./database.ts";
import { stores } from "./schema.ts";

const { brand: _, ...kept } = getTableColumns(stores);
const { pickupsPerHour: _p, shelfUnits: _s, licences: _l, contact: _c, ...shown } = kept;

const ofMarket = (brand: string, market: string | undefined): SQL | undefined =>
  market === undefined ? eq(stores.brand, brand) : and(eq(stores.brand, brand), eq(stores.market, market));

/** As everybody sees them; planned stores are shown to nobody. */
export const listStores = ({ brand, db }: Records, market?: string): Promise<Store[]> =>
  db
    .select(shown)
    .from(stores)
    .where(and(ofMarket(brand, market), ne(stores.status, "planned")))
    .orderBy(asc(stores.store));

/** As their operator keeps them. */
export const storesKept = ({ brand, db }: Records, market?: string): Promise<StoreRecord[]> =>
  db.select(kept).from(stores).where(ofMarket(brand, market)).orderBy(asc(stores.store));

/** Column and field of a store, in the order in which a row travels; what is JSON stays JSON. */
const FIELDS = [
  ["store", "store"],
  ["market", "market"],
  ["province", "province", "json"],
  ["city", "city", "json"],
  ["name", "name", "json"],
  ["address", "address", "json"],
  ["lat", "lat"],
  ["lng", "lng"],
  ["time_zone", "timeZone"],
  ["hours", "hours", "json"],
  ["status", "status"],
  ["services", "services", "json"],
  ["pickups_per_hour", "pickupsPerHour"],
  ["shelf_units", "shelfUnits"],
  ["licences", "licences", "json"],
  ["phone", "phone"],
  ["contact", "contact"],
] as const satisfies [column: string, field: keyof StoreRecord, json?: "json"][];

const COLUMNS = FIELDS.map(([column]) => column);
const differs = (than: (column: string) => string) => COLUMNS.map((column) => `s.${column} IS NOT ${than(column)}`).join(" OR ");

/** The rows of ?2 as columns. */
const ROWS = `SELECT ${FIELDS.map(([column, , json], at) => `e.value ${json ? "->" : "->>"} ${at} AS ${column}`).join(", ")} FROM json_each(?2) AS e`;

/** CROSS JOIN keeps the order: the other way round SQLite would read the whole JSON once for every store. */
const COUNT = `
SELECT count(*) AS known, count(*) FILTER (WHERE ${differs((column) => `r.${column}`)}) AS changed
FROM (${ROWS}) AS r CROSS JOIN stores AS s ON s.brand = ?1 AND s.store = r.store`;

const UPSERT = `
INSERT INTO stores AS s (brand, ${COLUMNS.join(", ")})
SELECT ?1, ${COLUMNS.map((column) => `r.${column}`).join(", ")} FROM (${ROWS}) AS r WHERE true
ON CONFLICT DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}
WHERE ${differs((column) => `excluded.${column}`)}`;

/** D1 takes values of up to 2 MB. 2,200 stores are 1.2 MB: three of these. */
const PART_BYTES_MAX = 500_000;

/**
 * Stores as one D1 batch, which is one transaction: counted, then written unless it is a dry run. The same file again is all unchanged, so a
 * reply that was lost is asked for again.
 */
export async function importStores({ brand, d1 }: Records, list: StoreRecord[], dryRun: boolean): Promise<ImportReport> {
  const parts = partsOf(list.map((store) => JSON.stringify(FIELDS.map(([, field]) => store[field]))));
  const statements = (sql: string) => parts.map((part) => d1.prepare(sql).bind(brand, part));
  const results = await d1.batch<{ known: number; changed: number }>([...statements(COUNT), ...(dryRun ? [] : statements(UPSERT))]);
  const counts = results.slice(0, parts.length).flatMap((result) => result.results);
  const sum = (of: "known" | "changed") => counts.reduce((total, count) => total + count[of], 0);
  const [known, changed] = [sum("known"), sum("changed")];
  return { rows: list.length, created: list.length - known, changed, unchanged: known - changed, dryRun };
}

function partsOf(rows: string[]): string[] {
  const parts: string[][] = [];
  let bytes = PART_BYTES_MAX;
  for (const row of rows) {
    const length = utf8(row).length;
    if (bytes + length > PART_BYTES_MAX) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1]?.push(row);
    bytes += length;
  }
  return parts.map((part) => `[${part.join(",")}]`);
}

/** Stores among these that belong to another market than they say: sessions are announced for a store in its market. */
export async function storesElsewhere({ brand, d1 }: Records, list: StoreRecord[]): Promise<{ store: string; market: string }[]> {
  const { results } = await d1
    .prepare(
      `SELECT s.store, s.market FROM json_each(?2) AS e CROSS JOIN stores AS s ON s.brand = ?1 AND s.store = e.value ->> 0
      WHERE s.market <> e.value ->> 1`,
    )
    .bind(brand, JSON.stringify(list.map(({ store, market }) => [store, market])))
    .all<{ store: string; market: string }>();
  return results;
}
