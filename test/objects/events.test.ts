// The event feed: every change once, in order, with the change or not at all; readable from any cursor that is still kept.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { OrderEvent } from "../../contracts/events.ts";
import { EVENT_TYPES } from "../../contracts/feed.ts";
import { ORDER_STATES } from "../../contracts/orders.ts";
import { STATES } from "../../contracts/sessions.ts";
import { apply } from "../../records/apply.ts";
import { choose } from "../../records/choices.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { eventsAfter, forgetEvents, newestCursor, type StoredEvent } from "../../records/events.ts";
import { endIncident, reportIncident } from "../../records/incidents.ts";
import { closeOrders, findOrder, type OrderRow } from "../../records/orders.ts";
import { collect, takeCodeTry } from "../../records/pickups.ts";
import { call, operatorToken } from "./support/http.ts";
import { orderEvent, orderId } from "./support/order-event.ts";
import { announced, CLOSE, freshId, freshWorld, runUntil } from "./support/session.ts";

beforeEach(freshWorld);

const records = recordsOf(env.DB, "fairpour");
let session = "";
let from = 0;
beforeEach(async () => {
  session = freshId("feed");
  from = await newestCursor(records);
});

const idOf = (number: number) => orderId(session, number);
const order = (number: number, version: number, state: OrderEvent["state"]) => orderEvent(session, number, version, state);

async function since(cursor = from): Promise<StoredEvent[]> {
  const page = await eventsAfter(records, cursor, 500);
  if (!page.ok) throw new Error(page.refusal);
  return page.value.events;
}
const typesSince = async () => (await since()).map(({ type }) => type);

const delivered = (delivery: string, units: number) =>
  recordDelivery(records, "north", { delivery, session, sku: "wine", units }, "device", 60);
const handOver = (number: number, serial?: string) =>
  collect(records, { order: idOf(number), store: "north", by: "device", now: 70, serial });

/** North keeps `units` of the wine. */
const short = (units: number) =>
  reportIncident(
    records,
    {
      incident: `short-${session}`,
      session,
      store: "north",
      kind: "shortage",
      note: "Somebody's words.",
      decideBy: 500,
      skus: [{ sku: "wine", units }],
      at: 80,
      by: "operator",
    },
    crypto.randomUUID(),
  );
const picked = async (number: number, choice: "wait" | "move" | "refund") =>
  choose(records, {
    order: (await findOrder(records, idOf(number))) as OrderRow,
    incident: `short-${session}`,
    choice,
    ...(choice === "move" ? { to: { store: "south", pool: 2, units: 5, final: false } } : {}),
    by: "m-1",
    now: 90,
    id: crypto.randomUUID(),
  });
const ended = () => endIncident(records, `short-${session}`, { id: crypto.randomUUID(), at: 95, by: "operator" });

