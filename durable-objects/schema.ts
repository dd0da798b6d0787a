// Each object's schema moves forward by numbered SQL. Nothing is created before the object is first given something to keep.

const TABLE = "CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT";

/** Whether the object has ever been given anything. Reads only. */
export function hasSchema(storage: DurableObjectStorage): boolean {
  return storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").toArray().length > 0;
}

/** Brings the schema to the last of `steps`; call inside the transaction that writes the first rows, or on waking. */
export function migrate(storage: DurableObjectStorage, steps: string[]): void {
  storage.sql.exec(TABLE);
  const version = storage.sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray()[0]?.version ?? 0;
  if (version === steps.length) return;
  for (const step of steps.slice(version)) storage.sql.exec(step);
  storage.sql.exec(
    "INSERT INTO schema_version (id, version) VALUES (1, ?) ON CONFLICT DO UPDATE SET version = excluded.version",
    steps.length,
  );
}
