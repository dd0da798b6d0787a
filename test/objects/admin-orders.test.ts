// Orders at the operator's desk: one with all that is known of it, wherever it lies, and pages that give each order once.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { OrderEvent, SessionEvent } from "../../contracts/events.ts";
import type { OrderDesk, OrdersPage } from "../../contracts/orders.ts";
import { ORDERS_KEPT_S } from "../../domain/order/keep.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { apply } from "../../records/apply.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { reportIncident } from "../../records/incidents.ts";
import { pageOfOrders } from "../../records/order-desk.ts";
import { collect } from "../../records/pickups.ts";
import { archiveOf, archiveOrders } from "../../workers/archive.ts";
import { call, memberToken, operatorToken, storeToken } from "./support/http.ts";
import { plansOf } from "./support/plans.ts";
import { freshId } from "./support/session.ts";

const records = recordsOf(env.DB, "fairpour");
const END = Math.floor(Date.now() / 1000) + 3600;

let session: string;
beforeEach(async () => {
  session = freshId("desk");
  // Each test has the orders to itself.
  await env.DB.batch(["orders", "archives", "sessions"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

const idOf = (number: number, of = session, pool = 1) => orderIdOf(of, pool, new Uint8Array(16).fill(number));

function order(number: number, changes: Partial<OrderEvent> = {}): OrderEvent {
  const pool = changes.pool ?? 1;
  return {
    v: 1,
    type: "order",
    order: idOf(number, changes.session, pool),
    version: 3,
    state: "paid",
    session,
    pool,
    rank: number,
    sku: "wine",
    store: "north",
    member: "m-ada",
    amountMinor: 100,
    currency: "CNY",
    payBy: END - 200,
    pickupUntil: END,
    paidAt: END - 300,
    ...changes,
  };
}

const told = (state: SessionEvent["state"]): SessionEvent => ({
  v: 1,
  type: "session",
  session,
  version: 9,
  state,
  open: END - 1000,
  line: {
    session,
    title: { "zh-CN": "试", en: "Test" },
    market: "CN",
    state,
    open: END - 1000,
    close: END - 900,
    drawAt: END - 800,
    beacon: { name: "test", local: true },
    skus: ["wine"],
    waves: [
      { no: 1, s: END - 700, payBy: END - 600, pickupUntil: END - 500, awards: 5, lapses: 0 },
      { no: 2, s: END - 500, payBy: END - 200, pickupUntil: END, awards: 1, lapses: 1 },
    ],
  },
});

const desk = async (path: string) => call("GET", `/v1/admin/orders${path}`, { token: await operatorToken() });
const page = async (query: string) => (await desk(query)).body as unknown as OrdersPage;

/** Every page of a query, as the ids on each. */
async function pages(query: string, between: () => Promise<void> = async () => undefined): Promise<string[][]> {
  const seen: string[][] = [];
  for (let after = ""; ; ) {
    const { orders, next } = await page(`${query}${after}`);
    seen.push(orders.map((one) => one.order));
    if (next === undefined) return seen;
    after = `&after=${next}`;
    await between();
  }
}

describe("one order", () => {
  it("says whose it is, which award it came from, and who handed it over", async () => {
    await apply(records, [order(1), told("awarding")]);
    await recordDelivery(records, "north", { delivery: `van-${session}`, session, sku: "wine", units: 1 }, "van", END - 100);
    await collect(records, { order: idOf(1), store: "north", serial: `S-${session}`, by: "device-7", now: END - 50 });
    const answer = await desk(`/${idOf(1)}`);
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    expect(answer.body).toEqual({
      order: idOf(1),
      state: "collected",
      session,
      pool: 1,
      sku: "wine",
      store: "north",
      rank: 1,
      amountMinor: 100,
      currency: "CNY",
      payBy: END - 200,
      pickupUntil: END,
      paidAt: END - 300,
      member: "m-ada",
      award: { wave: 2, at: END - 500 },
      collected: { at: END - 50, store: "north", serial: `S-${session}`, by: "device-7" },
    });
  });

  it("names no wave that D1 has not heard of", async () => {
    await apply(records, [order(1), { ...told("awarding"), line: { ...told("awarding").line, waves: [] } }]);
    expect((await desk(`/${idOf(1)}`)).body).not.toHaveProperty("award");
  });

  it("says which incident it has to do with", async () => {
    await apply(records, [order(1)]);
    const incident = { incident: `short-${session}`, session, store: "north", kind: "shortage", note: null } as const;
    const report = { ...incident, decideBy: END, skus: [{ sku: "wine", units: 0 }], at: END - 100, by: "operator" };
    await reportIncident(records, report, crypto.randomUUID());
    const said = { incident: `short-${session}`, kind: "shortage", decideBy: END, open: true };
    expect((await desk(`/${idOf(1)}`)).body.incident).toEqual(said);
    expect((await page(`?session=${session}`)).orders.map((one) => one.incident)).toEqual([said]);
  });

  it("is found in the archive as it was, and stands on no page", async () => {
    await apply(records, [order(1), order(2, { state: "lapsed", paidAt: null })]);
    await recordDelivery(records, "north", { delivery: `van-${session}`, session, sku: "wine", units: 1 }, "van", END - 100);
    await collect(records, { order: idOf(1), store: "north", by: "device-7", now: END - 50 });
    await apply(records, [told("settled")]);
    const before = (await desk(`/${idOf(1)}`)).body;
    await archiveOrders(archiveOf(env), END + ORDERS_KEPT_S);
    expect((await desk(`/${idOf(1)}`)).body).toEqual({ ...before, archived: true });
    const { orders, archivedBefore } = await page("?limit=500");
    expect(orders).toEqual([]);
    expect(Math.abs(archivedBefore - (Date.now() / 1000 - ORDERS_KEPT_S))).toBeLessThan(60);
  });

  it.each(["nobody", "a~b", "%7E", idOf(9, "never")])("that does not exist is not found: %s", async (id) => {
    expect((await desk(`/${id}`)).body.code).toBe("not_found");
  });
});

describe("pages of orders", () => {
  const SOME: Partial<OrderEvent>[] = [
    {},
    { store: "south" },
    { sku: "plush", pool: 2 },
    { member: "m-bo", pool: 10 },
    { member: "m-bo", store: "south", state: "accepted", paidAt: null },
    { sku: "plush", member: "m-bo", state: "lapsed", paidAt: null },
  ];
  /** Two sessions whose names begin the same, three of each kind in both. */
  async function some(): Promise<OrderEvent[]> {
    const events = [session, `${session}-b`].flatMap((of, second) =>
      SOME.flatMap((changes, kind) => [0, 1, 2].map((one) => order(100 * second + 10 * kind + one, { session: of, ...changes }))),
    );
    await apply(records, events);
    return events;
  }

  it.each([
    ["", () => true],
    ["session", ({ session: of }: OrderEvent) => of === session],
    ["store=south", ({ store }: OrderEvent) => store === "south"],
    ["sku=plush", ({ sku }: OrderEvent) => sku === "plush"],
    ["state=accepted", ({ state }: OrderEvent) => state === "accepted"],
    ["member=m-bo", ({ member }: OrderEvent) => member === "m-bo"],
    ["session&store=north", ({ session: of, store }: OrderEvent) => of === session && store === "north"],
    ["session&state=lapsed", ({ session: of, state }: OrderEvent) => of === session && state === "lapsed"],
    ["session&member=m-bo", ({ session: of, member }: OrderEvent) => of === session && member === "m-bo"],
    ["store=south&member=m-bo", ({ store, member }: OrderEvent) => store === "south" && member === "m-bo"],
    ["store=north&sku=plush&state=paid", (one: OrderEvent) => one.store === "north" && one.sku === "plush" && one.state === "paid"],
    ["store=nowhere", () => false],
  ])("of %j have each of those that fit once, whatever their length", async (words, fits) => {
    const wanted = (await some()).filter(fits).map((one) => one.order);
    const query = words.replace(/\bsession\b/, `session=${session}`);
    for (const limit of [1, 4, 500]) {
      const seen = await pages(`?limit=${limit}&${query}`);
      expect(seen.flat().sort()).toEqual([...wanted].sort());
      for (const ids of seen) expect(ids.length).toBeLessThanOrEqual(limit);
      expect(seen.length).toBe(Math.max(1, Math.ceil(wanted.length / limit)));
    }
  });

  it("give each order that was there from the start once, while others are added in front and behind", async () => {
    let number = 0;
    const ways = fc.constantFrom("", "&store=north", "&member=m-ada", "&session");
    await fc.assert(
      fc.asyncProperty(ways, fc.integer({ min: 1, max: 5 }), async (way, limit) => {
        session = freshId("desk");
        const more = () => {
          number++;
          return order(number % 256, { session: `${session}${number % 2 ? "" : "-b"}`, pool: 1 + (number % 12) });
        };
        const first = Array.from({ length: 12 }, more);
        await env.DB.prepare("DELETE FROM orders").run();
        await apply(records, first);
        const query = `?limit=${limit}${way.replace("session", `session=${session}`)}`;
        const seen = (await pages(query, () => apply(records, number % 40 ? [more(), more()] : []))).flat();
        expect(new Set(seen).size).toBe(seen.length);
        const wanted = first.filter((one) => way !== "&session" || one.session === session).map((one) => one.order);
        expect(wanted.filter((id) => !seen.includes(id))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it("look at so many orders and no more: a rare one comes after pages that are empty", async () => {
    await apply(records, [...Array.from({ length: 9 }, (_, at) => order(at)), order(9, { state: "accepted", paidAt: null })]);
    const found: string[][] = [];
    for (let after: string | undefined; ; ) {
      const query = { session, state: "accepted" as const, limit: 5, ...(after === undefined ? {} : { after }) };
      const { rows, next } = await pageOfOrders(records, query, 4);
      found.push(rows.map((row) => row.order));
      if (next === undefined) break;
      after = next;
    }
    expect(found).toEqual([[], [], [idOf(9)]]);
  });

  it("are a hundred orders long unless said, and five hundred at most", async () => {
    const many = Array.from({ length: 501 }, (_, at) => order(at % 256, { pool: 1 + (at >> 8) }));
    await apply(records, many);
    expect([(await page("")).orders.length, (await page("?limit=500")).orders.length]).toEqual([100, 500]);
  });

  it.each([
    ["limit=0", "/limit"],
    ["limit=501", "/limit"],
    ["after=x", "/after"],
    ["state=eaten", "/state"],
    ["session=UPPER", "/session"],
    ["store=%20", "/store"],
    ["member=", "/member"],
    ["page=2", "/page"],
  ])("refuse %s with a pointer to it", async (words, pointer) => {
    const answer = await desk(`?${words}`);
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_input"]);
    expect((answer.body.errors as { pointer: string }[])[0]?.pointer).toBe(pointer);
  });

  it("are read along an index, whatever is asked for: nothing is scanned and nothing sorted", async () => {
    const all = { session, store: "north", sku: "wine", state: "paid", member: "m-ada", after: idOf(1) } as const;
    const names = Object.keys(all) as (keyof typeof all)[];
    const plans = new Map<string, string>();
    for (let some = 0; some < 2 ** names.length; some++) {
      const chosen = names.filter((_, at) => (some >> at) & 1);
      const query = { limit: 9, ...Object.fromEntries(chosen.map((name) => [name, all[name]])) };
      for (const [sql, steps] of await plansOf((wrapped) => pageOfOrders(wrapped, query)))
        plans.set(`${chosen.join(" ")}: ${sql}`, steps.join("; "));
    }
    const along = [...plans].map(([words, plan]) => [
      words,
      /^SEARCH orders USING (?:COVERING )?(INDEX \w+|PRIMARY KEY) [^;]*$/.exec(plan)?.[1] ?? plan,
    ]);
    const best = (words: string) =>
      words.includes("member") ? "INDEX orders_of_member" : words.includes("store") ? "INDEX orders_of_store" : "PRIMARY KEY";
    expect(along).toEqual([...plans.keys()].map((words) => [words, best(words.split(":")[0] as string)]));
  });
});

describe("orders at the operator's desk", () => {
  it.each(["", `/${idOf(1, "some")}`])("are for operators only: %s", async (path) => {
    for (const token of [await memberToken("ada"), await storeToken("north")])
      expect((await call("GET", `/v1/admin/orders${path}`, { token })).body.code).toBe("wrong_role");
  });

  it("hold nothing of a person but the member's id", async () => {
    await apply(records, [order(1), told("awarding")]);
    const known: (keyof OrderDesk)[] = [
      ...["order", "state", "session", "pool", "sku", "store", "rank", "amountMinor", "currency", "payBy", "pickupUntil"],
      ...["paidAt", "member", "award"],
    ] as (keyof OrderDesk)[];
    expect(Object.keys((await page("")).orders[0] ?? {}).sort()).toEqual([...known].sort());
  });
});
