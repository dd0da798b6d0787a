// D1: events applied twice or late change nothing; deliveries ready the best ranks; a hand-over happens once.
import { env } from "cloudflare:workers";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { OrderEvent } from "../../contracts/events.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { apply } from "../../records/apply.ts";
import * as catalogTables from "../../records/catalog-tables.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { closeOrders, findOrder } from "../../records/orders.ts";
import { clearCodeTries, collect, takeCodeTry } from "../../records/pickups.ts";
import * as planning from "../../records/planning-tables.ts";
import * as schema from "../../records/schema.ts";
import { freshId } from "./support/session.ts";

const records = recordsOf(env.DB, "fairpour");
const NOW = 1_800_000_000;

let session: string;
beforeEach(() => {
  session = freshId("r");
});

const order = (rank: number): string => orderIdOf(session, 1, new Uint8Array(16).fill(rank));

const event = (rank: number, changes: Partial<OrderEvent> = {}): OrderEvent => ({
  v: 1,
  type: "order",
  order: order(rank),
  version: 2,
  state: "accepted",
  session,
  pool: 1,
  rank,
  sku: "wine",
  store: "north",
  member: "m-1",
  amountMinor: 100,
  currency: "CNY",
  payBy: NOW + 100,
  pickupUntil: NOW + 1000,
  paidAt: null,
  ...changes,
});
const paid = (rank: number): OrderEvent => event(rank, { version: 3, state: "paid", paidAt: NOW });
const stateOf = async (rank: number) => (await findOrder(records, order(rank)))?.state;
const delivery = (units: number, id = `van-${units}`) => ({ delivery: `${id}-${session}`, session, sku: "wine", units });

describe("applying events", () => {
  it.each([
    ["in order", () => [event(0), paid(0)]],
    ["twice", () => [event(0), paid(0), event(0), paid(0)]],
    ["in the wrong order", () => [paid(0), event(0)]],
  ])("%s ends in the newest state", async (_, events) => {
    for (const single of events()) await apply(records, [single]);
    expect(await stateOf(0)).toBe("paid");
  });

  it("takes many versions of one order in one batch", async () => {
    await apply(records, [event(0), paid(0), event(1), event(1, { version: 3, state: "lapsed" })]);
    expect([await stateOf(0), await stateOf(1)]).toEqual(["paid", "lapsed"]);
  });

  it("never takes back what D1 decided after the payment", async () => {
    await apply(records, [paid(0)]);
    await recordDelivery(records, "north", delivery(1), "device", NOW);
    await collect(records, { order: order(0), store: "north", by: "device", now: NOW });
    await apply(records, [event(0), paid(0)]);
    expect(await stateOf(0)).toBe("collected");
  });
});

describe("units that arrive", () => {
  it("ready the paid orders of best rank, as many as there are units", async () => {
    await apply(records, [paid(2), paid(0), paid(1), event(3)]);
    expect(await recordDelivery(records, "north", delivery(2), "device", NOW)).toEqual({
      ok: true,
      value: { delivery: `van-2-${session}`, received: 2, ready: 2 },
    });
    expect(await Promise.all([0, 1, 2, 3].map(stateOf))).toEqual(["ready", "ready", "paid", "accepted"]);
  });

  it("before the payment wait for it", async () => {
    await recordDelivery(records, "north", delivery(1), "device", NOW);
    await apply(records, [event(0), paid(0)]);
    expect(await stateOf(0)).toBe("ready");
  });

  it("under the same delivery id count once, and another content under that id is refused", async () => {
    await apply(records, [paid(0), paid(1)]);
    const first = await recordDelivery(records, "north", delivery(1), "device", NOW);
    expect(await recordDelivery(records, "north", delivery(1), "device", NOW + 5)).toEqual(first);
    expect(await recordDelivery(records, "north", delivery(2, "van-1"), "device", NOW)).toEqual({
      ok: false,
      refusal: "delivery_differs",
    });
    expect(await Promise.all([0, 1].map(stateOf))).toEqual(["ready", "paid"]);
  });

  it("that were handed over do not ready another order", async () => {
    await apply(records, [paid(0), paid(1)]);
    await recordDelivery(records, "north", delivery(1), "device", NOW);
    await collect(records, { order: order(0), store: "north", by: "device", now: NOW });
    await recordDelivery(records, "north", delivery(1, "van-1"), "device", NOW);
    expect(await stateOf(1)).toBe("paid");
  });
});