describe("a change is one event", () => {
  it("for an order: accepted, paid, ready, collected, whatever is sent or done again", async () => {
    await apply(records, [order(1, 2, "accepted")]);
    await apply(records, [order(1, 2, "accepted")]);
    await apply(records, [order(1, 3, "paid")]);
    await apply(records, [order(1, 2, "accepted")]);
    await delivered("delivery-1", 1);
    await delivered("delivery-1", 1);
    await takeCodeTry(records, idOf(1));
    await handOver(1);
    await handOver(1);
    const events = await since();
    expect(events.map(({ type }) => type)).toEqual([
      "order.accepted",
      "order.paid",
      "delivery.received",
      "order.ready",
      "order.collected",
    ]);
    expect(events[4]?.data).toEqual({
      order: idOf(1),
      state: "collected",
      session,
      pool: 1,
      sku: "wine",
      store: "north",
      member: "m-1",
    });
    expect(events[2]?.data).toEqual({ delivery: "delivery-1", store: "north", session, sku: "wine", units: 1 });
  });

  it("for an order that lapses, and one that nobody collects", async () => {
    await apply(records, [order(1, 2, "accepted"), order(2, 3, "paid")]);
    await apply(records, [order(1, 3, "lapsed")]);
    await closeOrders(records, session, 2000);
    await closeOrders(records, session, 3000);
    expect((await typesSince()).sort()).toEqual(["order.accepted", "order.lapsed", "order.paid", "order.refunded"]);
  });

  it("for a store that is short: reported, each choice, ended, and nothing when it is said again", async () => {
    await apply(records, [order(1, 3, "paid"), order(2, 3, "paid"), order(3, 3, "paid")]);
    from = await newestCursor(records);
    for (const act of [() => short(0), () => picked(1, "wait"), () => picked(2, "move"), () => picked(3, "refund"), ended]) {
      await act();
      await act();
    }
    const events = await since();
    expect(events.map(({ type }) => type)).toEqual([
      "incident.reported",
      "incident.chosen",
      "incident.chosen",
      "order.moved",
      "incident.chosen",
      "order.refunded",
      "incident.ended",
    ]);
    const incident = { incident: `short-${session}`, kind: "shortage", session, store: "north" };
    const told = events.filter(({ entity }) => entity === `incident/short-${session}`).map(({ data }) => data);
    expect(told).toEqual([
      { ...incident, skus: [{ sku: "wine", units: 0 }] },
      { ...incident, order: idOf(1), choice: "wait" },
      { ...incident, order: idOf(2), choice: "move", to: "south" },
      { ...incident, order: idOf(3), choice: "refund" },
      { ...incident, skus: [{ sku: "wine", units: 0 }] },
    ]);
    expect(events[3]).toMatchObject({
      entity: `order/${idOf(2)}`,
      data: { order: idOf(2), state: "paid", store: "south", pool: 1 },
    });
    expect(JSON.stringify(events)).not.toContain("Somebody");
  });

  it("for an order that was ready and has no unit any more: it is paid, and says so after the reason", async () => {
    await apply(records, [order(1, 3, "paid")]);
    await delivered(`delivery-${session}`, 1);
    from = await newestCursor(records);
    await short(0);
    expect(await typesSince()).toEqual(["incident.reported", "order.paid"]);
  });

  it("for a session, as far as D1 hears of it, through a whole life", async () => {
    await announced(session);
    await runUntil(session, CLOSE + 1000);
    const mine = (await since()).filter(({ entity }) => entity === `session/${session}`);
    expect(mine.map(({ type }) => type)).toEqual([
      "session.announced",
      "session.open",
      "session.closed",
      "session.frozen",
      // Drawn and awarding within one move of the session: D1 hears of the second only.
      "session.awarding",
      "session.settled",
    ]);
    const versions = mine.map(({ data }) => (data as { version: number }).version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it("with an id of its own", async () => {
    await apply(
      records,
      Array.from({ length: 40 }, (_, at) => order(at, 2, "accepted")),
    );
    expect(new Set((await since()).map(({ id }) => id)).size).toBe(40);
  });
});

describe("no event is there without its change", () => {
  it("when D1 refuses the batch", async () => {
    await expect(apply(records, [order(1, 2, "accepted"), order(2, 2, "nonsense" as never)])).rejects.toThrow();
    expect(await typesSince()).toEqual([]);
  });

  it("when a choice is refused", async () => {
    await apply(records, [order(1, 3, "paid"), order(2, 3, "paid")]);
    await short(1);
    from = await newestCursor(records);
    expect(await picked(1, "refund")).toEqual({ ok: false, refusal: "incident_over" });
    expect(await typesSince()).toEqual([]);
  });

  it("when a hand-over fails for its serial", async () => {
    await apply(records, [order(1, 3, "paid"), order(2, 3, "paid")]);
    await delivered("delivery-2", 2);
    expect(await handOver(1, "A")).toMatchObject({ ok: true });
    expect(await handOver(2, "A")).toMatchObject({ ok: false });
    expect((await typesSince()).filter((type) => type === "order.collected")).toHaveLength(1);
  });
});

it("each state of a session and an order has its type, and each type is one of them", () => {
  const wanted = [
    ...STATES.filter((state) => state !== "draft").map((state) => `session.${state}`),
    "session.wave",
    ...ORDER_STATES.map((state) => `order.${state}`),
    "order.moved",
    "delivery.received",
    "incident.reported",
    "incident.chosen",
    "incident.ended",
  ];
  expect([...EVENT_TYPES].sort()).toEqual(wanted.sort());
});

describe("a reader", () => {
  it("that asks again and again from where it was sees every event once, in order, whatever is written meanwhile", async () => {
    let number = 0;
    const steps = fc.array(
      fc.oneof(fc.record({ write: fc.integer({ min: 1, max: 5 }) }), fc.record({ read: fc.integer({ min: 1, max: 7 }) })),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        session = freshId("reader");
        const start = await newestCursor(records);
        const seen: string[] = [];
        let cursor = start;
        const read = async (limit: number) => {
          const page = await eventsAfter(records, cursor, limit);
          if (!page.ok) throw new Error(page.refusal);
          seen.push(...page.value.events.map(({ id }) => id));
          cursor = page.value.next;
          return page.value.more;
        };
        for (const step of list) {
          if ("write" in step)
            await apply(
              records,
              Array.from({ length: step.write }, () => order(++number % 250, 2, "accepted")),
            );
          else await read(step.read);
        }
        while (await read(3));
        expect(seen).toEqual((await since(start)).map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });
});

describe("GET /v1/admin/events", () => {
  const ask = async (query: string) => call("GET", `/v1/admin/events${query}`, { token: await operatorToken() });

  it("gives pages with where to go on, and only the types that are wanted", async () => {
    await apply(records, [order(1, 2, "accepted"), order(2, 2, "accepted"), order(3, 3, "paid")]);
    const first = await ask(`?after=${from}&limit=2`);
    expect(first.body).toMatchObject({
      events: [{ type: "order.accepted", cursor: String(from + 1) }, {}],
      next: String(from + 2),
      more: true,
    });
    const second = await ask(`?after=${first.body.next}`);
    expect(second.body).toMatchObject({ events: [{ type: "order.paid" }], next: String(from + 3), more: false });
    expect((await ask(`?after=${second.body.next}`)).body).toEqual({ events: [], next: String(from + 3), more: false });
    const paid = await ask(`?after=${from}&types=order.paid,session.drawn`);
    expect((paid.body.events as { type: string }[]).map(({ type }) => type)).toEqual(["order.paid"]);
    expect(first.headers.get("Cache-Control")).toBe("no-store");
  });

  it("gives what happens in an incident as the API's table says it", async () => {
    await apply(records, [order(1, 3, "paid")]);
    await short(0);
    await picked(1, "move");
    await ended();
    const { body } = await ask(`?after=${from}&types=incident.reported,incident.chosen,incident.ended,order.moved`);
    expect((body.events as { type: string }[]).map(({ type }) => type)).toEqual([
      "incident.reported",
      "incident.chosen",
      "order.moved",
      "incident.ended",
    ]);
  });

  it.each([
    ["?after=x", "/after"],
    ["?after=-1", "/after"],
    ["?after=01", "/after"],
    ["?limit=0", "/limit"],
    ["?limit=501", "/limit"],
    ["?limit=1e2", "/limit"],
    ["?types=order.eaten", "/types"],
    ["?from=1", "/from"],
  ])("refuses %s with a pointer to it", async (query, pointer) => {
    const answer = await ask(query);
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_input"]);
    expect((answer.body.errors as { pointer: string }[])[0]?.pointer).toContain(pointer);
  });

  it("says when a cursor has come from elsewhere, and when events after it are no longer kept", async () => {
    await apply(records, [order(1, 2, "accepted"), order(2, 2, "accepted"), order(3, 2, "accepted")]);
    const newest = await newestCursor(records);
    expect((await ask(`?after=${newest + 1}`)).body.code).toBe("unknown_cursor");
    const ever = 4_000_000_000;
    expect(await forgetEvents(records, 0)).toBe(0);
    expect(await forgetEvents(records, ever, 20)).toBeGreaterThan(20);
    expect((await ask(`?after=${newest - 2}`)).body.code).toBe("cursor_too_old");
    // The newest is kept, so a reader that was there still goes on, and the next number is known.
    expect((await ask(`?after=${newest - 1}`)).body).toMatchObject({ events: [{ cursor: String(newest) }], next: String(newest) });
    expect((await ask("")).body).toMatchObject({ events: [{ cursor: String(newest) }] });
    await apply(records, [order(4, 2, "accepted")]);
    expect((await since(newest)).map(({ cursor }) => cursor)).toEqual([String(newest + 1)]);
  });
});
