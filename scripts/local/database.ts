// The local D1 database: migrations in order, noted in the table that wrangler uses, and the seed pack.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { ROOT } from "./bundle.ts";
import { seedStatements } from "./seed.ts";

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

/** Loads the pack's catalogue; rows that are there are brought up to date. */
export async function seed(database: Database, brand: string, pack: string, extraStores: object[]): Promise<void> {
  await database.batch(
    seedStatements(pack, extraStores).map(({ sql, rows }) => database.prepare(sql).bind(brand, JSON.stringify(rows))),
  );
}