describe("a hand-over", () => {
  const ready = async () => {
    await apply(records, [paid(0), paid(1)]);
    await recordDelivery(records, "north", delivery(2), "device", NOW);
  };
  const hand = (rank: number, changes: object = {}) =>
    collect(records, { order: order(rank), store: "north", by: "device", now: NOW + 5, ...changes });

  it("happens once; a second scan says when and where and changes nothing", async () => {
    await ready();
    expect(await hand(0, { serial: `S-${session}` })).toMatchObject({ ok: true, value: { state: "collected" } });
    const before = await findOrder(records, order(0));
    expect(await hand(0, { serial: "other", now: NOW + 50, by: "another" })).toEqual({
      ok: false,
      refusal: { code: "already_collected", collected: { at: NOW + 5, store: "north", serial: `S-${session}` } },
    });
    expect(await findOrder(records, order(0))).toEqual(before);
  });

  it("is one of two that are tried at the same moment", async () => {
    await ready();
    const outcomes = await Promise.all([hand(0, { by: "a" }), hand(0, { by: "b" })]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it.each([
    ["at another store", { store: "south" }, "not_found"],
    ["after its window", { now: NOW + 1000 }, "pickup_expired"],
    ["of an unknown order", { order: orderIdOf("nobody", 1, new Uint8Array(16)) }, "not_found"],
  ])("%s is refused", async (_, changes, code) => {
    await ready();
    expect(await hand(0, changes)).toMatchObject({ ok: false, refusal: { code } });
    expect(await stateOf(0)).toBe("ready");
  });

  it.each([
    ["an unpaid order", () => event(0), "not_paid"],
    ["an order whose unit has not arrived", () => paid(0), "not_ready"],
    ["a lapsed order", () => event(0, { version: 3, state: "lapsed" }), "not_paid"],
  ])("of %s is refused", async (_, given, code) => {
    await apply(records, [given()]);
    expect(await hand(0)).toMatchObject({ ok: false, refusal: { code } });
  });

  it("with a serial that the SKU knows from another order changes nothing at all", async () => {
    await ready();
    await hand(0, { serial: `twice-${session}` });
    expect(await hand(1, { serial: `twice-${session}` })).toEqual({ ok: false, refusal: { code: "serial_used" } });
    expect(await stateOf(1)).toBe("ready");
    expect(await hand(1, { serial: `once-${session}` })).toMatchObject({ ok: true });
  });
});

describe("code tries", () => {
  it("are five per order, also when two hundred guesses come at once, and come back after a right one", async () => {
    await apply(records, [paid(0)]);
    const taken = await Promise.all(Array.from({ length: 200 }, () => takeCodeTry(records, order(0))));
    expect(taken.filter(Boolean)).toHaveLength(5);
    await clearCodeTries(records, order(0));
    expect(await takeCodeTry(records, order(0))).toBe(true);
  });
});

describe("closing a session's orders", () => {
  it("refunds what was not collected in time and counts, the same on a repeat", async () => {
    await apply(records, [paid(0), paid(1), event(2)]);
    await recordDelivery(records, "north", delivery(1), "device", NOW);
    await collect(records, { order: order(0), store: "north", by: "device", now: NOW });
    expect(await closeOrders(records, session, NOW + 999)).toEqual({ handedOver: 1, refunded: 0 });
    const closed = await closeOrders(records, session, NOW + 1000);
    expect(closed).toEqual({ handedOver: 1, refunded: 1 });
    expect(await closeOrders(records, session, NOW + 2000)).toEqual(closed);
  });
});

describe("the schema", () => {
  it.each(
    Object.values({ ...schema, ...catalogTables, ...planning }).map(
      (table) => [getTableConfig(table).name, getTableConfig(table)] as const,
    ),
  )("of %s is the same in SQL and in Drizzle", async (name, config) => {
    const { results } = await env.DB.prepare(`PRAGMA table_info(${name})`).all<{
      name: string;
      type: string;
      notnull: number;
      pk: number;
    }>();
    const inSql = results.map((column) => [column.name, column.type, column.notnull === 1]);
    const inDrizzle = config.columns.map((column) => [column.name, column.getSQLType().toUpperCase(), column.notNull]);
    expect(inDrizzle).toEqual(inSql);
    const key = results
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name);
    expect(config.primaryKeys.flatMap(({ columns }) => columns.map((column) => column.name))).toEqual(key);
  });
});
