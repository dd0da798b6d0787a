// The catalogue's tables as Drizzle sees them; stores have a place of their own.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Limit, Option } from "../contracts/catalog.ts";
import { brand, names } from "./columns.ts";

export const tiers = sqliteTable(
  "tiers",
  { brand, tier: text("tier").notNull(), place: integer("place").notNull(), name: names("name") },
  (table) => [primaryKey({ columns: [table.brand, table.tier] })],
);

export const scenes = sqliteTable(
  "scenes",
  { brand, scene: text("scene").notNull(), place: integer("place").notNull(), name: names("name") },
  (table) => [primaryKey({ columns: [table.brand, table.scene] })],
);

export const products = sqliteTable(
  "products",
  {
    brand,
    product: text("product").notNull(),
    tier: text("tier").notNull(),
    family: text("family").notNull(),
    alcohol: integer("alcohol", { mode: "boolean" }).notNull(),
    name: names("name"),
    story: names("story"),
    released: integer("released"),
    scenes: text("scenes", { mode: "json" }).$type<string[]>().notNull(),
    coldPickupS: integer("cold_pickup_s"),
    limits: text("limits", { mode: "json" }).$type<Limit[]>().notNull(),
    version: integer("version").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.product] })],
);

export const skus = sqliteTable(
  "skus",
  {
    brand,
    sku: text("sku").notNull(),
    product: text("product").notNull(),
    gtin: text("gtin"),
    options: text("options", { mode: "json" }).$type<Option[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.sku] })],
);

export const prices = sqliteTable(
  "prices",
  {
    brand,
    sku: text("sku").notNull(),
    market: text("market").notNull(),
    from: integer("from_s").notNull(),
    until: integer("until_s"),
    currency: text("currency").notNull(),
    amountMinor: integer("amount_minor").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.sku, table.market, table.from] })],
);
