// Incidents as operators record, end and see them. What a member chooses in one is in choices.ts.
import { and, asc, eq, inArray } from "drizzle-orm";
import type { IncidentDesk, IncidentEvent, IncidentKind } from "../contracts/incidents.ts";
import { withoutUnit } from "../domain/order/incident.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { queuesOf } from "./choices.ts";
import type { Records } from "./database.ts";
import { readyStatement } from "./deliveries.ts";
import { incidentEvents, incidents } from "./schema.ts";

export type Report = {
  incident: string;
  session: string;
  store: string;
  kind: IncidentKind;
  note: string | null;
  decideBy: number;
  /** What the store will hand over of each SKU, in all. */
  skus: { sku: string; units: number }[];
  at: number;
  by: string;
};

/** All SKUs or none: not where another incident is open for one of them. ?10 is [[sku, units], …]; CROSS JOIN reads it once. */
const RECORD = `
INSERT INTO incidents (brand, incident, sku, session, store, kind, units, note, decide_by, at, by)
SELECT ?1, ?2, e.value ->> 0, ?3, ?4, ?5, e.value ->> 1, ?6, ?7, ?8, ?9 FROM json_each(?10) AS e
WHERE NOT EXISTS (SELECT 1 FROM json_each(?10) AS k CROSS JOIN incidents AS i INDEXED BY incidents_open
  ON i.brand = ?1 AND i.session = ?3 AND i.sku = k.value ->> 0 AND i.store = ?4 AND i.ended_at IS NULL)
ON CONFLICT DO NOTHING`;

/** The first event of an incident. */
const REPORTED = `
INSERT INTO incident_events (brand, incident, seq, id, event, from_store, at, by)
SELECT brand, incident, 1, ?3, 'reported', store, at, by FROM incidents WHERE brand = ?1 AND incident = ?2 LIMIT 1
ON CONFLICT DO NOTHING`;

/** Orders that were ready and for which no unit is left: nobody shall travel for them. The worst ranks of those that were not handed over. */
const NOT_READY = `
UPDATE orders SET state = 'paid' WHERE brand = ?1 AND state = 'ready' AND order_id IN (
  SELECT order_id FROM (
    SELECT o.order_id, i.units, row_number() OVER (PARTITION BY o.sku
      ORDER BY CASE o.state WHEN 'collected' THEN 0 WHEN 'ready' THEN 1 ELSE 2 END, o.rank, o.order_id) AS place
    FROM incidents AS i CROSS JOIN orders AS o INDEXED BY orders_of_store
      ON o.brand = i.brand AND o.store = i.store AND o.session = i.session AND o.sku = i.sku
    WHERE i.brand = ?1 AND i.incident = ?2 AND i.ended_at IS NULL AND o.state IN ('paid', 'ready', 'collected')
  ) WHERE place > units)`;

