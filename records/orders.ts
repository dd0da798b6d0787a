// Orders as members and stores read them, and the closing of a session's books.
import { and, eq, getTableColumns } from "drizzle-orm";
import type { OrderView } from "../contracts/orders.ts";
import type { Records } from "./database.ts";
import { orders } from "./schema.ts";

export type OrderRow = typeof orders.$inferSelect;

/**
 * An order's columns as an OrderRow has them, for queries in SQL. Those that go by store or member name their index: D1 counts no rows, SQLite
 * then takes one brand for ten of them, and reads all orders there are along the primary key because that looks as short.
 */
export const ORDER_COLUMNS = Object.entries(getTableColumns(orders))
  .map(([field, { name }]) => `${name} AS "${field}"`)
  .join(", ");

/** What an order is, without whose database it stands in and how many codes were tried for it. */
export type OrderFacts = Omit<OrderRow, "brand" | "codeTries">;

export function orderView(row: OrderFacts): OrderView {
  return {
    order: row.order,
    state: row.state,
    session: row.session,
    pool: row.pool,
    sku: row.sku,
    store: row.store,
    rank: row.rank,
    amountMinor: row.amountMinor,
    currency: row.currency,
    payBy: row.payBy,
    pickupUntil: row.pickupUntil,
    ...(row.paidAt === null ? {} : { paidAt: row.paidAt }),
    ...(row.collectedAt === null ? {} : { collected: collectedOf(row) }),
  };
}

export function collectedOf(row: OrderFacts): NonNullable<OrderView["collected"]> {
  return { at: row.collectedAt as number, store: row.store, ...(row.serial === null ? {} : { serial: row.serial }) };
}

/** The newest of a member or a store; operators read all, page by page (order-desk.ts). */
const PAGE = 500;

export async function ordersOfMember({ brand, d1 }: Records, member: string): Promise<OrderView[]> {
  const { results } = await d1
    .prepare(
      `SELECT ${ORDER_COLUMNS} FROM orders INDEXED BY orders_of_member WHERE brand = ?1 AND member = ?2 ORDER BY pay_by DESC LIMIT ${PAGE}`,
    )
    .bind(brand, member)
    .all<OrderRow>();
  return results.map(orderView);
}

export async function ordersOfStore({ brand, d1 }: Records, store: string): Promise<OrderView[]> {
  const { results } = await d1
    .prepare(
      `SELECT ${ORDER_COLUMNS} FROM orders INDEXED BY orders_of_store WHERE brand = ?1 AND store = ?2
      ORDER BY pay_by DESC, pool, rank LIMIT ${PAGE}`,
    )
    .bind(brand, store)
    .all<OrderRow>();
  return results.map(orderView);
}

export async function findOrder({ brand, db }: Records, order: string): Promise<OrderRow | undefined> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.brand, brand), eq(orders.order, order)));
  return row;
}

/**
 * The orders of brand ?1 and session ?2, found by their key: an order's id begins with its session, no session id has a `~`, and `~` comes
 * after every letter and digit.
 */
export const OF_SESSION = "brand = ?1 AND order_id > ?2 || '~' AND order_id < ?2 || '~~'";

export type Closing = { handedOver: number; refunded: number };

/**
 * Ends a session's pickups: paid orders that were not collected in their window are refunded; then counts. Running it again gives the
 * same counts. `now` in Unix seconds.
 */
export async function closeOrders({ brand, d1 }: Records, session: string, now: number): Promise<Closing> {
  const [, counts] = (await d1.batch([
    d1
      .prepare(`UPDATE orders SET state = 'refunded' WHERE ${OF_SESSION} AND state IN ('paid', 'ready') AND pickup_until <= ?3`)
      .bind(brand, session, now),
    d1
      .prepare(
        `SELECT count(*) FILTER (WHERE state = 'collected') AS handedOver, count(*) FILTER (WHERE state = 'refunded') AS refunded
        FROM orders WHERE ${OF_SESSION}`,
      )
      .bind(brand, session),
  ])) as [unknown, D1Result<Closing>];
  return counts.results[0] as Closing;
}
