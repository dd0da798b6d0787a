// A store that is short, over HTTP and with a real session: who may say so and when, who is asked, where a winner can go, and that the session
// still settles to what it drew.
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { IncidentDesk, OrderIncident } from "../../contracts/incidents.ts";
import type { OrderView } from "../../contracts/orders.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { readStores } from "../../contracts/store-csv.ts";
import { unhex } from "../../domain/bytes.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { recordsOf } from "../../records/database.ts";
import { importStores } from "../../records/stores.ts";
import { createApp } from "../../workers/app.ts";
import { storeCells } from "../support/stores-file.ts";
import { memberToken, operatorToken, storeToken } from "./support/http.ts";
import {
  announced,
  at,
  bookOf,
  CLOSE,
  freshId,
  freshWorld,
  guest,
  OPEN,
  request,
  runUntil,
  sessionOf,
  shardOfGuest,
} from "./support/session.ts";
import { world } from "./support/world.ts";

/** Wine: two units at north, three at south, one at east. */
const POOLS = [
  { sku: "wine", store: "north", stock: 2 },
  { sku: "wine", store: "south", stock: 3 },
  { sku: "wine", store: "east", stock: 1 },
];
/** Numbered by SKU and store. */
const [EAST, NORTH, SOUTH] = [1, 2, 3] as const;

