// The typed client under a shop that is busy, refuses, or does not answer; and what its types do not let through.
import { describe, expect, it } from "vitest";
import { Fairpour, isProblem, type Problem, verifyWebhook } from "../../clients/typescript/src/index.ts";
import { secretText, signedHeaders } from "../../domain/webhook/signature.ts";

type Asked = {
  url: string;
  method: string;
  headers: Record<string, string>;
  raw: unknown;
  body: Record<string, unknown> | undefined;
};

const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: `/problems#${code}`, title: "T", status, code, detail: "D.", ...more }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
const ok = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

/** A shop that answers with these, one after the other; undefined for one that does not. */
function shopOf(...answers: (Response | undefined)[]) {
  const asked: Asked[] = [];
  const slept: number[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    const isJson = headers["Content-Type"] === "application/json";
    const body = isJson ? (JSON.parse(init.body as string) as Record<string, unknown>) : undefined;
    asked.push({ url, method: init.method as string, headers, raw: init.body, body });
    const answer = answers.shift();
    if (!answer) throw new TypeError("fetch failed");
    return answer;
  };
  const sleep = async (ms: number) => {
    slept.push(ms);
  };
  const shop = new Fairpour({ url: "https://shop.test/", token: "t1", fetch: fetch as typeof globalThis.fetch, sleep });
  return { shop, asked, slept };
}

const RECEIPT = { v: 1, type: "receipt", session: "s", pools: [2], nonce: "00" };

describe("a reservation", () => {
  it("comes back when the shop says so, with the ticket that it was given and the same nonce", async () => {
    const { shop, asked, slept } = shopOf(
      problem(503, "busy", { overload: "ticket-1" }, { "Retry-After": "7" }),
      undefined,
      ok(RECEIPT, 201),
    );
    const { receipt, repeated, text } = await shop.reserve("s", { pass: "p", pool: 2 });
    expect([receipt, repeated, text]).toEqual([RECEIPT, false, JSON.stringify(RECEIPT)]);
    expect(asked.map(({ body }) => body?.overload)).toEqual([undefined, "ticket-1", "ticket-1"]);
    expect(new Set(asked.map(({ body }) => body?.nonce)).size).toBe(1);
    expect(asked[0]?.body?.nonce).toMatch(/^[0-9a-f]{64}$/);
    expect(slept[0]).toBeGreaterThanOrEqual(7000);
    expect(slept[0]).toBeLessThan(7000 * 1.5 + 1001);
  });

  it("says that the receipt had been given before", async () => {
    expect(await shopOf(ok(RECEIPT, 200)).shop.reserve("s", { pass: "p", pool: 2 })).toMatchObject({ repeated: true });
  });
});

describe("a refusal", () => {
  it("is an error with its code, its places and what came along", async () => {
    const { shop, asked } = shopOf(problem(409, "already_reserved", { receipt: RECEIPT }));
    const error = await shop.reserve("s", { pass: "p", pool: 3 }).catch((reason: unknown) => reason);
    expect(isProblem(error, "already_reserved", "late")).toBe(true);
    expect(isProblem(error, "late")).toBe(false);
    expect(error).toMatchObject({ status: 409, code: "already_reserved", errors: [], body: { receipt: RECEIPT } });
    expect((error as Problem).message).toContain("already_reserved");
    expect(asked).toHaveLength(1);
  });

  it("of something in front of the shop is a problem too", async () => {
    const page = () => new Response("<html>bad gateway", { status: 502 });
    const { shop, asked } = shopOf(...Array.from({ length: 6 }, page));
    await expect(shop.time()).rejects.toMatchObject({ status: 502, code: "internal" });
    expect(asked).toHaveLength(6);
  });
});

describe("a request without a reply", () => {
  it("is sent again where the same request gets the same answer", async () => {
    const { shop, asked } = shopOf(undefined, undefined, ok({ now: 1 }));
    expect(await shop.time()).toEqual({ now: 1 });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ["makeWebhook", (shop: Fairpour) => shop.makeWebhook({ url: "https://x.example/" })],
    ["changeWebhookSecret", (shop: Fairpour) => shop.changeWebhookSecret("wh_1")],
  ])("is not where it would do something a second time: %s", async (_, act) => {
    const silent = shopOf(undefined, ok({}));
    await expect(act(silent.shop)).rejects.toThrow("fetch failed");
    expect(silent.asked).toHaveLength(1);
    // Whoever stood in front of the shop does not know whether it was done.
    const lost = shopOf(new Response("gateway timeout", { status: 504 }), ok({}));
    await expect(act(lost.shop)).rejects.toMatchObject({ status: 504 });
    expect(lost.asked).toHaveLength(1);
    const busy = shopOf(problem(503, "busy", {}, { "Retry-After": "1" }), ok({ webhook: "wh_1" }, 201));
    expect(await act(busy.shop)).toEqual({ webhook: "wh_1" });
    expect(busy.asked).toHaveLength(2);
  });
});

