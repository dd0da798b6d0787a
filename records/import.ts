// Rows on their way in: they wait beside their table until the collection is whole, then all of them move in one transaction, or none.
import type { ImportState } from "../contracts/carry.ts";
import type { PlanInput } from "../contracts/sessions.ts";
import { COLLECTIONS, type Collection, type Column } from "./collections.ts";
import type { Records } from "./database.ts";

export type Wanted = { [name: string]: { rows: number; fields: string[] } };

/** The import under way: the hash of its manifest, and how far each collection is. */
export async function importState({ brand, d1 }: Records): Promise<(ImportState & { export: string }) | undefined> {
  const { results } = await d1
    .prepare(
      `SELECT i.collection, i.export, i.done, i.rows,
        (SELECT coalesce(max(at) + 1, 0) FROM import_rows AS r WHERE r.brand = ?1 AND r.collection = i.collection) AS arrived
      FROM imports AS i WHERE i.brand = ?1`,
    )
    .bind(brand)
    .all<{ collection: string; export: string; done: number; rows: number; arrived: number }>();
  const [first] = results;
  if (!first) return undefined;
  const collections = Object.fromEntries(
    results.map(({ collection, done, rows, arrived }) => [collection, { arrived: done ? rows : arrived, done: done === 1 }]),
  );
  return { export: first.export, collections };
}

export async function beginImport({ brand, d1 }: Records, hash: string, wanted: Wanted): Promise<void> {
  const statement = d1.prepare(
    "INSERT INTO imports (brand, collection, export, rows, fields) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
  );
  await d1.batch(
    Object.entries(wanted).map(([name, { rows, fields }]) => statement.bind(brand, name, hash, rows, JSON.stringify(fields))),
  );
}

/** Keeps rows that follow what has arrived; returns how many have. What arrived before is not kept again. */
export async function keepRows({ brand, d1 }: Records, { name }: Collection, from: number, rows: object[]): Promise<number> {
  const [, counted] = await d1.batch<{ arrived: number }>([
    d1
      .prepare(
        `INSERT INTO import_rows (brand, collection, at, line)
        SELECT ?1, ?2, ?3 + e.key, e.value FROM json_each(?4) AS e
        WHERE ?3 = (SELECT coalesce(max(at) + 1, 0) FROM import_rows WHERE brand = ?1 AND collection = ?2)
          AND EXISTS (SELECT 1 FROM imports WHERE brand = ?1 AND collection = ?2 AND done = 0)`,
      )
      .bind(brand, name, from, JSON.stringify(rows)),
    d1
      .prepare("SELECT coalesce(max(at) + 1, 0) AS arrived FROM import_rows WHERE brand = ?1 AND collection = ?2")
      .bind(brand, name),
  ]);
  return counted?.results[0]?.arrived ?? 0;
}

/** A member of a line as its column takes it. */
function cellOf({ field, form }: Column): string {
  const path = `'$.${field}'`;
  // The JSON value null is no value.
  return form === "json" ? `nullif(line -> ${path}, 'null')` : `line ->> ${path}`;
}

export type CommitNo = "import_incomplete" | "import_refused";

