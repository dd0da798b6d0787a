// What merchant data is: a line per table. Export and import know tables by these lines only; a test holds them against the database.
import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Field } from "../contracts/carry.ts";
import { plans, webhooks } from "./carry-tables.ts";
import { prices, products, scenes, skus, tiers } from "./catalog-tables.ts";
import { occurrences, templates } from "./planning-tables.ts";
import { archives, deliveries, incidentEvents, incidents, items, orders, sessions, stores } from "./schema.ts";

export type Column = { field: string; column: string; form: Field["form"]; isRequired: boolean };

export type Collection = {
  /** The table's name, and the file's. */
  name: string;
  /** What every row is told apart by, and in whose order they travel; `brand` stands before it. */
  key: Column[];
  columns: Column[];
  /** Columns that never travel, secrets above all: column -> the SQL that fills it on import. */
  stays: { [column: string]: string };
};

function collection(table: SQLiteTable, stays: { [column: string]: string } = {}): Collection {
  const { name, primaryKeys } = getTableConfig(table);
  const columns = Object.entries(getTableColumns(table))
    .filter(([, column]) => column.name !== "brand" && !(column.name in stays))
    .map(([field, column]) => ({
      field,
      column: column.name,
      form: column.dataType as Column["form"],
      isRequired: column.notNull && !column.hasDefault,
    }));
  const key = (primaryKeys[0]?.columns ?? [])
    .filter((column) => column.name !== "brand")
    .map((part) => columns.find(({ column }) => column === part.name) as Column);
  return { name, key, columns, stays };
}

/** In the order in which they are imported. */
export const COLLECTIONS: Collection[] = [
  collection(tiers),
  collection(scenes),
  collection(products),
  collection(skus),
  collection(prices),
  collection(stores),
  collection(templates),
  collection(occurrences),
  collection(plans),
  collection(sessions),
  collection(orders),
  collection(deliveries),
  collection(items),
  collection(incidents),
  collection(incidentEvents),
  collection(archives),
  // Only for what happens from now on. What an import brings writes no events (migrations/d1/0008_feed_of_incidents.sql).
  collection(webhooks, { start_after: "(SELECT coalesce(max(seq), 0) FROM events)" }),
];

/**
 * Tables that hold nothing of their own: an import under way, what drafts hold of a stock (it follows from allotments, which do not travel), the
 * search index, the feed of events (each installation counts its own).
 */
export const DERIVED = ["imports", "import_rows", "claims", "product_texts", "events"];

export const collectionNamed = (name: string): Collection | undefined => COLLECTIONS.find((one) => one.name === name);

export const fieldsOf = ({ columns }: Collection): Field[] =>
  columns.map(({ field, form, isRequired }) => ({ field, form, ...(isRequired ? {} : { optional: true }) }));