describe("any operation", () => {
  it("goes to its own address with its own method, and what is left out is not sent", async () => {
    const { shop, asked } = shopOf(ok({}), ok({}), ok({}));
    const query = { sku: "s", lat: -33.9, lng: 151.2, limit: undefined };
    await shop.call("nearestStores", { params: { session: "a b" }, query });
    await shop.call("saveTiers", { body: { tiers: [] } });
    await shop.call("endIncident", { params: { incident: "i/1" } });
    expect(asked.map(({ method, url, raw }) => [method, url, raw])).toEqual([
      ["GET", "https://shop.test/v1/sessions/a%20b/stores?sku=s&lat=-33.9&lng=151.2", undefined],
      ["PUT", "https://shop.test/v1/admin/catalog/tiers", '{"tiers":[]}'],
      ["POST", "https://shop.test/v1/admin/incidents/i%2F1/end", undefined],
    ]);
    expect(asked.map(({ headers }) => headers["Content-Type"])).toEqual([undefined, "application/json", undefined]);
  });

  it("sends text and bytes as they are, under the type that the operation takes, again after a busy shop", async () => {
    const { shop, asked } = shopOf(ok({}), problem(503, "busy", { overload: "t" }), ok({}), ok({}), ok({}));
    const bytes = Uint8Array.of(0, 255);
    const params = { session: "s" };
    await shop.call("allot", { params, body: { pools: [] } });
    await shop.call("allot", { params, body: "sku,store,units" });
    await shop.call("importStores", { body: bytes });
    await shop.call("importFile", { params: { bucket: "files", key: "draws/s/1" }, body: bytes });
    expect(asked.map(({ headers, raw }) => [headers["Content-Type"], raw])).toEqual([
      ["application/json", '{"pools":[]}'],
      ["text/csv", "sku,store,units"],
      ["text/csv", "sku,store,units"],
      ["text/csv", bytes],
      ["application/octet-stream", bytes],
    ]);
    expect(asked[4]?.url).toBe("https://shop.test/v1/admin/imports/files/files/draws/s/1");
  });

  it("gives files as their bytes whatever their type, and text as text", async () => {
    const { shop, asked } = shopOf(ok({ v: 1 }), new Response("store\n", { headers: { "Content-Type": "text/csv" } }));
    const file = await shop.call("drawFile", { params: { session: "s", name: "waves/1.json" } });
    expect(file).toEqual(new TextEncoder().encode('{"v":1}'));
    expect(await shop.call("exportStores")).toBe("store\n");
    expect(asked[0]?.url).toBe("https://shop.test/draws/s/waves/1.json");
  });

  it.each(["", ".", ".."])("refuses to leave its address: %j asks for nothing", async (part) => {
    const { shop, asked, slept } = shopOf(ok({}));
    await expect(shop.call("order", { params: { order: part } })).rejects.toThrow(/no order for an address/);
    await expect(shop.file("s", `results/${part}/../../v1/time`)).rejects.toThrow(/no name for an address/);
    await expect(shop.file("s", part)).rejects.toThrow(TypeError);
    expect([asked, slept]).toEqual([[], []]);
  });
});

it("says of a file that is not there that it is not, and of any other refusal what it is", async () => {
  const { shop, slept } = shopOf(problem(404, "not_found"), problem(503, "busy", {}, { "Retry-After": "2" }), ok({ winners: 1 }));
  expect(await shop.file("s", "seal.json")).toBeUndefined();
  expect(await shop.result("s")).toEqual({ winners: 1 });
  expect(slept[0]).toBeGreaterThanOrEqual(2000);
  await expect(shopOf(problem(500, "internal")).shop.file("s", "seal.json")).rejects.toMatchObject({ code: "internal" });
});

it("asks for the token before each attempt, so that one that ran out is renewed", async () => {
  const seen: string[] = [];
  const answers = [problem(503, "busy", {}, { "Retry-After": "1" }), ok({ now: 1 })];
  let count = 0;
  const shop = new Fairpour({
    url: "https://shop.test",
    token: async () => `t${++count}`,
    sleep: async () => undefined,
    fetch: (async (_: string, init: RequestInit) => {
      seen.push((init.headers as Record<string, string>).Authorization as string);
      return answers.shift() as Response;
    }) as typeof globalThis.fetch,
  });
  await shop.time();
  expect(seen).toEqual(["Bearer t1", "Bearer t2"]);
});

it("follows the feed from page to page, and ends with its signal", async () => {
  const event = (cursor: string) => ({ v: 1, id: cursor, cursor, at: 1, type: "session.open", data: {} });
  const { shop, asked } = shopOf(
    ok({ events: [event("1"), event("2")], next: "2", more: true }),
    ok({ events: [], next: "5", more: true }),
    ok({ events: [event("6")], next: "6", more: false }),
  );
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { cursor } of shop.events({ after: "0", types: ["session.open"], signal: stop.signal })) {
    seen.push(cursor);
    if (cursor === "6") stop.abort();
  }
  expect(seen).toEqual(["1", "2", "6"]);
  expect(asked.map(({ url }) => new URL(url).searchParams.get("after"))).toEqual(["0", "2", "5"]);
});

