// Outbox events -> D1: one statement per kind of event, in one batch. A row is only ever replaced by a higher version, so a batch that
// is applied twice, or late, or after a lost reply, changes nothing.
import { entityOf, type OrderEvent, type OutboxEvent } from "../contracts/events.ts";
import type { Records } from "./database.ts";
import { readyStatement } from "./deliveries.ts";

const SESSIONS = `
INSERT INTO sessions (brand, session, version, state, open, line)
SELECT ?1, e.value ->> 'session', e.value ->> 'version', e.value ->> 'state', e.value ->> 'open', e.value -> 'line'
FROM json_each(?2) AS e WHERE true
ON CONFLICT DO UPDATE SET version = excluded.version, state = excluded.state, open = excluded.open, line = excluded.line
WHERE excluded.version > sessions.version`;

/** Column and field of an order, in the order in which a row travels: without names it is half as long, and SQLite searches for none. */
const ORDER_COLUMNS = {
  order_id: "order",
  version: "version",
  state: "state",
  session: "session",
  pool: "pool",
  rank: "rank",
  sku: "sku",
  store: "store",
  member: "member",
  amount_minor: "amountMinor",
  currency: "currency",
  pay_by: "payBy",
  pickup_until: "pickupUntil",
  paid_at: "paidAt",
} as const satisfies { [column: string]: keyof OrderEvent };
const ORDER_FIELDS = Object.values(ORDER_COLUMNS);

const ORDERS = `
INSERT INTO orders (brand, ${Object.keys(ORDER_COLUMNS).join(", ")})
SELECT ?1, ${ORDER_FIELDS.map((_, at) => `e.value ->> ${at}`).join(", ")} FROM json_each(?2) AS e WHERE true
ON CONFLICT DO UPDATE SET version = excluded.version, state = excluded.state, paid_at = excluded.paid_at
WHERE excluded.version > orders.version`;

const ofType = <Type extends OutboxEvent["type"]>(events: OutboxEvent[], type: Type) =>
  events.filter((event): event is Extract<OutboxEvent, { type: Type }> => event.type === type);

/** The newest event of each entity: an INSERT … SELECT must not meet one row twice in a version order that SQL does not promise. */
function newest(events: OutboxEvent[]): OutboxEvent[] {
  const last = new Map<string, OutboxEvent>();
  for (const event of events) {
    const before = last.get(entityOf(event));
    if (!before || event.version > before.version) last.set(entityOf(event), event);
  }
  return [...last.values()];
}

/**
 * Whether D1 looked at what it was given and refused it: a constraint, a type, a size. It would refuse it again. Anything else, a missing
 * table included, says nothing about the events.
 */
export const isRefusal = (error: unknown): boolean => /SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG)/.test(String(error));

export async function apply({ brand, d1 }: Records, events: OutboxEvent[]): Promise<void> {
  const latest = newest(events);
  const sessions = ofType(latest, "session");
  const orders = ofType(latest, "order");
  const statements: D1PreparedStatement[] = [];
  if (sessions.length) statements.push(d1.prepare(SESSIONS).bind(brand, JSON.stringify(sessions)));
  if (orders.length) {
    statements.push(
      d1.prepare(ORDERS).bind(brand, JSON.stringify(orders.map((order) => ORDER_FIELDS.map((field) => order[field])))),
    );
    const paidPools = orders.filter(({ state }) => state === "paid").map(({ session, sku, store }) => ({ session, sku, store }));
    // Units may have arrived before the payment did.
    if (paidPools.length) statements.push(readyStatement(d1, brand, paidPools));
  }
  if (statements.length) await d1.batch(statements);
}
