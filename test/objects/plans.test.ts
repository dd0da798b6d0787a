// Queries that run with every payment, hand-over, list and night: none reads all orders that there are, however many that will be.
import { beforeEach, expect, it } from "vitest";
import { apply } from "../../records/apply.ts";
import { moveOut, nextPart, type Part } from "../../records/archive.ts";
import { choose, freeUnits, queuesOf } from "../../records/choices.ts";
import { claimsBeside } from "../../records/claims.ts";
import type { Records } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { endIncident, type Report, reportIncident } from "../../records/incidents.ts";
import { ordersAtDesk } from "../../records/order-desk.ts";
import { withIncidents } from "../../records/order-incidents.ts";
import { closeOrders, findOrder, type OrderRow, ordersOfMember, ordersOfStore, orderView } from "../../records/orders.ts";
import { clearCodeTries, collect, findByTail, takeCodeTry } from "../../records/pickups.ts";
import { orderEvent, orderId } from "./support/order-event.ts";
import { plansOf } from "./support/plans.ts";
import { freshId } from "./support/session.ts";

let session: string;
let order: OrderRow;
beforeEach(async () => {
  session = freshId("plans");
  await plansOf(async (records) => {
    await apply(records, [orderEvent(session, 1, 3, "paid")]);
    order = (await findOrder(records, orderId(session, 1))) as OrderRow;
  });
});

const part = (kind: "orders" | "deliveries") => async (records: Records) => {
  await recordDelivery(records, "north", { delivery: `car-${session}`, session, sku: "wine", units: 1 }, "car", 60);
  await moveOut(records, (await nextPart(records, session, kind, 10)) as Part, "hash", 1);
};

const claims = () => ({ session, stock: session, open: 1, close: 2, skus: [{ sku: "wine", units: 1, stores: ["north"] }] });
const shortage = (): Report => ({
  incident: `short-${session}`,
  session,
  store: "north",
  kind: "shortage",
  note: null,
  decideBy: 90,
  skus: [{ sku: "wine", units: 1 }],
  at: 60,
  by: "ann",
});
const endAfterReport = async (records: Records) => {
  await reportIncident(records, shortage(), "an-id");
  await endIncident(records, shortage().incident, { id: "another-id", at: 70, by: "ann" });
};
const choice = (to?: { store: string; pool: number; units: number; final: boolean }) => (records: Records) =>
  choose(records, { order, incident: "nothing", choice: to ? "move" : "refund", to, by: "m-1", now: 60, id: "an-id" });

it.each<[string, (records: Records) => Promise<unknown>]>([
  ["an order that is paid", (records) => apply(records, [orderEvent(session, 2, 3, "paid")])],
  [
    "units that arrive",
    (records) => recordDelivery(records, "north", { delivery: `van-${session}`, session, sku: "wine", units: 1 }, "van", 60),
  ],
  ["a hand-over", (records) => collect(records, { order: order.order, store: "north", serial: session, by: "device", now: 70 })],
  ["an order's last characters", (records) => findByTail(records, "north", "abcdef")],
  ["a code that is tried", (records) => takeCodeTry(records, order.order)],
  ["a code that was right", (records) => clearCodeTries(records, order.order)],
  ["a member's orders", (records) => ordersOfMember(records, "m-1")],
  ["a store's orders", (records) => ordersOfStore(records, "north")],
  ["orders with their incidents", (records) => withIncidents(records, [orderView(order)], 60)],
  ["orders at the operator's desk", (records) => ordersAtDesk(records, [order], 60)],
  ["an incident that is reported", (records) => reportIncident(records, shortage(), "an-id")],
  ["an incident that ends", endAfterReport],
  ["who chooses where a store is short", (records) => queuesOf(records, [{ session, sku: "wine", store: "north", incident: "i" }])],
  [
    "where there are units left",
    (records) => freeUnits(records, { session, sku: "wine" }, [{ store: "south", pool: 2, units: 1, final: true }]),
  ],
  ["a choice to move", choice({ store: "south", pool: 2, units: 1, final: true })],
  ["a choice of the money", choice()],
  ["the end of a session", (records) => closeOrders(records, session, 2000)],
  ["orders that move to the archive", part("orders")],
  ["deliveries that move to the archive", part("deliveries")],
  ["sessions of the same stock", (records) => claimsBeside(records, claims(), 1)],
])("%s: every step goes along more of an index than the brand, and JSON is read once", async (_, work) => {
  const plans = await plansOf(work);
  expect(plans.size).toBeGreaterThan(0);
  const slow = [...plans].flatMap(([sql, steps]) => {
    const tables = steps.filter((step) => /^(?:SEARCH|SCAN) /.test(step));
    const wide = tables.filter(
      (step) =>
        /USING [A-Z ]*(?:PRIMARY KEY|INDEX \w+) \(brand=\?\)/.test(step) ||
        /^SCAN (?:orders|deliveries|items|claims|incidents|incident_events|[cdeiopst])$/.test(step),
    );
    // Rows of a list of JSON are the outer loop: a step before it in the same query would read it once for each of its rows.
    const inner = steps.filter((step, at) => /^SCAN \w+ VIRTUAL TABLE/.test(step) && /^SEARCH /.test(steps[at - 1] ?? ""));
    return [...wide, ...inner].map((step) => `${step} in ${sql}`);
  });
  expect(slow).toEqual([]);
});
