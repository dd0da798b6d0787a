// The D1 tables of export and import as Drizzle sees them.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PlanInput } from "../contracts/sessions.ts";

const brand = text("brand").notNull();

export const plans = sqliteTable(
  "plans",
  { brand, session: text("session").notNull(), plan: text("plan", { mode: "json" }).$type<PlanInput>().notNull() },
  (table) => [primaryKey({ columns: [table.brand, table.session] })],
);

export const imports = sqliteTable(
  "imports",
  {
    brand,
    collection: text("collection").notNull(),
    export: text("export").notNull(),
    rows: integer("rows").notNull(),
    fields: text("fields", { mode: "json" }).$type<string[]>().notNull(),
    done: integer("done", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.brand, table.collection] })],
);

export const importRows = sqliteTable(
  "import_rows",
  { brand, collection: text("collection").notNull(), at: integer("at").notNull(), line: text("line").notNull() },
  (table) => [primaryKey({ columns: [table.brand, table.collection, table.at] })],
);

/** Where events are sent to; records/webhooks.ts reads and writes it. */
export const webhooks = sqliteTable(
  "webhooks",
  {
    brand,
    webhook: text("webhook").notNull(),
    url: text("url").notNull(),
    types: text("types", { mode: "json" }).$type<string[]>(),
    kid: text("kid").notNull(),
    generation: integer("generation").notNull().default(1),
    previousKid: text("previous_kid"),
    previousUntil: integer("previous_until"),
    state: text("state").notNull().default("enabled"),
    why: text("why"),
    createdAt: integer("created_at").notNull(),
    startAfter: integer("start_after").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.webhook] })],
);
