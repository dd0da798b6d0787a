// Units that arrived at a store, and the paid orders that become ready because of them: best rank first.
import { and, eq } from "drizzle-orm";
import type { DeliveryInput, DeliveryReply } from "../contracts/orders.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import type { Records } from "./database.ts";
import { deliveries } from "./schema.ts";

export type PoolKey = { session: string; sku: string; store: string };

/**
 * Makes as many paid orders of each pool ready as units arrived and were not given to an earlier one, and no more than the store will hand over
 * where an incident says so. A refunded order frees its unit. CROSS JOIN keeps the order and INDEXED BY the way (records/orders.ts): SQLite would
 * read all orders there are, and the whole JSON once for each of them, with every payment.
 */
const READY = `
UPDATE orders SET state = 'ready' WHERE brand = ?1 AND state = 'paid' AND order_id IN (
  SELECT order_id FROM (
    SELECT o.order_id, o.state,
      row_number() OVER (PARTITION BY o.session, o.sku, o.store ORDER BY o.state = 'paid', o.rank, o.order_id) AS place,
      (SELECT coalesce(sum(d.units), 0) FROM deliveries AS d
        WHERE d.brand = ?1 AND d.store = o.store AND d.session = o.session AND d.sku = o.sku) AS received,
      (SELECT i.units FROM incidents AS i
        WHERE i.brand = ?1 AND i.session = o.session AND i.sku = o.sku AND i.store = o.store AND i.ended_at IS NULL) AS units
    FROM json_each(?2) AS p CROSS JOIN orders AS o INDEXED BY orders_of_store
      ON o.brand = ?1 AND o.store = p.value ->> 'store' AND o.session = p.value ->> 'session' AND o.sku = p.value ->> 'sku'
    WHERE o.state IN ('paid', 'ready', 'collected')
  ) WHERE place <= received AND place <= coalesce(units, place))`;

export function readyStatement(d1: D1Database, brand: string, pools: PoolKey[]): D1PreparedStatement {
  const unique = [...new Map(pools.map((pool) => [JSON.stringify(pool), pool])).values()];
  return d1.prepare(READY).bind(brand, JSON.stringify(unique));
}

const RECORD = `
INSERT INTO deliveries (brand, store, delivery, session, sku, units, at, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT DO NOTHING`;

const COUNTS = `
SELECT
  (SELECT coalesce(sum(units), 0) FROM deliveries WHERE brand = ?1 AND store = ?2 AND session = ?3 AND sku = ?4) AS received,
  (SELECT count(*) FROM orders INDEXED BY orders_of_store
    WHERE brand = ?1 AND store = ?2 AND session = ?3 AND sku = ?4 AND state = 'ready') AS ready`;

/** Records a delivery once and readies orders, in one batch. `at` in Unix seconds. */
export async function recordDelivery(
  { brand, d1, db }: Records,
  store: string,
  input: DeliveryInput,
  by: string,
  at: number,
): Promise<Outcome<DeliveryReply, "delivery_differs">> {
  const { delivery, session, sku, units } = input;
  const [, , counts] = (await d1.batch([
    d1.prepare(RECORD).bind(brand, store, delivery, session, sku, units, at, by),
    readyStatement(d1, brand, [{ session, sku, store }]),
    d1.prepare(COUNTS).bind(brand, store, session, sku),
  ])) as [unknown, unknown, D1Result<{ received: number; ready: number }>];
  const [stored] = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.brand, brand), eq(deliveries.store, store), eq(deliveries.delivery, delivery)));
  if (stored?.session !== session || stored.sku !== sku || stored.units !== units) return refuse("delivery_differs");
  const { received, ready } = counts.results[0] as { received: number; ready: number };
  return ok({ delivery, received, ready });
}
