// The hand-over of one order: one conditional D1 batch. What it changed says whether it happened; the rule then names the refusal.
import type { OrderView } from "../contracts/orders.ts";
import { mayCollect, type PickupRefusal } from "../domain/order/pickup.ts";
import { CODE_TRIES_MAX } from "../domain/order/voucher.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import type { Records } from "./database.ts";
import { collectedOf, findOrder, type OrderRow, orderView } from "./orders.ts";

const COLLECT = `
UPDATE orders SET state = 'collected', collected_at = ?4, collected_by = ?5, serial = ?6
WHERE brand = ?1 AND order_id = ?2 AND store = ?3 AND state = 'ready' AND pickup_until > ?4`;

/** Only for the hand-over that the statement before has just written; a serial that the SKU knows from another order fails the batch. */
const ITEM = `
INSERT INTO items (brand, sku, serial, order_id, at)
SELECT o.brand, o.sku, o.serial, o.order_id, o.collected_at FROM orders AS o
WHERE o.brand = ?1 AND o.order_id = ?2 AND o.serial IS NOT NULL AND o.state = 'collected' AND o.collected_at = ?3 AND o.collected_by = ?4
  AND NOT EXISTS (SELECT 1 FROM items AS i WHERE i.brand = o.brand AND i.sku = o.sku AND i.serial = o.serial AND i.order_id = o.order_id)`;

export type Collected = NonNullable<OrderView["collected"]>;
export type CollectRefusal = { code: PickupRefusal | "serial_used"; collected?: Collected };

/** Hands over `order` at `store`. `now` in Unix seconds, `by` is the device. */
export async function collect(
  records: Records,
  input: { order: string; store: string; serial?: string | undefined; by: string; now: number },
): Promise<Outcome<OrderView, CollectRefusal>> {
  const { brand, d1 } = records;
  const { order, store, serial, by, now } = input;
  let changed: number;
  try {
    const [update] = await d1.batch([
      d1.prepare(COLLECT).bind(brand, order, store, now, by, serial ?? null),
      d1.prepare(ITEM).bind(brand, order, now, by),
    ]);
    changed = update?.meta.changes ?? 0;
  } catch (error) {
    if (!String(error).includes("UNIQUE constraint failed: items")) throw error;
    return refuse({ code: "serial_used" });
  }
  const row = await findOrder(records, order);
  if (changed > 0) return ok(orderView(row as OrderRow));
  const code = mayCollect(row, store, now) ?? "not_ready";
  return refuse(code === "already_collected" ? { code, collected: collectedOf(row as OrderRow) } : { code });
}

/** Orders of a store that end in these characters and could be handed over with a code. */
export async function findByTail({ brand, d1 }: Records, store: string, tail: string): Promise<{ order: string; state: string }[]> {
  const { results } = await d1
    .prepare(
      `SELECT order_id AS "order", state FROM orders INDEXED BY orders_of_store
      WHERE brand = ?1 AND store = ?2 AND substr(order_id, -6) = ?3 AND state IN ('paid', 'ready', 'collected') LIMIT 5`,
    )
    .bind(brand, store, tail)
    .all<{ order: string; state: string }>();
  return results;
}

/**
 * Takes one of an order's tries before the code is compared, in one statement, so that parallel guesses share the same five. False when
 * none is left.
 */
export async function takeCodeTry({ brand, d1 }: Records, order: string): Promise<boolean> {
  const { meta } = await d1
    .prepare("UPDATE orders SET code_tries = code_tries + 1 WHERE brand = ?1 AND order_id = ?2 AND code_tries < ?3")
    .bind(brand, order, CODE_TRIES_MAX)
    .run();
  return meta.changes > 0;
}

/** Gives the tries back after a right code. */
export async function clearCodeTries({ brand, d1 }: Records, order: string): Promise<void> {
  await d1.prepare("UPDATE orders SET code_tries = 0 WHERE brand = ?1 AND order_id = ?2").bind(brand, order).run();
}
