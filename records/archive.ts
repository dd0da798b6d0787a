// What leaves D1 for the archive: rows of settled sessions, a part at a time, each deleted in the batch that records where it went.
import { and, asc, eq, gt, lt } from "drizzle-orm";
import type { Records } from "./database.ts";
import { OF_SESSION, type OrderFacts } from "./orders.ts";
import { deliveries, orders } from "./schema.ts";

export type Kind = "orders" | "deliveries";

/** Rows of one session in order of their key: as the archive has them, one JSON object a line. */
export type Part = {
  session: string;
  kind: Kind;
  first: string;
  last: string;
  lines: string[];
};

/** An order as a line of the archive. Serials and hand-overs are in it: the rows of `items` say nothing more. */
export type OrderLine = { type: "order" } & OrderFacts;

/** Settled sessions with rows left whose last pickup window ended at or before `before` (Unix seconds), oldest first. */
export async function sessionsToArchive({ brand, d1 }: Records, before: number, limit: number): Promise<string[]> {
  const { results } = await d1
    .prepare(
      `SELECT session FROM sessions WHERE brand = ?1 AND state = 'settled' AND archived_at IS NULL AND open < ?2
        AND coalesce((SELECT max(w.value ->> 'pickupUntil') FROM json_each(line, '$.waves') AS w), line ->> 'close') <= ?2
      ORDER BY open, session LIMIT ?3`,
    )
    .bind(brand, before, limit)
    .all<{ session: string }>();
  return results.map(({ session }) => session);
}

/** The next rows of a session to archive, at most `max`; undefined when none are left. */
export async function nextPart({ brand, db }: Records, session: string, kind: Kind, max: number): Promise<Part | undefined> {
  const rows =
    kind === "orders"
      ? (
          await db
            .select()
            .from(orders)
            .where(and(eq(orders.brand, brand), gt(orders.order, `${session}~`), lt(orders.order, `${session}~~`)))
            .orderBy(asc(orders.order))
            .limit(max)
        ).map(({ brand: _, codeTries: __, ...row }) => ({ key: row.order, line: { type: "order", ...row } satisfies OrderLine }))
      : (
          await db
            .select()
            .from(deliveries)
            .where(and(eq(deliveries.brand, brand), eq(deliveries.session, session)))
            // The order of the index deliveries_of_pool: nothing is sorted, nothing else is read.
            .orderBy(asc(deliveries.store), asc(deliveries.sku), asc(deliveries.units), asc(deliveries.delivery))
            .limit(max)
        ).map(({ brand: _, ...row }) => ({ key: `${row.store}\n${row.delivery}`, line: { type: "delivery", ...row } }));
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (!first || !last) return undefined;
  return { session, kind, first: first.key, last: last.key, lines: rows.map(({ line }) => JSON.stringify(line)) };
}

/**
 * The rows that are still what the lines say. What can change in an order at all is compared; a delivery never changes. CROSS JOIN keeps the order: the
 * other way round SQLite would read the whole JSON once for every order that there is, which with 10,000 of them takes longer than D1 allows.
 */
const UNCHANGED: Record<Kind, string> = {
  orders: `SELECT count(*) FROM json_each(?8) AS e CROSS JOIN orders AS o ON o.brand = ?1 AND o.order_id = e.value ->> 'order'
    WHERE o.version = e.value ->> 'version' AND o.state = e.value ->> 'state' AND o.paid_at IS e.value ->> 'paidAt'
      AND o.collected_at IS e.value ->> 'collectedAt' AND o.collected_by IS e.value ->> 'collectedBy' AND o.serial IS e.value ->> 'serial'`,
  deliveries: `SELECT count(*) FROM json_each(?8) AS e
    CROSS JOIN deliveries AS d ON d.brand = ?1 AND d.store = e.value ->> 'store' AND d.delivery = e.value ->> 'delivery'
    WHERE d.session = ?2`,
};

const record = (kind: Kind) => `
INSERT INTO archives (brand, session, kind, last, first, lines, sha256, at)
SELECT ?1, ?2, '${kind}', ?3, ?4, ?5, ?6, ?7 WHERE ?5 = (${UNCHANGED[kind]})
ON CONFLICT DO NOTHING`;

/** Only what the archive has: nothing is deleted where the record of the same batch did not come about. */
const RECORDED = "EXISTS (SELECT 1 FROM archives WHERE brand = ?1 AND session = ?2 AND kind = ?3 AND last = ?4 AND sha256 = ?5)";

const DELETE: Record<Kind, string[]> = {
  orders: [
    `DELETE FROM items WHERE brand = ?1 AND (sku, serial) IN (
      SELECT e.value ->> 'sku', e.value ->> 'serial' FROM json_each(?6) AS e WHERE e.value ->> 'serial' IS NOT NULL)
      AND order_id IN (SELECT e.value ->> 'order' FROM json_each(?6) AS e) AND ${RECORDED}`,
    `DELETE FROM orders WHERE brand = ?1 AND order_id IN (SELECT e.value ->> 'order' FROM json_each(?6) AS e) AND ${RECORDED}`,
  ],
  deliveries: [
    `DELETE FROM deliveries WHERE brand = ?1
      AND (store, delivery) IN (SELECT e.value ->> 'store', e.value ->> 'delivery' FROM json_each(?6) AS e) AND ${RECORDED}`,
  ],
};

/**
 * Records the part under the hash of its file and deletes exactly its rows, in one batch. False, and nothing deleted, where a row is no
 * longer what its line says, or where this part was moved before. `at` in Unix seconds.
 */
export async function moveOut({ brand, d1 }: Records, part: Part, sha256: string, at: number): Promise<boolean> {
  const { session, kind, first, last, lines } = part;
  const rows = `[${lines.join(",")}]`;
  const [recorded] = await d1.batch([
    d1.prepare(record(kind)).bind(brand, session, last, first, lines.length, sha256, at, rows),
    ...DELETE[kind].map((sql) => d1.prepare(sql).bind(brand, session, kind, last, sha256, rows)),
  ]);
  return (recorded?.meta.changes ?? 0) > 0;
}

/** Notes that nothing of the session is left to archive; does nothing while something is. */
export async function markArchived({ brand, d1 }: Records, session: string, at: number): Promise<void> {
  await d1.batch([
    d1
      .prepare(
        `UPDATE sessions SET archived_at = ?3 WHERE brand = ?1 AND session = ?2 AND archived_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM orders WHERE ${OF_SESSION})
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE brand = ?1 AND session = ?2)`,
      )
      .bind(brand, session, at),
  ]);
}

/** The hash of the archive file that would hold this order; undefined where the archive has none. */
export async function archivedPart({ brand, d1 }: Records, session: string, order: string): Promise<string | undefined> {
  const row = await d1
    .prepare(
      `SELECT sha256 FROM archives WHERE brand = ?1 AND session = ?2 AND kind = 'orders' AND last >= ?3 AND first <= ?3
      ORDER BY last LIMIT 1`,
    )
    .bind(brand, session, order)
    .first<{ sha256: string }>();
  return row?.sha256;
}
