// The nearest stores that give out a SKU: from published files and a list of stores that is read once; odds only once the seal says how many.
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { counted } from "../../bench/worker/counted.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { readStores } from "../../contracts/store-csv.ts";
import type { NearestReply } from "../../contracts/stores.ts";
import { recordsOf } from "../../records/database.ts";
import { importStores } from "../../records/stores.ts";
import { createApp } from "../../workers/app.ts";
import { storeCells } from "../support/stores-file.ts";
import { announced, at, CLOSE, freshId, freshWorld, guest, OPEN, request, runUntil, shardOfGuest } from "./support/session.ts";
import { world } from "./support/world.ts";

const PLACES = {
  guiyang: { lat: "26.5833", lng: "106.7167" },
  zunyi: { lat: "27.6867", lng: "106.9072" },
  beijing: { lat: "39.9075", lng: "116.3972" },
};
const POOLS = [
  { sku: "wine", store: "beijing", stock: 5 },
  { sku: "wine", store: "guiyang", stock: 2 },
  { sku: "wine", store: "zunyi", stock: 0 },
  { sku: "wine", store: "shut", stock: 3 },
  { sku: "wine", store: "unknown", stock: 3 },
  { sku: "plush", store: "zunyi", stock: 1 },
];

beforeAll(async () => {
  const cells = [
    ...Object.entries(PLACES).map(([store, place]) => storeCells({ store, ...place })),
    storeCells({ store: "shut", status: "closed", ...PLACES.guiyang }),
  ];
  const stores = readStores(cells.map((row, at) => ({ line: at + 2, cells: row })));
  if (!stores.ok) throw new Error(JSON.stringify(stores.refusal));
  await importStores(recordsOf(env.DB, "fairpour"), stores.value, false);
});
beforeEach(() => {
  freshWorld();
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

const ask = async (path: string, from: Env = env) => {
  vi.setSystemTime(world().nowMs);
  const response = await createApp(world().chains).request(path, {}, from);
  return { status: response.status, body: (await response.json()) as NearestReply & { code?: string; errors?: object[] } };
};
const near = (id: string, more = "", from: Env = env) => ask(`/v1/sessions/${id}/stores?sku=wine&lat=26.6&lng=106.7${more}`, from);
const rows = ({ body }: Awaited<ReturnType<typeof near>>) =>
  body.stores.map(({ store, pool, units }) => [store.store, pool, units]);

describe("the nearest stores of a session", () => {
  it("are the open ones that have units of the SKU, nearest first, with distance and units and nothing invented", async () => {
    const id = freshId("near");
    await announced(id, {}, POOLS);
    const answer = await near(id);
    expect([answer.status, answer.body.sealed]).toEqual([200, false]);
    expect(rows(answer).map(([store, , units]) => [store, units])).toEqual([
      ["guiyang", 2],
      ["beijing", 5],
    ]);
    const [first] = answer.body.stores;
    expect(first?.metres).toBeGreaterThan(2_000);
    expect(first?.metres).toBeLessThan(3_000);
    expect(first?.store).toMatchObject({ hours: expect.any(Object), timeZone: "Asia/Shanghai" });
    expect(Object.keys(first ?? {}).sort()).toEqual(["metres", "pool", "store", "units"]);
    expect(rows(await near(id, "&limit=1"))).toHaveLength(1);
    const plush = await ask(`/v1/sessions/${id}/stores?sku=plush&lat=-33.9&lng=151.2`);
    expect(rows(plush).map(([store]) => store)).toEqual(["zunyi"]);
  });

  it("have the odds of the sealed table from the seal on: units for each entry, at most 1", async () => {
    const id = freshId("near");
    const M = await announced(id, {}, POOLS);
    const guiyang = rows(await near(id))[0]?.[1] as number;
    at(OPEN);
    for (const name of ["ada", "bo", "cy"]) {
      const person = guest(name, M);
      expect(await reserveAt(shardOfGuest(id, person), request(person, guiyang))).toMatchObject({ ok: true });
    }
    await runUntil(id, CLOSE + 36);
    world().nowMs += 1_001;
    const answer = await near(id);
    expect(answer.body.sealed).toBe(true);
    expect(answer.body.stores.map(({ store, entries, odds }) => [store.store, entries, odds])).toEqual([
      ["guiyang", 3, 2 / 3],
      ["beijing", 0, 1],
    ]);
  });

  it("are answered from what the isolate keeps: no object is called, and the second caller reads no row", async () => {
    const id = freshId("near");
    await announced(id, {}, POOLS);
    await near(id);
    const { env: watched, counts } = counted(env);
    expect(rows(await near(id, "&limit=2", watched))).toHaveLength(2);
    expect(counts).toMatchObject({ objects: 0, statements: 0 });
  });

  it.each([
    ["an unknown session", "/v1/sessions/nobody/stores?sku=wine&lat=1&lng=1", 404, "not_found"],
    ["no place", "ID?sku=wine", 422, "invalid_input"],
    ["a place that is none", "ID?sku=wine&lat=91&lng=1", 422, "invalid_input"],
    ["words for a place", "ID?sku=wine&lat=here&lng=1e2", 422, "invalid_input"],
    ["more than anybody reads", "ID?sku=wine&lat=1&lng=1&limit=51", 422, "invalid_input"],
    ["a SKU that the session does not have", "ID?sku=tea&lat=1&lng=1", 404, "unknown_pool"],
    ["a SKU by another name of objects", "ID?sku=constructor&lat=1&lng=1", 404, "unknown_pool"],
  ])("with %s are refused", async (_, path, status, code) => {
    const id = freshId("near");
    await announced(id, {}, POOLS);
    const answer = await ask(path.replace("ID", `/v1/sessions/${id}/stores`));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
