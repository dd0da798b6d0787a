// The D1 database of one brand.
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Records = { brand: string; d1: D1Database; db: DrizzleD1Database };

export const recordsOf = (d1: D1Database, brand: string): Records => ({ brand, d1, db: drizzle(d1) });

/** Whether the database answers a question within `waitMs`: its usual failure is to say nothing for half a minute. */
export function answers({ d1 }: Records, waitMs: number): Promise<boolean> {
  const asked = d1
    .prepare("SELECT 1 FROM sessions LIMIT 1")
    .all()
    .then(
      () => true,
      () => false,
    );
  const silence = new Promise<boolean>((resolve) => setTimeout(resolve, waitMs, false));
  return Promise.race([asked, silence]);
}
