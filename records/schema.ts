// The D1 tables as Drizzle sees them, the catalogue's apart (catalog-tables.ts). migrations/d1 creates them; a test holds the two equal.
import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { IncidentEvent, IncidentKind } from "../contracts/incidents.ts";
import type { OrderState } from "../contracts/orders.ts";
import type { SessionRecord, SessionState } from "../contracts/sessions.ts";
import type { StoreRecord } from "../contracts/stores.ts";
import { brand, names } from "./columns.ts";

export const stores = sqliteTable(
  "stores",
  {
    brand,
    store: text("store").notNull(),
    market: text("market").notNull(),
    province: names("province"),
    city: names("city"),
    name: names("name"),
    address: names("address"),
    lat: real("lat").notNull(),
    lng: real("lng").notNull(),
    timeZone: text("time_zone").notNull(),
    hours: text("hours", { mode: "json" }).$type<StoreRecord["hours"]>().notNull(),
    status: text("status").$type<StoreRecord["status"]>().notNull().default("open"),
    services: text("services", { mode: "json" }).$type<StoreRecord["services"]>().notNull().default(["pickup"]),
    pickupsPerHour: integer("pickups_per_hour"),
    shelfUnits: integer("shelf_units"),
    licences: text("licences", { mode: "json" }).$type<StoreRecord["licences"]>().notNull().default([]),
    phone: text("phone"),
    contact: text("contact"),
  },
  (table) => [primaryKey({ columns: [table.brand, table.store] })],
);

export const sessions = sqliteTable(
  "sessions",
  {
    brand,
    session: text("session").notNull(),
    version: integer("version").notNull(),
    state: text("state").$type<SessionState>().notNull(),
    open: integer("open").notNull(),
    line: text("line", { mode: "json" }).$type<SessionRecord>(),
    archivedAt: integer("archived_at"),
  },
  (table) => [primaryKey({ columns: [table.brand, table.session] })],
);

export const orders = sqliteTable(
  "orders",
  {
    brand,
    order: text("order_id").notNull(),
    version: integer("version").notNull(),
    state: text("state").$type<OrderState>().notNull(),
    session: text("session").notNull(),
    pool: integer("pool").notNull(),
    rank: integer("rank").notNull(),
    sku: text("sku").notNull(),
    store: text("store").notNull(),
    member: text("member").notNull(),
    amountMinor: integer("amount_minor").notNull(),
    currency: text("currency").notNull(),
    payBy: integer("pay_by").notNull(),
    pickupUntil: integer("pickup_until").notNull(),
    paidAt: integer("paid_at"),
    collectedAt: integer("collected_at"),
    collectedBy: text("collected_by"),
    serial: text("serial"),
    codeTries: integer("code_tries").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.brand, table.order] })],
);

export const deliveries = sqliteTable(
  "deliveries",
  {
    brand,
    store: text("store").notNull(),
    delivery: text("delivery").notNull(),
    session: text("session").notNull(),
    sku: text("sku").notNull(),
    units: integer("units").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.store, table.delivery] })],
);

export const items = sqliteTable(
  "items",
  {
    brand,
    sku: text("sku").notNull(),
    serial: text("serial").notNull(),
    order: text("order_id").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.sku, table.serial] })],
);

export const archives = sqliteTable(
  "archives",
  {
    brand,
    session: text("session").notNull(),
    kind: text("kind").$type<"orders" | "deliveries">().notNull(),
    last: text("last").notNull(),
    first: text("first").notNull(),
    lines: integer("lines").notNull(),
    sha256: text("sha256").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.session, table.kind, table.last] })],
);

export const incidents = sqliteTable(
  "incidents",
  {
    brand,
    incident: text("incident").notNull(),
    sku: text("sku").notNull(),
    session: text("session").notNull(),
    store: text("store").notNull(),
    kind: text("kind").$type<IncidentKind>().notNull(),
    units: integer("units").notNull(),
    note: text("note"),
    decideBy: integer("decide_by").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
    endedAt: integer("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.brand, table.incident, table.sku] })],
);

export const incidentEvents = sqliteTable(
  "incident_events",
  {
    brand,
    incident: text("incident").notNull(),
    seq: integer("seq").notNull(),
    id: text("id").notNull(),
    event: text("event").$type<IncidentEvent["event"]>().notNull(),
    order: text("order_id"),
    from: text("from_store"),
    to: text("to_store"),
    at: integer("at").notNull(),
    by: text("by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.brand, table.incident, table.seq] })],
);
