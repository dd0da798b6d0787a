// Orders as an operator reads them: page after page of those that fit, each with its member, its award and who handed it over.
import type { OrderDesk, OrdersQuery } from "../contracts/orders.ts";
import type { SessionRecord } from "../contracts/sessions.ts";
import { readOrderId } from "../domain/order/order-id.ts";
import type { Records } from "./database.ts";
import { withIncidents } from "./order-incidents.ts";
import { ORDER_COLUMNS, type OrderFacts, type OrderRow, orderView } from "./orders.ts";

/**
 * Orders that one page looks at when it wants only some of them. No index knows SKUs and states: it would be written four times for every
 * order, to be read by an operator now and then. So a page may be short, or empty, and the next one goes on behind what it looked at.
 */
const LOOKED_AT = 10_000;

type Wanted = Omit<OrdersQuery, "limit">;
type Page = { rows: OrderRow[]; next?: string };

/** A condition with what stands for its question marks. */
type Term = [sql: string, ...values: (string | number)[]];
type Way = { from: string; terms: Term[]; by: string };

/**
 * The way through the orders along one index, each of which ends in the order's id: nothing is sorted, and an order that is added meanwhile
 * moves no other to another place. Both ends are ids of orders; `after` is left out, `until` is not.
 */
function way(brand: string, { member, store, session, after }: Wanted, until?: string): Way {
  if (member === undefined && store !== undefined) {
    const keyOf = (order: string): [string, number, string] => [readOrderId(order).session, readOrderId(order).pool, order];
    return {
      from: "orders INDEXED BY orders_of_store",
      terms: [
        ["brand = ?", brand],
        ["store = ?", store],
        ...(session === undefined ? [] : [["session = ?", session] satisfies Term]),
        ...(after === undefined ? [] : [["(session, pool, order_id) > (?, ?, ?)", ...keyOf(after)] satisfies Term]),
        ...(until === undefined ? [] : [["(session, pool, order_id) <= (?, ?, ?)", ...keyOf(until)] satisfies Term]),
      ],
      by: "session, pool, order_id",
    };
  }
  // A session's orders by their ids, as OF_SESSION has them. One lower and one upper end: of two SQLite would take the first.
  const from = [session === undefined ? "" : `${session}~`, after ?? ""].sort()[1] as string;
  const to = until ?? (session === undefined ? "~" : `${session}~~`);
  return {
    from: member === undefined ? "orders" : "orders INDEXED BY orders_of_member",
    terms: [
      ["brand = ?", brand],
      ...(member === undefined ? [] : [["member = ?", member] satisfies Term]),
      ["order_id > ?", from],
      ["order_id <= ?", to],
    ],
    by: "order_id",
  };
}

/** What the index of the way does not know. */
const rest = ({ member, store, sku, state }: Wanted): Term[] => [
  ...(sku === undefined ? [] : [["sku = ?", sku] satisfies Term]),
  ...(state === undefined ? [] : [["state = ?", state] satisfies Term]),
  ...(member === undefined || store === undefined ? [] : [["store = ?", store] satisfies Term]),
];

export async function pageOfOrders(records: Records, query: OrdersQuery, lookedAt = LOOKED_AT): Promise<Page> {
  const { limit, ...wanted } = query;
  const only = rest(wanted);
  const [last] = only.length ? await read(records, way(records.brand, wanted), [], 1, lookedAt - 1) : [];
  const rows = await read(records, way(records.brand, wanted, last?.order), only, limit + 1);
  const next = rows.length > limit ? rows[limit - 1] : last;
  return { rows: rows.slice(0, limit), ...(next ? { next: next.order } : {}) };
}

async function read({ d1 }: Records, { from, terms, by }: Way, only: Term[], limit: number, offset = 0): Promise<OrderRow[]> {
  const all = [...terms, ...only];
  const { results } = await d1
    .prepare(`SELECT ${ORDER_COLUMNS} FROM ${from} WHERE ${all.map(([sql]) => sql).join(" AND ")} ORDER BY ${by} LIMIT ? OFFSET ?`)
    .bind(...all.flatMap(([, ...values]) => values), limit, offset)
    .all<OrderRow>();
  return results;
}

type Waves = SessionRecord["waves"];

/** The orders with all that an operator is told of them. `now` in Unix seconds. */
export async function ordersAtDesk(records: Records, rows: OrderFacts[], now: number): Promise<OrderDesk[]> {
  const [views, waves] = await Promise.all([withIncidents(records, rows.map(orderView), now), wavesOf(records, rows)]);
  return rows.map((row, at) => {
    const view = views[at] as (typeof views)[number];
    // Each wave has a pay window of its own.
    const wave = waves.get(row.session)?.find(({ payBy }) => payBy === row.payBy);
    const { collected, ...rest } = view;
    return {
      ...rest,
      member: row.member,
      ...(wave ? { award: { wave: wave.no, at: wave.s } } : {}),
      ...(collected ? { collected: { ...collected, by: row.collectedBy as string } } : {}),
    };
  });
}

async function wavesOf({ brand, d1 }: Records, rows: OrderFacts[]): Promise<Map<string, Waves>> {
  const { results } = await d1
    .prepare(
      `SELECT s.session, s.line -> '$.waves' AS waves FROM json_each(?2) AS e CROSS JOIN sessions AS s ON s.brand = ?1 AND s.session = e.value
      WHERE s.line IS NOT NULL`,
    )
    .bind(brand, JSON.stringify([...new Set(rows.map(({ session }) => session))]))
    .all<{ session: string; waves: string }>();
  return new Map(results.map(({ session, waves }) => [session, JSON.parse(waves) as Waves]));
}