beforeAll(async () => {
  const cells = [
    storeCells({ store: "north", lat: "26.5833", lng: "106.7167" }),
    storeCells({ store: "south", lat: "26.4", lng: "106.7" }),
    storeCells({ store: "east", lat: "26.6", lng: "107.5" }),
  ];
  const stores = readStores(cells.map((row, line) => ({ line, cells: row })));
  if (stores.ok) await importStores(recordsOf(env.DB, "fairpour"), stores.value, false);
});
beforeEach(() => {
  freshWorld();
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

async function call(method: string, path: string, token: string, body?: object) {
  vi.setSystemTime(world().nowMs);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await createApp(world().chains).request(path, init, env);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & { code?: string } };
}

type Winner = { name: string; order: string; rank: number };

/** Reserved by these people at these pools, drawn, accepted and paid: winners of each pool in rank order. */
async function paidSession(people: [name: string, pool: number][]) {
  const id = freshId("short");
  const M = await announced(id, {}, POOLS);
  at(OPEN);
  const leaves = new Map<string, { leaf: string; pool: number }>();
  for (const [name, pool] of people) {
    const person = guest(name, M);
    const outcome = await reserveAt(shardOfGuest(id, person), request(person, pool));
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    leaves.set(name, { pool, leaf: (JSON.parse(outcome.value.receipt) as { leaf: string }).leaf });
  }
  await runUntil(id, CLOSE + 60);
  const winners: (Winner & { pool: number })[] = [];
  for (const [at, [name, { pool, leaf }]] of [...leaves].entries()) {
    for (const book of [bookOf(id, 0), bookOf(id, 1)]) {
      const order = orderIdOf(id, pool, new Uint8Array(16).fill(at + 1));
      const accepted = await book.step({ step: "accept", pool, lh: unhex(leaf), order, member: `m-${name}` });
      if (!accepted.ok) continue;
      await book.step({ step: "pay", pool, order });
      await book.closing();
      winners.push({ name, pool, order, rank: accepted.value.rank });
    }
  }
  const of = (pool: number): Winner[] => winners.filter((one) => one.pool === pool).sort((a, b) => a.rank - b.rank);
  return { id, of };
}

const operator = operatorToken();
const report = async (id: string, changes: object = {}) =>
  call("POST", "/v1/admin/incidents", await operator, {
    incident: `short-${id}`,
    kind: "shortage",
    session: id,
    store: "north",
    sku: "wine",
    missing: 1,
    ...changes,
  });
const choose = async ({ name, order }: Winner, id: string, body: object) =>
  call("POST", `/v1/orders/${order}/choice`, await memberToken(name), { incident: `short-${id}`, ...body });
const orderOf = async ({ name, order }: Winner) =>
  (await call("GET", `/v1/orders/${order}`, await memberToken(name))).body as unknown as OrderView;
const spares = async ({ name, order }: Winner) =>
  (
    (await call("GET", `/v1/orders/${order}/stores`, await memberToken(name))).body.stores as { store: string; units: number }[]
  ).map(({ store, units }) => [store, units]);

describe("a store that is short of a unit", () => {
  it("asks the lowest rank, who moves to a store with a unit left, collects there, and the session settles to what it drew", async () => {
    const { id, of } = await paidSession([
      ["ada", NORTH],
      ["bo", NORTH],
      ["cy", SOUTH],
      ["di", EAST],
    ]);
    const [first, last] = of(NORTH) as [Winner, Winner];
    expect((await orderOf(last)).incident).toBeUndefined();
    expect(await report(id)).toMatchObject({ status: 200, body: { skus: [{ sku: "wine", units: 1 }] } });

    expect((await orderOf(first)).incident).toBeUndefined();
    expect((await orderOf(last)).incident).toMatchObject({ kind: "shortage", open: true });
    // The counter sees the same.
    const { body: counter } = await call("GET", "/v1/stores/north/orders", await storeToken("north"));
    const openAt = (counter.orders as OrderView[]).map(({ order, incident }) => [order, incident?.open]);
    expect(openAt).toEqual([
      [first.order, undefined],
      [last.order, true],
    ]);
    // South has three units and one entry; east has as many entries as units.
    expect(await spares(last)).toEqual([["south", 2]]);
    expect((await choose(first, id, { choice: "refund" })).body.code).toBe("incident_over");
    expect((await choose(last, id, { choice: "move", store: "east" })).body.code).toBe("no_units_there");
    expect((await choose(last, id, { choice: "move", store: "nowhere" })).body.code).toBe("no_units_there");

    const moved = await choose(last, id, { choice: "move", store: "south" });
    expect(moved).toMatchObject({ status: 200, body: { store: "south", state: "paid" } });
    expect((moved.body.incident as OrderIncident).from).toBe("north");
    expect(await choose(last, id, { choice: "move", store: "south" })).toEqual(moved);

    await call("POST", "/v1/stores/south/deliveries", await storeToken("south"), {
      delivery: `van-${id}`,
      session: id,
      sku: "wine",
      units: 3,
    });
    expect(await orderOf(last)).toMatchObject({ store: "south", state: "ready" });
    await runUntil(id, CLOSE + 1000);
    const desk = await sessionOf(id).desk();
    expect(desk.ok && desk.value.settled).toMatchObject({ handedOver: 0, refunded: 4, left: 2 });
  });

  it("tells the operator who chooses in which order and what happened, and ends when they say so", async () => {
    const { id, of } = await paidSession([
      ["ada", NORTH],
      ["bo", NORTH],
    ]);
    const [first, last] = of(NORTH) as [Winner, Winner];
    await report(id, { kind: "closure", sku: undefined, missing: undefined, note: "Water in the cellar." });
    expect((await choose(first, id, { choice: "wait" })).status).toBe(200);
    const { body } = await call("GET", `/v1/admin/incidents?session=${id}`, await operator);
    const [desk] = body.incidents as [IncidentDesk];
    expect(desk).toMatchObject({ kind: "closure", note: "Water in the cellar.", store: "north" });
    expect(desk.skus).toEqual([
      {
        sku: "wine",
        units: 0,
        choosing: [
          { order: first.order, rank: 0, choice: "wait" },
          { order: last.order, rank: 1 },
        ],
      },
    ]);
    expect(desk.events.map(({ event, by }) => [event, by])).toEqual([
      ["reported", "operator"],
      ["wait", `m-${first.name}`],
    ]);
    const ended = await call("POST", `/v1/admin/incidents/short-${id}/end`, await operator, {});
    expect(ended.body).toMatchObject({ endedAt: Math.floor(world().nowMs / 1000) });
    expect((await choose(last, id, { choice: "refund" })).body.code).toBe("incident_over");
  });

  it("lets nobody choose for another, and shows nobody else's order", async () => {
    const { id, of } = await paidSession([["ada", NORTH]]);
    const [ada] = of(NORTH) as [Winner];
    await report(id, { missing: 2 });
    const thief = { ...ada, name: "eve" };
    expect((await choose(thief, id, { choice: "refund" })).status).toBe(404);
    expect((await call("GET", `/v1/orders/${ada.order}/stores`, await memberToken("eve"))).status).toBe(404);
    expect(await orderOf(ada)).toMatchObject({ state: "paid" });
  });
});

describe("an incident is refused", () => {
  it("before the draw, and after the session has settled", async () => {
    const id = freshId("short");
    await announced(id, {}, POOLS);
    at(OPEN);
    expect((await report(id)).body.code).toBe("not_drawn");
    await runUntil(id, CLOSE + 2000);
    world().nowMs += 2_000;
    expect((await report(id)).body.code).toBe("session_over");
  });

  it.each([
    ["for a store that has no such pool", { store: "west" }, 404, "unknown_pool"],
    ["for another session", { session: "nobody" }, 404, "not_found"],
    ["with nothing missing", { missing: 0 }, 422, "invalid_input"],
    ["under an id that could be guessed", { incident: "1" }, 422, "invalid_input"],
    ["of a kind that there is not", { kind: "fire" }, 422, "invalid_input"],
  ])("%s", async (_, changes, status, code) => {
    const { id } = await paidSession([["ada", NORTH]]);
    const answer = await report(id, changes);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("is not found when it is ended and nobody has recorded it", async () => {
    expect((await call("POST", "/v1/admin/incidents/nothing-such/end", await operator, {})).body.code).toBe("not_found");
  });
});
