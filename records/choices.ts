// What winners choose whose store has no unit for them: one conditional D1 batch. What it changed says whether it happened; the rule then
// names the refusal.
import type { Choice } from "../contracts/incidents.ts";
import { type ChoiceRefusal, mayChoose, type QueuedOrder } from "../domain/order/incident.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import type { Records } from "./database.ts";
import { type PoolKey, readyStatement } from "./deliveries.ts";
import type { OrderFacts } from "./orders.ts";

/** A store to move to: its pool, and the units of it that no award can claim any more. `final`: no further wave comes. */
export type Target = { store: string; pool: number; units: number; final: boolean };

const LIVE = "('accepted', 'paid', 'ready', 'collected')";

/**
 * Units of a target that are left, as SQL. Before the last wave only those beyond its own winners are counted, less who was moved there; after
 * it every order that stands there takes one.
 */
const free = (store: string, pool: string, units: string, final: string, session: string, sku: string): string => `
(${units}) - (SELECT count(*) FROM orders AS t INDEXED BY orders_of_store WHERE t.brand = ?1 AND t.store = ${store} AND t.session = ${session} AND t.sku = ${sku}
  AND t.state IN ${LIVE} AND (${final} OR t.pool <> ${pool}))`;

const isOpenAt = (store: string, session: string, sku: string): string =>
  `EXISTS (SELECT 1 FROM incidents AS x WHERE x.brand = ?1 AND x.session = ${session} AND x.sku = ${sku} AND x.store = ${store} AND x.ended_at IS NULL)`;

/** `domain/order/incident.ts` says the same in words. */
const CHOOSE = `
WITH line AS (
  SELECT order_id, state, pickup_until, row_number() OVER (ORDER BY state = 'paid', rank, order_id) AS place
  FROM orders INDEXED BY orders_of_store WHERE brand = ?1 AND store = ?10 AND session = ?8 AND sku = ?9 AND state IN ('paid', 'ready', 'collected')
), me AS (
  SELECT l.place, i.units, i.decide_by FROM line AS l JOIN incidents AS i
    ON i.brand = ?1 AND i.incident = ?2 AND i.sku = ?9 AND i.session = ?8 AND i.store = ?10 AND i.ended_at IS NULL
  WHERE l.order_id = ?3 AND l.state = 'paid' AND l.place > i.units AND l.pickup_until > ?4
)
INSERT INTO incident_events (brand, incident, seq, id, event, order_id, from_store, to_store, at, by)
SELECT ?1, ?2, 1 + (SELECT max(seq) FROM incident_events WHERE brand = ?1 AND incident = ?2), ?7, ?6, ?3, ?10, ?11, ?4, ?5 FROM me
WHERE ?6 IS NOT (SELECT event FROM incident_events WHERE brand = ?1 AND incident = ?2 AND order_id = ?3 ORDER BY seq DESC LIMIT 1)
  AND (?11 IS NULL OR (NOT ${isOpenAt("?11", "?8", "?9")} AND ${free("?11", "?13", "?12", "?14", "?8", "?9")} > (
    SELECT count(*) FROM line AS l WHERE ?4 < me.decide_by AND l.state = 'paid' AND l.place > me.units AND l.place < me.place
      AND NOT EXISTS (SELECT 1 FROM incident_events AS e WHERE e.brand = ?1 AND e.incident = ?2 AND e.order_id = l.order_id))))`;

/** Only for the choice that the statement before has just written. */
const DONE =
  "brand = ?1 AND order_id = ?3 AND state = 'paid' AND EXISTS (SELECT 1 FROM incident_events WHERE brand = ?1 AND incident = ?2 AND order_id = ?3 AND id = ?4)";

export type ChoiceRequest = {
  /** As it was read; it stands where the choice finds it or nothing is done. */
  order: OrderFacts;
  incident: string;
  choice: Choice;
  /** Of a move. */
  to?: Target | undefined;
  by: string;
  now: number;
  /** Random. */
  id: string;
};

