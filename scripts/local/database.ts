// The local D1 database: migrations in order, noted in the table that wrangler uses, and the seed pack.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { ROOT } from "./bundle.ts";
import { seedStatements, storeStatement } from "./seed.ts";

type Database = Awaited<ReturnType<import("miniflare").Miniflare["getD1Database"]>>;

const MIGRATIONS = join(ROOT, "migrations/d1");

const NOTES =
  "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

/** Applies what is not applied yet; returns the names of what it applied. */
export async function migrate(database: Database): Promise<string[]> {
  await database.prepare(NOTES).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const missing = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql") && !applied.has(name))
    .sort();
  for (const name of missing) {
    const statements = splitSql(readFileSync(join(MIGRATIONS, name), "utf8"));
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
  return missing;
}

/**
 * Loads the pack into a state folder that has none yet. From then on the catalogue is the operator's: a later start changes nothing, and
 * another pack needs a folder of its own.
 */
export async function seed(database: Database, brand: string, pack: string, stateDir: string): Promise<void> {
  const note = join(stateDir, "pack");
  const seeded = existsSync(note) ? readFileSync(note, "utf8").trim() : undefined;
  if (seeded === pack) return;
  if (seeded !== undefined)
    throw new Error(`${stateDir} holds the pack "${seeded}". Start "${pack}" in another folder: FAIRPOUR_STATE=FOLDER`);
  await insert(database, brand, seedStatements(pack));
  writeFileSync(note, `${pack}\n`);
}

/** Stores beside the pack's. */
export const seedStores = (database: Database, brand: string, stores: object[]): Promise<void> =>
  insert(database, brand, stores.length > 0 ? [storeStatement(stores)] : []);

async function insert(database: Database, brand: string, statements: { sql: string; rows: object[] }[]): Promise<void> {
  if (statements.length > 0)
    await database.batch(statements.map(({ sql, rows }) => database.prepare(sql).bind(brand, JSON.stringify(rows))));
}
