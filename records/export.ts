// Rows on their way out: page by page in the order of their key, each whole, with the values that the code works with.
import { COLLECTIONS, type Collection, type Column } from "./collections.ts";
import type { Records } from "./database.ts";

type Value = string | number | null;
type Row = { [column: string]: Value };

const names = (columns: Column[]): string => columns.map(({ column }) => column).join(", ");
const marks = (columns: Column[], from: number): string => columns.map((_, at) => `?${from + at}`).join(", ");

function outOf({ columns }: Collection, row: Row): object {
  const value = ({ column, form }: Column) => {
    const stored = row[column] as Value;
    if (stored === null) return null;
    return form === "json" ? JSON.parse(stored as string) : form === "boolean" ? stored === 1 : stored;
  };
  return Object.fromEntries(columns.map((column) => [column.field, value(column)]));
}

/** Up to `limit` rows after the given key, and the key of the last one; none where nothing follows. */
export async function pageOf(
  { brand, d1 }: Records,
  collection: Collection,
  after: (string | number)[] | undefined,
  limit: number,
): Promise<{ rows: object[]; last?: Value[] }> {
  const { name, key, columns } = collection;
  const further = after ? `AND (${names(key)}) > (${marks(key, 3)})` : "";
  const { results } = await d1
    .prepare(`SELECT ${names(columns)} FROM ${name} WHERE brand = ?1 ${further} ORDER BY ${names(key)} LIMIT ?2`)
    .bind(brand, limit, ...(after ?? []))
    .all<Row>();
  const last = results.length === limit ? results[results.length - 1] : undefined;
  return {
    rows: results.map((row) => outOf(collection, row)),
    ...(last && { last: key.map(({ column }) => last[column] as Value) }),
  };
}

/** How many rows each collection has. */
export async function countRows({ brand, d1 }: Records): Promise<{ [name: string]: number }> {
  const counts = await d1.batch<{ rows: number }>(
    COLLECTIONS.map(({ name }) => d1.prepare(`SELECT count(*) AS rows FROM ${name} WHERE brand = ?1`).bind(brand)),
  );
  return Object.fromEntries(COLLECTIONS.map(({ name }, at) => [name, counts[at]?.results[0]?.rows ?? 0]));
}

/** Announced sessions that are not over. */
export async function sessionsUnderWay({ brand, d1 }: Records): Promise<string[]> {
  const { results } = await d1
    .prepare("SELECT session FROM sessions WHERE brand = ?1 AND state NOT IN ('draft', 'settled', 'voided') ORDER BY session")
    .bind(brand)
    .all<{ session: string }>();
  return results.map(({ session }) => session);
}
