// What an incident means for an order: whether its owner may choose now, and what they chose last.
import type { Choice, OrderIncident } from "../contracts/incidents.ts";
import type { OrderView } from "../contracts/orders.ts";
import type { Records } from "./database.ts";

/** Of orders ?2 those that have no unit at ?3: as many or more stand before them in their pool's open incident as the store will hand over. */
const OPEN = `
SELECT o.order_id AS "order", i.incident, i.kind, i.note, i.decide_by AS decideBy
FROM json_each(?2) AS e CROSS JOIN orders AS o ON o.brand = ?1 AND o.order_id = e.value
JOIN incidents AS i ON i.brand = ?1 AND i.session = o.session AND i.sku = o.sku AND i.store = o.store AND i.ended_at IS NULL
WHERE o.state = 'paid' AND o.pickup_until > ?3 AND i.units <= (
  SELECT count(*) FROM orders AS p INDEXED BY orders_of_store WHERE p.brand = ?1 AND p.store = o.store AND p.session = o.session AND p.sku = o.sku
    AND (p.state IN ('ready', 'collected') OR (p.state = 'paid' AND (p.rank, p.order_id) < (o.rank, o.order_id))))`;

const CHOSEN = `
SELECT o.order_id AS "order", i.incident, i.kind, i.note, i.decide_by AS decideBy, c.event AS choice, c.from_store AS "from"
FROM json_each(?2) AS e CROSS JOIN orders AS o ON o.brand = ?1 AND o.order_id = e.value
JOIN incident_events AS c INDEXED BY incident_events_of_order ON c.brand = ?1 AND c.order_id = o.order_id
JOIN incidents AS i ON i.brand = ?1 AND i.incident = c.incident AND i.sku = o.sku
ORDER BY c.at, c.seq`;

type Row = { order: string; note: string | null } & Pick<OrderIncident, "incident" | "kind" | "decideBy">;
type ChosenRow = Row & { choice: Choice; from: string };

/** Only a paid order can be concerned, and it has to have been paid to have been. */
const CONCERNED: OrderView["state"][] = ["paid", "ready", "collected", "refunded"];

const factsOf = ({ incident, kind, note, decideBy }: Row) => ({ incident, kind, decideBy, ...(note === null ? {} : { note }) });

/** The same orders; those that an incident concerns say so. `now` in Unix seconds. */
export async function withIncidents({ brand, d1 }: Records, orders: OrderView[], now: number): Promise<OrderView[]> {
  const ids = orders.flatMap(({ order, state }) => (CONCERNED.includes(state) ? [order] : []));
  if (ids.length === 0) return orders;
  const list = JSON.stringify(ids);
  const [open, chosen] = (await d1.batch([d1.prepare(OPEN).bind(brand, list, now), d1.prepare(CHOSEN).bind(brand, list)])) as [
    D1Result<Row>,
    D1Result<ChosenRow>,
  ];
  const incidents = new Map<string, OrderIncident>();
  for (const row of chosen.results) {
    const from = row.choice === "move" ? { from: row.from } : {};
    incidents.set(row.order, { ...factsOf(row), open: false, choice: row.choice, ...from });
  }
  for (const row of open.results) {
    const before = incidents.get(row.order);
    const choice = before?.incident === row.incident && before.choice ? { choice: before.choice } : {};
    incidents.set(row.order, { ...factsOf(row), open: true, ...choice });
  }
  return orders.map((view) => {
    const incident = incidents.get(view.order);
    return incident ? { ...view, incident } : view;
  });
}