/** A repeat of a choice that was made gives the same answer and changes nothing. */
export async function choose(records: Records, request: ChoiceRequest): Promise<Outcome<undefined, ChoiceRefusal>> {
  const { brand, d1 } = records;
  const { order, incident, choice, to, by, now, id } = request;
  const { session, sku, store: from } = order;
  const pools = [from, ...(to ? [to.store] : [])].map((store): PoolKey => ({ session, sku, store }));
  const effect =
    choice === "move" && to
      ? [d1.prepare(`UPDATE orders SET store = ?5 WHERE ${DONE}`).bind(brand, incident, order.order, id, to.store)]
      : choice === "refund"
        ? [d1.prepare(`UPDATE orders SET state = 'refunded' WHERE ${DONE}`).bind(brand, incident, order.order, id)]
        : [];
  const values = [brand, incident, order.order, now, by, choice, id, session, sku, from];
  const target = [to?.store ?? null, to?.units ?? null, to?.pool ?? null, to?.final ? 1 : 0];
  const [written] = await d1.batch([
    d1.prepare(CHOOSE).bind(...values, ...target),
    ...effect,
    // A unit that is not waited for any more goes to the next; one may lie ready where the order has moved to.
    readyStatement(d1, brand, pools),
  ]);
  if ((written?.meta.changes ?? 0) > 0) return ok(undefined);
  const last = await lastChoice(records, incident, order.order);
  if (last?.event === choice && last.to === (to?.store ?? null)) return ok(undefined);
  return refuse(await refusalOf(records, request));
}

async function refusalOf(records: Records, { order, incident, to, now }: ChoiceRequest): Promise<ChoiceRefusal> {
  const { session, sku, store } = order;
  const pool = { session, sku, store };
  const open = await records.d1
    .prepare(
      `SELECT units, decide_by AS decideBy FROM incidents
      WHERE brand = ?1 AND incident = ?2 AND sku = ?3 AND session = ?4 AND store = ?5 AND ended_at IS NULL`,
    )
    .bind(records.brand, incident, sku, session, store)
    .first<{ units: number; decideBy: number }>();
  const queues = await queuesOf(records, [{ ...pool, incident }]);
  const left = to && ((await freeUnits(records, { session, sku }, [to])).get(to.store) ?? 0);
  const refusal = mayChoose({
    order: order.order,
    queue: queues(session, sku, store),
    units: open?.units,
    decideBy: open?.decideBy ?? 0,
    now,
    free: left,
  });
  return refusal ?? "incident_over";
}

/** How many units each target has left for whoever has to move. A store with an incident of its own has none. */
export async function freeUnits(
  { brand, d1 }: Records,
  { session, sku }: Omit<PoolKey, "store">,
  targets: Target[],
): Promise<Map<string, number>> {
  const value = (at: number) => `e.value ->> ${at}`;
  const { results } = await d1
    .prepare(
      `SELECT ${value(0)} AS store, ${free(value(0), value(1), value(2), value(3), "?3", "?4")} AS units FROM json_each(?2) AS e
      WHERE NOT ${isOpenAt(value(0), "?3", "?4")}`,
    )
    .bind(brand, JSON.stringify(targets.map(({ store, pool, units, final }) => [store, pool, units, final ? 1 : 0])), session, sku)
    .all<{ store: string; units: number }>();
  return new Map(results.map(({ store, units }) => [store, units]));
}

const lastChoice = ({ brand, d1 }: Records, incident: string, order: string) =>
  d1
    .prepare(
      `SELECT event, to_store AS "to" FROM incident_events WHERE brand = ?1 AND incident = ?2 AND order_id = ?3 ORDER BY seq DESC LIMIT 1`,
    )
    .bind(brand, incident, order)
    .first<{ event: Choice; to: string | null }>();

/** The orders of pools that have a unit or wait for one, and whether each has chosen in the pool's incident. */
export async function queuesOf(
  { brand, d1 }: Records,
  pools: (PoolKey & { incident: string })[],
): Promise<(session: string, sku: string, store: string) => QueuedOrder[]> {
  type Row = PoolKey & { order: string; state: string; rank: number; decided: number };
  const { results } = await d1
    .prepare(
      `SELECT o.session, o.sku, o.store, o.order_id AS "order", o.state, o.rank, EXISTS (SELECT 1 FROM incident_events AS e
          WHERE e.brand = ?1 AND e.incident = p.value ->> 3 AND e.order_id = o.order_id) AS decided
      FROM json_each(?2) AS p CROSS JOIN orders AS o INDEXED BY orders_of_store
        ON o.brand = ?1 AND o.store = p.value ->> 2 AND o.session = p.value ->> 0 AND o.sku = p.value ->> 1
      WHERE o.state IN ('paid', 'ready', 'collected')`,
    )
    .bind(brand, JSON.stringify(pools.map(({ session, sku, store, incident }) => [session, sku, store, incident])))
    .all<Row>();
  const key = (session: string, sku: string, store: string) => JSON.stringify([session, sku, store]);
  const byPool = Map.groupBy(results, ({ session, sku, store }) => key(session, sku, store));
  return (session, sku, store) =>
    (byPool.get(key(session, sku, store)) ?? []).map(({ order, state, rank, decided }) => ({
      order,
      state,
      rank,
      decided: decided === 1,
    }));
}
