// Rows of stores that were there before keep their meaning: migrated by every step since the first.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { expect, it } from "vitest";
import { hours } from "../../contracts/stores.ts";
import { spansOn } from "../../domain/store/hours.ts";
import { ROOT } from "../../scripts/local/bundle.ts";

const FOLDER = join(ROOT, "migrations/d1");
/** The step that gives stores their weeks. */
const STEP = "0004_stores.sql";
const steps = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), "utf8") }));

it("one opening time for every day becomes the same on all seven, and what nobody said is what it was", () => {
  const database = new DatabaseSync(":memory:");
  for (const { sql } of steps.filter(({ name }) => name < STEP)) database.exec(sql);
  database.exec(`INSERT INTO stores (brand, store, market, province, city, name, address, lat, lng, time_zone, hours)
    VALUES ('b', 's', 'CN', '{}', '{}', '{}', '{}', 1, 2, 'Asia/Shanghai', '{"open":"10:00","close":"20:30"}')`);
  for (const { sql } of steps.filter(({ name }) => name >= STEP)) database.exec(sql);
  const row = database.prepare("SELECT hours, status, services, licences, pickups_per_hour, phone FROM stores").get();
  expect(row).toMatchObject({ status: "open", services: '["pickup"]', licences: "[]", pickups_per_hour: null, phone: null });
  const migrated = v.parse(hours, JSON.parse(row?.hours as string));
  for (let weekday = 0; weekday < 7; weekday++)
    expect(spansOn(migrated, { date: "2027-01-01", weekday, time: "12:00" })).toEqual([{ open: "10:00", close: "20:30" }]);
});
