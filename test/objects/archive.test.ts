// The archive: what leaves D1 is in exactly one file of the archive bucket, whatever is cut off when; and it can still be asked for.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OrderEvent, SessionEvent } from "../../contracts/events.ts";
import type { SessionState } from "../../contracts/sessions.ts";
import { b64url, hex, unhex, utf8 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { ORDERS_KEPT_S } from "../../domain/order/keep.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { qrText, stepAt, stepMessage } from "../../domain/order/voucher.ts";
import { apply } from "../../records/apply.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { closeOrders, findOrder } from "../../records/orders.ts";
import { collect } from "../../records/pickups.ts";
import { type Archive, archiveOf, archiveOrders, findArchivedOrder, type Limits } from "../../workers/archive.ts";
import { call, memberToken, storeToken } from "./support/http.ts";
import { freshId } from "./support/session.ts";

const records = recordsOf(env.DB, "fairpour");
/** End of the last pickup window of every session here: in an hour, so that a counter is open now. */
const END = Math.floor(Date.now() / 1000) + 3600;
const DUE = END + ORDERS_KEPT_S;
const FEW: Limits = { rows: 2, files: 100, sessions: 100 };

let session: string;
beforeEach(async () => {
  session = freshId("archive");
  // Each test has the archive to itself.
  await env.DB.batch(
    ["orders", "deliveries", "items", "sessions", "archives"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

const idOf = (rank: number, of = session) => orderIdOf(of, 1 + (rank % 3), new Uint8Array(16).fill(rank + 1));

const orderEvent = (rank: number, changes: Partial<OrderEvent> = {}): OrderEvent => ({
  v: 1,
  type: "order",
  order: idOf(rank, changes.session),
  version: 3,
  state: "paid",
  session,
  pool: 1 + (rank % 3),
  rank,
  sku: "wine",
  store: "cn-north",
  member: "m-ada",
  amountMinor: 100,
  currency: "CNY",
  payBy: END - 200,
  pickupUntil: END,
  paidAt: END - 300,
  ...changes,
});

const sessionEvent = (state: SessionState, id = session): SessionEvent => ({
  v: 1,
  type: "session",
  session: id,
  version: 9,
  state,
  open: END - 1000,
  line: {
    session: id,
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

/** Seven orders of a settled session: three collected (two with a serial), three refunded, one lapsed. */
async function settled(id = session): Promise<void> {
  const events = Array.from({ length: 6 }, (_, rank) => orderEvent(rank, { session: id }));
  await apply(records, [...events, orderEvent(6, { session: id, state: "lapsed", paidAt: null })]);
  await recordDelivery(records, "cn-north", { delivery: `van1-${id}`, session: id, sku: "wine", units: 2 }, "van", END - 100);
  await recordDelivery(records, "cn-north", { delivery: `van2-${id}`, session: id, sku: "wine", units: 1 }, "van", END - 90);
  for (const rank of [0, 1, 2]) {
    const serial = rank < 2 ? `S-${rank}-${id}` : undefined;
    const outcome = await collect(records, { order: idOf(rank, id), store: "cn-north", serial, by: "device", now: END - 50 });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
  }
  await closeOrders(records, id, END);
  await apply(records, [sessionEvent("settled", id)]);
}

const rowsOf = async (table: "orders" | "deliveries", id = session) =>
  (await env.DB.prepare(`SELECT * FROM ${table} WHERE session = ? ORDER BY 1, 2, 3`).bind(id).all<Record<string, unknown>>())
    .results;
const itemsLeft = async () => (await env.DB.prepare("SELECT serial FROM items").all()).results.length;
const isMarked = async (id = session) =>
  (await env.DB.prepare("SELECT archived_at FROM sessions WHERE session = ?").bind(id).first<{ archived_at: number | null }>())
    ?.archived_at !== null;

type Line = { type: string; order?: string; delivery?: string; [name: string]: unknown };

/** Every line of the files that D1's index knows, each file checked against its name and its header. */
async function archivedLines(id = session): Promise<Line[]> {
  const { results } = await env.DB.prepare(
    "SELECT kind, first, last, lines, sha256 FROM archives WHERE session = ? ORDER BY kind, last",
  )
    .bind(id)
    .all<{ kind: string; first: string; last: string; lines: number; sha256: string }>();
  const lines: Line[] = [];
  for (const { kind, first, last, lines: count, sha256: hash } of results) {
    const file = await env.ARCHIVE.get(`fairpour/${kind}/${id}/${hash}.jsonl`);
    const text = await (file as R2ObjectBody).text();
    expect(hex(sha256(utf8(text)))).toBe(hash);
    const [header, ...rest] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    expect(header).toEqual({ type: "archive", v: 1, brand: "fairpour", session: id, kind, first, last, lines: count });
    expect(rest).toHaveLength(count);
    lines.push(...rest);
  }
  return lines;
}

/** Where each of the seven orders and two deliveries is: once, and as it was. */
async function expectEachOnce(): Promise<void> {
  const lines = await archivedLines();
  const inD1 = [...(await rowsOf("orders")).map((row) => row.order_id), ...(await rowsOf("deliveries")).map((row) => row.delivery)];
  const archived = lines.map((line) => line.order ?? line.delivery);
  const all = [...Array.from({ length: 7 }, (_, rank) => idOf(rank)), `van1-${session}`, `van2-${session}`];
  expect([...inD1, ...archived].sort()).toEqual(all.sort());
  // A hand-over's serial is either guarded in D1 or written in the archive.
  const serials = lines.filter(({ serial }) => serial).length;
  expect((await itemsLeft()) + serials).toBe(2);
}

describe("a settled session whose last pickup window ended 90 days ago", () => {
  it("leaves D1 with orders, items and deliveries, and every row is a line as it was", async () => {
    await settled();
    const before = await rowsOf("orders");
    const arrived = await rowsOf("deliveries");
    expect(await archiveOrders(archiveOf(env), DUE)).toEqual({ files: 2, rows: 9 });
    expect([await rowsOf("orders"), await rowsOf("deliveries"), await itemsLeft(), await isMarked()]).toEqual([[], [], 0, true]);
    const lines = await archivedLines();
    const columns: Record<string, string> = {
      amount_minor: "amountMinor",
      collected_at: "collectedAt",
      collected_by: "collectedBy",
      order_id: "order",
      paid_at: "paidAt",
      pay_by: "payBy",
      pickup_until: "pickupUntil",
    };
    const asLine = (type: string) => (row: Record<string, unknown>) =>
      Object.fromEntries([
        ["type", type],
        ...Object.entries(row)
          .filter(([name]) => name !== "brand" && name !== "code_tries")
          .map(([name, value]) => [columns[name] ?? name, value]),
      ]);
    expect(lines.filter(({ type }) => type === "order")).toEqual(before.map(asLine("order")));
    const deliveries = lines.filter(({ type }) => type === "delivery");
    expect(deliveries.sort((a, b) => (String(a.delivery) < String(b.delivery) ? -1 : 1))).toEqual(arrived.map(asLine("delivery")));
    expect(await archiveOrders(archiveOf(env), DUE), "a second run has nothing to do").toEqual({ files: 0, rows: 0 });
  });

  it.each([
    ["a second too early", () => settled(), DUE - 1],
    [
      "that is not settled",
      async () => {
        await settled();
        await env.DB.prepare("UPDATE sessions SET state = 'awarding'").run();
      },
      DUE + 1e6,
    ],
  ])("is not one %s", async (_, arrange, now) => {
    await arrange();
    expect(await archiveOrders(archiveOf(env), now)).toEqual({ files: 0, rows: 0 });
    expect(await rowsOf("orders")).toHaveLength(7);
  });

  it("takes nothing of another session along, not even of one whose name begins the same", async () => {
    const other = `${session}-b`;
    await settled();
    await settled(other);
    await apply(records, [{ ...sessionEvent("awarding", other), version: 10 }]);
    await archiveOrders(archiveOf(env), DUE);
    expect([await rowsOf("orders"), (await rowsOf("orders", other)).length, (await rowsOf("deliveries", other)).length]).toEqual([
      [],
      7,
      2,
    ]);
    expect(await itemsLeft()).toBe(2);
  });

  it("is moved in bounded steps: the next run goes on where the last one ended", async () => {
    await settled();
    const seen: number[] = [];
    for (let run = 0; run < 8; run++) {
      const { files } = await archiveOrders(archiveOf(env), DUE, { ...FEW, files: 2 });
      expect(files).toBeLessThanOrEqual(2);
      seen.push((await rowsOf("orders")).length);
      await expectEachOnce();
    }
    expect([seen.slice(0, 3), await isMarked()]).toEqual([[3, 0, 0], true]);
  });
});

/** Ends the run at its k-th call to D1's batch or to the bucket: before the call, or after it happened. Nothing works after that. */
function dying(at: number, when: "before" | "after"): Archive & { hit: () => boolean } {
  let calls = 0;
  let dead = false;
  const step =
    <Args extends unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      const mine = ++calls === at;
      if (mine && when === "before") dead = true;
      if (dead) throw new Error("ended on purpose");
      const value = await call(...args);
      if (mine) dead = true;
      if (dead) throw new Error("ended on purpose");
      return value;
    };
  const wrap = <Target extends object>(target: Target, names: string[]): Target =>
    new Proxy(target, {
      get: (real, name) => {
        const value = Reflect.get(real, name) as unknown;
        if (typeof value !== "function") return value;
        const bound = value.bind(real) as (...args: unknown[]) => Promise<unknown>;
        return names.includes(String(name)) ? step(bound) : bound;
      },
    });
  return {
    records: { ...records, d1: wrap(env.DB, ["batch"]) },
    bucket: wrap(env.ARCHIVE, ["put", "get"]),
    hit: () => dead,
  };
}

describe("a run that is cut off", () => {
  it.each(["before", "after"] as const)(
    "%s any of its calls loses nothing and doubles nothing, and the next run finishes",
    async (when) => {
      let crashes = 0;
      for (let at = 1; ; at++) {
        session = freshId("archive");
        await env.DB.prepare("DELETE FROM items").run();
        await settled();
        const archive = dying(at, when);
        await archiveOrders(archive, DUE, FEW).catch(() => undefined);
        await expectEachOnce();
        await archiveOrders(archiveOf(env), DUE, FEW);
        await expectEachOnce();
        expect([await rowsOf("orders"), await rowsOf("deliveries"), await isMarked()]).toEqual([[], [], true]);
        if (!archive.hit()) break;
        crashes++;
      }
      // Four files of orders and one of deliveries, each with put, get and batch; then the mark.
      expect(crashes).toBe(16);
    },
  );

  it("beside another one at the same moment moves every row once", async () => {
    await settled();
    await Promise.all([1, 2, 3].map(() => archiveOrders(archiveOf(env), DUE, FEW)));
    await archiveOrders(archiveOf(env), DUE, FEW);
    await expectEachOnce();
    expect([await rowsOf("orders"), await isMarked()]).toEqual([[], true]);
  });
});

describe("a part", () => {
  const bucketThat = (changes: Partial<Record<"put" | "get", (...args: never[]) => Promise<unknown>>>): R2Bucket =>
    new Proxy(env.ARCHIVE, {
      get: (real, name) => {
        const value = (changes as Record<string, unknown>)[String(name)] ?? Reflect.get(real, name);
        return typeof value === "function" ? value.bind(real) : value;
      },
    });

  it("with a row that changed since it was read is not deleted; the next run has the row as it is now", async () => {
    await settled();
    const bucket = bucketThat({
      put: async (...args: Parameters<R2Bucket["put"]>) => {
        await env.DB.prepare("UPDATE orders SET serial = 'late' WHERE order_id = ?").bind(idOf(2)).run();
        return env.ARCHIVE.put(...args);
      },
    } as never);
    await archiveOrders({ records, bucket }, DUE);
    expect([(await rowsOf("orders")).length, await archivedLines()]).toEqual([7, []]);
    await archiveOrders(archiveOf(env), DUE);
    const lines = await archivedLines();
    expect([lines.length, lines.find(({ order }) => order === idOf(2))?.serial]).toEqual([9, "late"]);
  });

  it("that does not read back as it was written is not deleted, is reported, and does not hold up other sessions", async () => {
    await settled();
    const other = freshId("archive");
    await settled(other);
    const log = vi.spyOn(console, "error");
    const bucket = bucketThat({
      get: async (key: string) => {
        const file = await env.ARCHIVE.get(key);
        if (!key.includes(`/${session}/`)) return file;
        return { arrayBuffer: async () => new Uint8Array(await (file as R2ObjectBody).arrayBuffer()).fill(0, 0, 1).buffer };
      },
    } as never);
    await archiveOrders({ records, bucket }, DUE);
    const failures = log.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
    log.mockRestore();
    expect(failures).toEqual([expect.objectContaining({ event: "archive_failed", session })]);
    expect([(await rowsOf("orders")).length, (await rowsOf("orders", other)).length]).toEqual([7, 0]);
  });

  it("cannot be had by any public address", async () => {
    await settled();
    await archiveOrders(archiveOf(env), DUE);
    const { objects } = await env.ARCHIVE.list({ prefix: `fairpour/orders/${session}/` });
    expect(objects).toHaveLength(1);
    for (const { key } of objects) {
      for (const path of [key, `draws/${key}`, `rules/${key}`, `draws/..%2f${encodeURIComponent(key)}/manifest.json`]) {
        expect((await call("GET", `/${path}`)).status, path).toBe(404);
      }
      expect(await env.FILES.head(key)).toBeNull();
    }
  });
});

describe("an archived order", () => {
  const viewOf = async (order: string, name = "ada") => call("GET", `/v1/orders/${order}`, { token: await memberToken(name) });

  it("is shown to its member as it was, marked as archived, and to nobody else", async () => {
    await settled();
    const before = (await viewOf(idOf(0))).body;
    await archiveOrders(archiveOf(env), DUE, FEW);
    for (const rank of [0, 3, 6]) expect(await findArchivedOrder(archiveOf(env), idOf(rank))).toMatchObject({ order: idOf(rank) });
    expect(await findOrder(records, idOf(0))).toBeUndefined();
    const after = await viewOf(idOf(0));
    expect([after.status, after.body]).toEqual([200, { ...before, archived: true }]);
    expect((await viewOf(idOf(0), "bo")).status).toBe(404);
    expect((await viewOf(orderIdOf(session, 1, new Uint8Array(16).fill(99)))).status).toBe(404);
  });

  it("stands in no list, and lists say from when on they are complete", async () => {
    await settled();
    await archiveOrders(archiveOf(env), DUE);
    const now = Date.now() / 1000;
    for (const [path, token] of [
      ["/v1/orders", await memberToken("ada")],
      ["/v1/stores/cn-north/orders", await storeToken("cn-north")],
    ] as const) {
      const { body } = await call("GET", path, { token });
      expect(body.orders).toEqual([]);
      expect(Math.abs((body.archivedBefore as number) - (now - ORDERS_KEPT_S))).toBeLessThan(60);
    }
  });

  it("gives no voucher and no code, and its old voucher is refused with when and where it was collected", async () => {
    const id = freshId("archive");
    const order = orderIdOf(id, 1, new Uint8Array(16).fill(7));
    await apply(records, [{ ...orderEvent(0, { session: id }), order }]);
    await recordDelivery(records, "cn-north", { delivery: `van-${id}`, session: id, sku: "wine", units: 1 }, "van", END - 100);
    const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])) as CryptoKeyPair;
    const raw = new Uint8Array((await crypto.subtle.exportKey("raw", key.publicKey)) as ArrayBuffer);
    const token = await memberToken("ada", { device: b64url(sha256(raw)) });
    const voucher = await call("POST", `/v1/orders/${order}/voucher`, { token, body: { device: b64url(raw) } });
    const text = utf8(voucher.body.voucher as string);
    const signed = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      key.privateKey,
      stepMessage(text, stepAt(Date.now())),
    );
    const qr = qrText(text, unhex(voucher.body.sig as string), stepAt(Date.now()), new Uint8Array(signed));
    const counter = await storeToken("cn-north");
    const scan = () => call("POST", "/v1/stores/cn-north/pickups", { token: counter, body: { qr } });
    expect((await scan()).status).toBe(200);
    await apply(records, [sessionEvent("settled", id)]);
    await archiveOrders(archiveOf(env), DUE);
    expect(await findOrder(records, order)).toBeUndefined();
    const again = await scan();
    expect([again.status, again.body]).toMatchObject([409, { code: "already_collected", collected: { store: "cn-north" } }]);
    for (const what of ["voucher", "code"]) {
      const answer = await call("POST", `/v1/orders/${order}/${what}`, { token, body: { device: b64url(raw) } });
      expect(answer.body.code, what).toBe("already_collected");
    }
  });
});
