// The feed of a shop that was there before goes on under its numbers: what it told of stays, and from then on it tells of more.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { ROOT } from "../../scripts/local/bundle.ts";

const FOLDER = join(ROOT, "migrations/d1");
/** The step that gives the feed incidents and moved orders. */
const STEP = "0008_feed_of_incidents.sql";
const steps = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), "utf8") }));

it("an incident that was reported before is not told of, what comes after is, and every event of before keeps its place", () => {
  const database = new DatabaseSync(":memory:");
  const events = () => database.prepare("SELECT seq, type, entity FROM events ORDER BY seq").all();
  const happened = (seq: number, event: string) =>
    database.exec(
      `INSERT INTO incident_events (brand, incident, seq, id, event, at, by) VALUES ('b', 'short-1', ${seq}, '${seq}', '${event}', 1, 'o')`,
    );
  for (const { sql } of steps.filter(({ name }) => name < STEP)) database.exec(sql);
  database.exec(
    `INSERT INTO orders VALUES ('b', 'o', 3, 'paid', 's', 1, 0, 'wine', 'north', 'm', 1, 'CNY', 1, 2, 1, NULL, NULL, NULL, 0)`,
  );
  database.exec(`INSERT INTO incidents VALUES ('b', 'short-1', 'wine', 's', 'north', 'shortage', 0, NULL, 1, 1, 'o', NULL)`);
  happened(1, "reported");
  database.exec("UPDATE orders SET store = 'south'");
  const before = [{ seq: 1, type: "order.paid", entity: "order/o" }];
  expect(events()).toEqual(before);

  for (const { sql } of steps.filter(({ name }) => name >= STEP)) database.exec(sql);
  expect(events()).toEqual(before);
  database.exec("UPDATE orders SET store = 'east'");
  database.exec("UPDATE orders SET state = 'ready'");
  happened(2, "ended");
  expect(events()).toEqual([
    ...before,
    { seq: 2, type: "order.moved", entity: "order/o" },
    { seq: 3, type: "order.ready", entity: "order/o" },
    { seq: 4, type: "incident.ended", entity: "incident/short-1" },
  ]);
});
