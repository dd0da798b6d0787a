// A store that is short, in D1: who keeps a unit, who chooses what in which order, once, and what adds up in the end.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Choice } from "../../contracts/incidents.ts";
import { mayChoose } from "../../domain/order/incident.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { apply } from "../../records/apply.ts";
import { choose, freeUnits, queuesOf, type Target } from "../../records/choices.ts";
import { type Records, recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { endIncident, incidentsOfSession, type Report, reportIncident } from "../../records/incidents.ts";
import { withIncidents } from "../../records/order-incidents.ts";
import { closeOrders, findOrder, type OrderRow, ordersOfMember } from "../../records/orders.ts";
import { collect } from "../../records/pickups.ts";
import { faultyD1 } from "./support/ports.ts";
import { freshId, freshWorld } from "./support/session.ts";
import { world } from "./support/world.ts";

const records = recordsOf(env.DB, "fairpour");
const NOW = 1_800_000_000;
const DECIDE_BY = NOW + 500;
const POOL = { north: 1, south: 2, east: 3 } as const;
type Store = keyof typeof POOL;

let session: string;
let number = 0;
beforeEach(() => {
  freshWorld();
  session = freshId("incident");
});

const idOf = (rank: number, store: Store = "north") =>
  orderIdOf(session, POOL[store], new Uint8Array(16).fill(10 * POOL[store] + rank));

async function pay(store: Store, ...ranks: number[]): Promise<void> {
  await apply(
    records,
    ranks.map((rank) => ({
      v: 1,
      type: "order",
      order: idOf(rank, store),
      version: 3,
      state: "paid",
      session,
      pool: POOL[store],
      rank,
      sku: "wine",
      store,
      member: `m-${session}-${rank}`,
      amountMinor: 100,
      currency: "CNY",
      payBy: NOW,
      pickupUntil: NOW + 1000,
      paidAt: NOW,
    })),
  );
}

const deliver = (store: Store, units: number) =>
  recordDelivery(records, store, { delivery: `van-${session}-${++number}`, session, sku: "wine", units }, "van", NOW);

const report = (units: number, changes: Partial<Report> = {}, from: Records = records) =>
  reportIncident(
    from,
    {
      incident: `short-${session}`,
      session,
      store: "north",
      kind: "shortage",
      note: null,
      decideBy: DECIDE_BY,
      skus: [{ sku: "wine", units }],
      at: NOW,
      by: "operator",
      ...changes,
    },
    `id-${++number}`,
  );

const rowOf = async (rank: number, store: Store = "north") => (await findOrder(records, idOf(rank, store))) as OrderRow;
const states = async (...ranks: number[]) => (await Promise.all(ranks.map((rank) => rowOf(rank)))).map(({ state }) => state);
const south = (units: number, final = false): Target => ({ store: "south", pool: POOL.south, units, final });

type More = { to?: Target; now?: number; incident?: string; from?: Records };
const pick = async (
  rank: number,
  choice: Choice,
  { to, now = NOW + 1, incident = `short-${session}`, from = records }: More = {},
) => {
  const outcome = await choose(from, {
    order: await rowOf(rank),
    incident,
    choice,
    to,
    by: `m-${rank}`,
    now,
    id: `id-${++number}`,
  });
  return outcome.ok ? "ok" : outcome.refusal;
};
const move = (rank: number, units: number, more: More = {}) => pick(rank, "move", { to: south(units), ...more });
const eventsOf = async () => (await incidentsOfSession(records, session)).flatMap(({ events }) => events);
const choosing = async () => (await incidentsOfSession(records, session))[0]?.skus[0]?.choosing.map(({ order }) => order);

describe("recording a shortage", () => {
  it("leaves the units with the best ranks; who was ready beyond them is ready no longer, and no delivery makes them so", async () => {
    await pay("north", 0, 1, 2, 3);
    await deliver("north", 3);
    expect(await report(2)).toMatchObject({ ok: true });
    expect(await states(0, 1, 2, 3)).toEqual(["ready", "ready", "paid", "paid"]);
    await deliver("north", 1);
    expect(await states(0, 1, 2, 3)).toEqual(["ready", "ready", "paid", "paid"]);
    expect(await choosing()).toEqual([idOf(2), idOf(3)]);
  });

  it("takes no unit from who has it already, whatever their rank", async () => {
    await pay("north", 0, 1, 2);
    await deliver("north", 3);
    await collect(records, { order: idOf(2), store: "north", by: "device", now: NOW });
    await report(1);
    expect(await states(0, 1, 2)).toEqual(["paid", "paid", "collected"]);
    expect(await choosing()).toEqual([idOf(0), idOf(1)]);
  });

  it("concerns who pays later, too", async () => {
    await pay("north", 0);
    await report(1);
    await pay("north", 1);
    expect(await choosing()).toEqual([idOf(1)]);
  });

  it("happens once under an id; other contents, or a second incident beside an open one, are refused and change nothing", async () => {
    await pay("north", 0, 1);
    const first = await report(1);
    expect(await report(1, { at: NOW + 50, by: "another" })).toEqual(first);
    expect(await report(0)).toEqual({ ok: false, refusal: "incident_differs" });
    expect(await report(0, { incident: `other-${session}`, kind: "closure" })).toEqual({ ok: false, refusal: "incident_open" });
    expect(await incidentsOfSession(records, session)).toEqual(first.ok ? [first.value] : []);
    expect((await eventsOf()).map(({ event, by }) => [event, by])).toEqual([["reported", "operator"]]);
  });

  it("of a store that has closed leaves nobody a unit but who has it", async () => {
    await pay("north", 0, 1);
    await deliver("north", 2);
    await collect(records, { order: idOf(0), store: "north", by: "device", now: NOW });
    await report(0, { kind: "closure" });
    expect(await states(0, 1)).toEqual(["collected", "paid"]);
    expect(await collect(records, { order: idOf(1), store: "north", by: "device", now: NOW })).toMatchObject({ ok: false });
  });
});

describe("waiting", () => {
  it("is logged once, however often it is tapped, and changes nothing in the order", async () => {
    await pay("north", 0, 1);
    await report(1);
    const before = await rowOf(1);
    expect(await Promise.all([pick(1, "wait"), pick(1, "wait"), pick(1, "wait")])).toEqual(["ok", "ok", "ok"]);
    expect(await rowOf(1)).toEqual(before);
    expect(await eventsOf()).toMatchObject([
      { seq: 1, event: "reported", by: "operator", at: NOW },
      { seq: 2, event: "wait", order: idOf(1), from: "north", by: "m-1", at: NOW + 1 },
    ]);
  });

  it("ends with the incident: who waited is ready once the units are there, and nobody chooses any more", async () => {
    await pay("north", 0, 1);
    await deliver("north", 2);
    await report(1);
    await pick(1, "wait");
    const ended = { id: `id-${++number}`, at: NOW + 9, by: "operator" };
    await endIncident(records, `short-${session}`, ended);
    await endIncident(records, `short-${session}`, { ...ended, id: `id-${++number}` });
    expect(await states(0, 1)).toEqual(["ready", "ready"]);
    expect((await eventsOf()).map(({ event }) => event)).toEqual(["reported", "wait", "ended"]);
    expect(await pick(1, "refund")).toBe("incident_over");
  });
});

describe("a refund", () => {
  it("frees no unit that is not there, moves the next rank up, and counts as refunded when the session closes", async () => {
    await pay("north", 0, 1, 2);
    await deliver("north", 3);
    await report(1);
    expect(await pick(1, "refund")).toBe("ok");
    expect(await states(0, 1, 2)).toEqual(["ready", "refunded", "paid"]);
    expect(await choosing()).toEqual([idOf(2)]);
    expect(await pick(1, "refund")).toBe("ok");
    await collect(records, { order: idOf(0), store: "north", by: "device", now: NOW });
    expect(await closeOrders(records, session, NOW + 1000)).toEqual({ handedOver: 1, refunded: 2 });
  });

  it("of a better rank leaves its unit to the next, who is ready at once where it has arrived", async () => {
    await pay("north", 0, 1, 2);
    await deliver("north", 3);
    await report(2);
    await collect(records, { order: idOf(0), store: "north", by: "device", now: NOW });
    // Rank 1 has a unit and cannot choose; rank 2 has none.
    expect(await pick(1, "refund")).toBe("incident_over");
    expect(await pick(2, "refund")).toBe("ok");
    expect(await states(0, 1, 2)).toEqual(["collected", "ready", "refunded"]);
  });
});

describe("moving to another store", () => {
  it("takes the order there: ready where a unit lies, collected there and nowhere else, counted once", async () => {
    await pay("north", 0, 1);
    await deliver("south", 1);
    await report(1);
    expect(await move(1, 1)).toBe("ok");
    expect(await rowOf(1)).toMatchObject({ store: "south", state: "ready", pool: POOL.north, rank: 1 });
    expect(await collect(records, { order: idOf(1), store: "north", by: "device", now: NOW })).toMatchObject({ ok: false });
    expect(await collect(records, { order: idOf(1), store: "south", by: "device", now: NOW })).toMatchObject({ ok: true });
    expect(await closeOrders(records, session, NOW + 1000)).toEqual({ handedOver: 1, refunded: 1 });
    expect((await eventsOf()).at(-1)).toMatchObject({ event: "move", from: "north", to: "south", by: "m-1" });
  });

  it("is the same again when the reply was lost", async () => {
    await pay("north", 0, 1);
    await report(1);
    expect([await move(1, 1), await move(1, 1)]).toEqual(["ok", "ok"]);
    expect((await eventsOf()).filter(({ event }) => event === "move")).toHaveLength(1);
  });

  it("gives the last unit to the better rank: a worse one waits until that has chosen, or until the deadline", async () => {
    await pay("north", 0, 1, 2, 3);
    await report(1);
    expect(await move(3, 2)).toBe("earlier_ranks_first");
    expect(await move(1, 2)).toBe("ok");
    expect(await move(3, 2)).toBe("earlier_ranks_first");
    expect(await pick(2, "wait")).toBe("ok");
    expect(await move(3, 2)).toBe("ok");
    expect(await move(2, 2)).toBe("no_units_there");
  });

  it("does not wait for who has a unit: they have nothing to choose", async () => {
    await pay("north", 0, 1);
    await deliver("north", 1);
    await collect(records, { order: idOf(0), store: "north", by: "device", now: NOW });
    await report(0, { kind: "closure" });
    expect(await move(1, 1)).toBe("ok");
  });

  it("does not wait for anybody after the deadline", async () => {
    await pay("north", 0, 1, 2);
    await report(0);
    expect(await move(2, 1, { now: DECIDE_BY - 1 })).toBe("earlier_ranks_first");
    expect(await move(2, 1, { now: DECIDE_BY })).toBe("ok");
  });

  it("never gives out more than there is, however many ask at the same moment", async () => {
    await pay("north", 0, 1, 2, 3, 4);
    await report(0);
    const outcomes = await Promise.all([0, 1, 2, 3, 4].map((rank) => move(rank, 2, { now: DECIDE_BY })));
    expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(2);
    expect((await ordersAt("south")).length).toBe(2);
  });

  it("leaves the other store's own winners their units: before the last wave whoever has moved there, after it every order counts", async () => {
    await pay("north", 0, 1);
    await pay("south", 0, 1);
    await report(0);
    const free = async (target: Target) => (await freeUnits(records, { session, sku: "wine" }, [target])).get("south");
    expect([await free(south(1)), await free(south(3, true))]).toEqual([1, 1]);
    expect(await move(0, 1)).toBe("ok");
    expect([await free(south(1)), await free(south(3, true))]).toEqual([0, 0]);
    expect(await move(1, 1)).toBe("no_units_there");
    expect(await pick(1, "move", { to: south(3, true) })).toBe("no_units_there");
  });

  it("is not offered to a store that is short itself", async () => {
    await pay("north", 0);
    await report(0);
    await report(5, { incident: `south-${session}`, store: "south" });
    expect(await freeUnits(records, { session, sku: "wine" }, [south(3)])).toEqual(new Map());
    expect(await move(0, 3)).toBe("no_units_there");
  });
});

describe("a choice is refused, and nothing is written,", () => {
  it.each<[string, () => Promise<string>]>([
    ["to who has a unit", () => pick(0, "refund")],
    ["in an incident that does not exist", () => pick(1, "refund", { incident: "nothing-such" })],
    ["when the pickup time is over", () => pick(1, "refund", { now: NOW + 1000 })],
  ])("%s", async (_, act) => {
    await pay("north", 0, 1);
    await report(1);
    const before = [await rowOf(0), await rowOf(1)];
    expect(await act()).toBe("incident_over");
    expect([await rowOf(0), await rowOf(1)]).toEqual(before);
    expect(await eventsOf()).toHaveLength(1);
  });

  it("to who has refunded or moved already", async () => {
    await pay("north", 0, 1);
    await report(0);
    await pick(0, "refund");
    await move(1, 1);
    expect(await pick(0, "wait")).toBe("incident_over");
    expect(await move(0, 5)).toBe("incident_over");
    expect(await pick(1, "refund")).toBe("incident_over");
    expect(await states(0, 1)).toEqual(["refunded", "paid"]);
  });
});

describe("a D1 that fails", () => {
  const faulty = recordsOf(faultyD1(env.DB), "fairpour");
  it.each<["lost" | "done-but-lost", Choice]>([
    ["lost", "wait"],
    ["done-but-lost", "wait"],
    ["lost", "refund"],
    ["done-but-lost", "refund"],
    ["lost", "move"],
    ["done-but-lost", "move"],
  ])("%s: the %s that is asked for again happens once", async (fate, choice) => {
    await pay("north", 0, 1);
    for (const attempt of [1, 2]) {
      world().fate = (call) => (call === "d1.batch" && attempt === 1 ? fate : "ok");
      await report(1, {}, faulty).catch(() => undefined);
    }
    for (const attempt of [1, 2]) {
      world().fate = (call) => (call === "d1.batch" && attempt === 1 ? fate : "ok");
      const tried = pick(1, choice, { from: faulty, ...(choice === "move" ? { to: south(1) } : {}) });
      if (attempt === 1) await expect(tried).rejects.toThrow();
      else expect(await tried).toBe("ok");
    }
    expect((await eventsOf()).map(({ event }) => event)).toEqual(["reported", choice]);
    expect(await rowOf(1)).toMatchObject({
      state: choice === "refund" ? "refunded" : "paid",
      store: choice === "move" ? "south" : "north",
    });
  });
});

describe("what a member sees", () => {
  const seen = async (rank: number, now = NOW + 1) =>
    (await withIncidents(records, await ordersOfMember(records, `m-${session}-${rank}`), now))[0]?.incident;

  it("is whether they may choose, what they chose, and where their order comes from", async () => {
    await pay("north", 0, 1, 2);
    await report(1, { note: "The van was stolen." });
    const open = { incident: `short-${session}`, kind: "shortage", note: "The van was stolen.", decideBy: DECIDE_BY, open: true };
    expect([await seen(0), await seen(1), await seen(2)]).toEqual([undefined, open, open]);
    await pick(1, "wait");
    expect(await seen(1)).toEqual({ ...open, choice: "wait" });
    await move(1, 1);
    expect(await seen(1)).toEqual({ ...open, open: false, choice: "move", from: "north" });
    await pick(2, "refund");
    expect(await seen(2)).toEqual({ ...open, open: false, choice: "refund" });
    expect(await seen(2, NOW + 2000)).toMatchObject({ open: false });
  });
});

it("D1 decides as the rule says, whatever the queue, the units and who has chosen", async () => {
  const orders = fc.uniqueArray(
    fc.record({
      rank: fc.nat({ max: 6 }),
      state: fc.constantFrom("paid", "ready", "collected", "refunded"),
      decided: fc.boolean(),
    }),
    { selector: ({ rank }) => rank, minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(orders, fc.nat({ max: 4 }), fc.option(fc.nat({ max: 3 })), fc.boolean(), async (given, units, free, late) => {
      session = freshId("rule");
      const now = late ? DECIDE_BY : NOW + 1;
      await pay("north", ...given.map(({ rank }) => rank));
      await report(units);
      for (const { rank, state, decided } of given) {
        await env.DB.prepare("UPDATE orders SET state = ?2, collected_at = ?3 WHERE order_id = ?1")
          .bind(idOf(rank), state, state === "collected" ? NOW : null)
          .run();
        if (!decided) continue;
        await env.DB.prepare(
          `INSERT INTO incident_events (brand, incident, seq, id, event, order_id, at, by)
          VALUES ('fairpour', ?1, ?2, ?3, 'wait', ?4, ?5, 'm')`,
        )
          .bind(`short-${session}`, 100 + rank, `id-${++number}`, idOf(rank), NOW)
          .run();
      }
      const queues = await queuesOf(records, [{ session, sku: "wine", store: "north", incident: `short-${session}` }]);
      const { rank } = given[0] as (typeof given)[number];
      const rule = mayChoose({
        order: idOf(rank),
        queue: queues(session, "wine", "north"),
        units,
        decideBy: DECIDE_BY,
        now,
        ...(free === null ? {} : { free }),
      });
      const done = await pick(rank, free === null ? "refund" : "move", { now, ...(free === null ? {} : { to: south(free) }) });
      expect(done).toBe(rule ?? "ok");
    }),
    { numRuns: 60 },
  );
});

const ordersAt = async (store: Store) =>
  (await env.DB.prepare("SELECT order_id FROM orders WHERE session = ?1 AND store = ?2").bind(session, store).all()).results;