/** Moves a whole collection into its table, all rows or none. Moving it again changes nothing. */
export async function commitRows({ brand, d1 }: Records, collection: Collection): Promise<CommitNo | undefined> {
  const { name, columns, stays } = collection;
  const known = await d1
    .prepare("SELECT rows, fields, done FROM imports WHERE brand = ?1 AND collection = ?2")
    .bind(brand, name)
    .first<{ rows: number; fields: string; done: number }>();
  if (known?.done === 1) return undefined;
  if (!known) return "import_incomplete";
  // A column that an older export does not know gets its default.
  const fields = JSON.parse(known.fields) as string[];
  const travelling = columns.filter(({ field }) => fields.includes(field));
  const into = ["brand", ...travelling.map(({ column }) => column), ...Object.keys(stays)];
  const from = ["?1", ...travelling.map(cellOf), ...Object.values(stays)];
  const isWhole = "(SELECT count(*) FROM import_rows WHERE brand = ?1 AND collection = ?2) = ?3";
  const isMine = "EXISTS (SELECT 1 FROM imports WHERE brand = ?1 AND collection = ?2 AND done = 0)";
  try {
    const [, , marked] = await d1.batch([
      d1
        .prepare(
          `INSERT INTO ${name} (${into.join(", ")}) SELECT ${from.join(", ")} FROM import_rows
          WHERE brand = ?1 AND collection = ?2 AND ${isWhole} AND ${isMine} ORDER BY at`,
        )
        .bind(brand, name, known.rows),
      d1
        .prepare(`UPDATE imports SET done = 1 WHERE brand = ?1 AND collection = ?2 AND done = 0 AND ${isWhole}`)
        .bind(brand, name, known.rows),
      d1.prepare("SELECT done FROM imports WHERE brand = ?1 AND collection = ?2").bind(brand, name),
      d1
        .prepare(
          `DELETE FROM import_rows WHERE brand = ?1 AND collection = ?2
          AND EXISTS (SELECT 1 FROM imports WHERE brand = ?1 AND collection = ?2 AND done = 1)`,
        )
        .bind(brand, name),
    ]);
    return (marked?.results[0] as { done: number } | undefined)?.done === 1 ? undefined : "import_incomplete";
  } catch (error) {
    if (/SQLITE_(?:CONSTRAINT|MISMATCH)|constraint failed|cannot store/i.test(String(error))) return "import_refused";
    throw error;
  }
}

/** Forgets the import. False while a collection is not done. */
export async function endImport({ brand, d1 }: Records): Promise<boolean> {
  const allDone = "NOT EXISTS (SELECT 1 FROM imports WHERE brand = ?1 AND done = 0)";
  await d1.batch([
    d1.prepare(`DELETE FROM import_rows WHERE brand = ?1 AND ${allDone}`).bind(brand),
    d1.prepare(`DELETE FROM imports WHERE brand = ?1 AND ${allDone}`).bind(brand),
  ]);
  const left = await d1.prepare("SELECT 1 AS one FROM imports WHERE brand = ?1 LIMIT 1").bind(brand).first();
  return left === null;
}

/** Whether no collection has a row. */
export async function isEmpty({ brand, d1 }: Records): Promise<boolean> {
  const found = await d1.batch<{ one: number }>(
    COLLECTIONS.map(({ name }) => d1.prepare(`SELECT 1 AS one FROM ${name} WHERE brand = ?1 LIMIT 1`).bind(brand)),
  );
  return found.every(({ results }) => results.length === 0);
}

/** Whether the shop has something to sell, and is not in the middle of an import. */
export async function hasBegun({ brand, d1 }: Records): Promise<boolean> {
  const row = await d1
    .prepare(
      "SELECT EXISTS (SELECT 1 FROM products WHERE brand = ?1) AND NOT EXISTS (SELECT 1 FROM imports WHERE brand = ?1) AS begun",
    )
    .bind(brand)
    .first<{ begun: number }>();
  return row?.begun === 1;
}

/** Plans of sessions that are drafts, after the given session; their objects have to be made anew. */
export async function draftPlans({ brand, d1 }: Records, after: string, limit: number): Promise<PlanInput[]> {
  const { results } = await d1
    .prepare(
      `SELECT p.plan FROM plans AS p JOIN sessions AS s ON s.brand = p.brand AND s.session = p.session
      WHERE p.brand = ?1 AND s.state = 'draft' AND p.session > ?2 ORDER BY p.session LIMIT ?3`,
    )
    .bind(brand, after, limit)
    .all<{ plan: string }>();
  return results.map(({ plan }) => JSON.parse(plan) as PlanInput);
}
