// The D1 database of one brand.
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Records = { brand: string; d1: D1Database; db: DrizzleD1Database };

export const recordsOf = (d1: D1Database, brand: string): Records => ({ brand, d1, db: drizzle(d1) });
