// The D1 tables of planning as Drizzle sees them. migrations/d1/0007 creates them; a test holds the two equal.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TemplateInput } from "../contracts/templates.ts";

const brand = text("brand").notNull();

export const templates = sqliteTable(
  "templates",
  {
    brand,
    template: text("template").notNull(),
    version: integer("version").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
    body: text("body", { mode: "json" }).$type<TemplateInput>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.template, table.version] })],
);

export const occurrences = sqliteTable(
  "occurrences",
  {
    brand,
    session: text("session").notNull(),
    template: text("template").notNull(),
    version: integer("version").notNull(),
    date: text("date").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.session] })],
);

export const claims = sqliteTable(
  "claims",
  {
    brand,
    session: text("session").notNull(),
    sku: text("sku").notNull(),
    stock: text("stock").notNull(),
    open: integer("open").notNull(),
    close: integer("close").notNull(),
    stores: text("stores", { mode: "json" }).$type<string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.session, table.sku] })],
);
