// Columns that many tables have.
import { text } from "drizzle-orm/sqlite-core";
import type { Names } from "../contracts/basics.ts";

export const brand = text("brand").notNull();
export const names = (column: string) => text(column, { mode: "json" }).$type<Names>().notNull();