/** Records an incident once, in one batch with what follows from it. `id` is random. */
export async function reportIncident(
  records: Records,
  report: Report,
  id: string,
): Promise<Outcome<IncidentDesk, "incident_open" | "incident_differs">> {
  const { brand, d1 } = records;
  const { incident, session, store, kind, note, decideBy, skus, at, by } = report;
  const units = JSON.stringify(skus.map((one) => [one.sku, one.units]));
  await d1.batch([
    d1.prepare(RECORD).bind(brand, incident, session, store, kind, note, decideBy, at, by, units),
    d1.prepare(REPORTED).bind(brand, incident, id),
    d1.prepare(NOT_READY).bind(brand, incident),
  ]);
  const desk = await incidentDesk(records, incident);
  if (!desk) return refuse("incident_open");
  const unitsOf = (list: { sku: string; units: number }[]) =>
    JSON.stringify(list.map((one) => [one.sku, one.units]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  const isSame =
    desk.session === session &&
    desk.store === store &&
    desk.kind === kind &&
    (desk.note ?? null) === note &&
    unitsOf(desk.skus) === unitsOf(skus);
  return isSame ? ok(desk) : refuse("incident_differs");
}

const ENDED = `
INSERT INTO incident_events (brand, incident, seq, id, event, from_store, at, by)
SELECT ?1, ?2, 1 + (SELECT max(seq) FROM incident_events WHERE brand = ?1 AND incident = ?2), ?3, 'ended', store, ?4, ?5
FROM incidents WHERE brand = ?1 AND incident = ?2 AND ended_at IS NULL LIMIT 1`;

/** Ends an incident: the store has its units again, and who waited gets one as deliveries say. Ending it again changes nothing. */
export async function endIncident(
  records: Records,
  incident: string,
  { id, at, by }: { id: string; at: number; by: string },
): Promise<IncidentDesk | undefined> {
  const { brand, d1 } = records;
  const desk = await incidentDesk(records, incident);
  if (!desk) return undefined;
  const { session, store, skus } = desk;
  await d1.batch([
    d1.prepare(ENDED).bind(brand, incident, id, at, by),
    d1
      .prepare("UPDATE incidents SET ended_at = ?3 WHERE brand = ?1 AND incident = ?2 AND ended_at IS NULL")
      .bind(brand, incident, at),
    readyStatement(
      d1,
      brand,
      skus.map(({ sku }) => ({ session, sku, store })),
    ),
  ]);
  return incidentDesk(records, incident);
}

export async function incidentsOfSession(records: Records, session: string): Promise<IncidentDesk[]> {
  const { brand, db } = records;
  const rows = await db
    .selectDistinct({ incident: incidents.incident })
    .from(incidents)
    .where(and(eq(incidents.brand, brand), eq(incidents.session, session)));
  return desksOf(
    records,
    rows.map(({ incident }) => incident),
  );
}

const incidentDesk = async (records: Records, incident: string): Promise<IncidentDesk | undefined> =>
  (await desksOf(records, [incident]))[0];

/** At most a hundred of them are read: more incidents than a session has. */
async function desksOf(records: Records, ids: string[]): Promise<IncidentDesk[]> {
  const { brand, db } = records;
  if (ids.length === 0) return [];
  const some = ids.slice(0, 90);
  const [rows, events] = await db.batch([
    db
      .select()
      .from(incidents)
      .where(and(eq(incidents.brand, brand), inArray(incidents.incident, some)))
      .orderBy(asc(incidents.at), asc(incidents.incident), asc(incidents.sku)),
    db
      .select()
      .from(incidentEvents)
      .where(and(eq(incidentEvents.brand, brand), inArray(incidentEvents.incident, some)))
      .orderBy(asc(incidentEvents.incident), asc(incidentEvents.seq)),
  ]);
  const open = rows.filter(({ endedAt }) => endedAt === null);
  const queues = await queuesOf(records, open);
  return [...Map.groupBy(rows, ({ incident }) => incident)].map(([incident, parts]) => {
    const { session, store, kind, note, decideBy, at, by, endedAt } = parts[0] as (typeof parts)[number];
    const own = events.filter((event) => event.incident === incident);
    const choiceOf = (order: string) => own.findLast((event) => event.order === order)?.event;
    return {
      incident,
      session,
      store,
      kind,
      ...(note === null ? {} : { note }),
      decideBy,
      at,
      by,
      ...(endedAt === null ? {} : { endedAt }),
      skus: parts.map(({ sku, units }) => ({
        sku,
        units,
        choosing: (endedAt === null ? withoutUnit(queues(session, sku, store), units) : []).map(({ order, rank }) => {
          const choice = choiceOf(order) as IncidentDesk["skus"][number]["choosing"][number]["choice"];
          return { order, rank, ...(choice ? { choice } : {}) };
        }),
      })),
      events: own.map(eventView),
    };
  });
}

const eventView = ({ seq, event, order, from, to, at, by }: typeof incidentEvents.$inferSelect): IncidentEvent => ({
  seq,
  event,
  ...(order === null ? {} : { order }),
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
  at,
  by,
});