it("goes through all orders, over an empty page too, with the same words on each", async () => {
  const { shop, asked } = shopOf(
    ok({ orders: [{ order: "a" }, { order: "b" }], next: "b" }),
    ok({ orders: [], next: "m" }),
    ok({ orders: [{ order: "z" }] }),
  );
  const seen: string[] = [];
  for await (const { order } of shop.allOrders({ state: "paid" })) seen.push(order);
  expect(seen).toEqual(["a", "b", "z"]);
  expect(asked.map(({ url }) => new URL(url).search)).toEqual([
    "?limit=500&state=paid",
    "?limit=500&state=paid&after=b",
    "?limit=500&state=paid&after=m",
  ]);
});

it("writes what it is given into an address so that it stays one part of it", async () => {
  const { shop, asked } = shopOf(ok({}), ok({ stores: [] }));
  await shop.order("../admin/x?y#z");
  await shop.stores("C&N");
  expect(asked.map(({ url }) => url)).toEqual([
    "https://shop.test/v1/orders/..%2Fadmin%2Fx%3Fy%23z",
    "https://shop.test/v1/stores?market=C%26N",
  ]);
});

describe("a webhook that came in", () => {
  const secret = new Uint8Array(32).fill(9);
  const body = '{"v":1,"type":"order.paid","id":"e1"}';
  const NOW_S = 1_800_000_000;
  const signed = signedHeaders("e1", NOW_S, body, [new Uint8Array(32).fill(8), secret]);
  const check = (headers: Record<string, string>, text = body, nowS = NOW_S) =>
    verifyWebhook(secretText(secret), headers, text, nowS * 1000);

  it("is given back as an event when it is the shop's", async () => {
    expect(await check(signed)).toEqual(JSON.parse(body));
    expect(await verifyWebhook(secretText(secret), new Headers(signed), body, NOW_S * 1000)).toEqual(JSON.parse(body));
  });

  it.each<[string, Record<string, string>, string, number, RegExp]>([
    ["no signature", {}, body, NOW_S, /no signed webhook/],
    ["another body", signed, `${body} `, NOW_S, /not the shop's/],
    ["another id", { ...signed, "webhook-id": "e2" }, body, NOW_S, /not the shop's/],
    ["an old time", signed, body, NOW_S + 301, /too old/],
    ["a time to come", signed, body, NOW_S - 301, /too old, or from the future/],
    ["a signature of nothing", { ...signed, "webhook-signature": "v1," }, body, NOW_S, /not the shop's/],
    ["another kind of signature", { ...signed, "webhook-signature": "v1a,AAAA" }, body, NOW_S, /not the shop's/],
  ])("with %s is an error", async (_, headers, text, nowS, message) => {
    await expect(check(headers, text, nowS)).rejects.toThrow(message);
  });
});

it("has types that let through what the shop takes, and nothing else", () => {
  // Never called: what counts is that `npm run check` compiles this, and fails on each line below that compiles although it should not.
  const never = async (shop: Fairpour) => {
    const { sessions } = await shop.sessions();
    const title: string | undefined = sessions[0]?.title["zh-CN"];
    // @ts-expect-error a receipt's place is a number
    const place: string = (await shop.reserve("s", { pass: "p", pool: 1 })).receipt.index;
    // @ts-expect-error a pool is a number
    await shop.reserve("s", { pass: "p", pool: "1" });
    // @ts-expect-error a reservation needs its pass
    await shop.reserve("s", { pool: 1 });
    // @ts-expect-error there is no such move
    await shop.move("s", "backwards");
    // @ts-expect-error there is no such event
    await shop.eventsPage({ types: ["order.eaten"] });
    // @ts-expect-error a plan names its beacon chain
    await shop.plan({ session: "s", title: { "zh-CN": "x", en: "x" }, market: "CN", open: 1, close: 2, skus: ["a"] });
    // @ts-expect-error one event, or everything after a cursor
    await shop.replay("wh_1", { from: "1" });
    for await (const event of shop.events()) {
      if (event.type === "delivery.received") {
        const units: number = event.data.units;
        // @ts-expect-error a delivery is no order
        return [units, event.data.order];
      }
    }
    const file: Uint8Array = await shop.call("drawFile", { params: { session: "s", name: "seal.json" } });
    const csv: string = await shop.call("exportStores", { query: { market: "CN" } });
    // @ts-expect-error there is no such operation
    await shop.call("sellOut");
    // @ts-expect-error it takes a session, not a store
    await shop.call("versions", { params: { store: "s" } });
    // @ts-expect-error the stores' file is text or bytes
    await shop.call("importStores", { body: { stores: [] } });
    // @ts-expect-error a SKU is needed
    await shop.call("allotment", { params: { session: "s" }, query: {} });
    // @ts-expect-error the reply of a forecast is not that of the checks
    (await shop.call("forecast", { params: { session: "s" } })).mayAnnounce;
    const error: unknown = undefined;
    // @ts-expect-error there is no such code
    return isProblem(error, "sold_out") ? [title, place, file, csv] : [];
  };
  expect(never).toBeInstanceOf(Function);
});
