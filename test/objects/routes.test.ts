// The edge: who may call what, and what bad input meets. Every route answers problem+json with a stable code and writes nothing.
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { replyText } from "../../contracts/shard.ts";
import { PUBLIC_CHAINS } from "../../domain/draw/chains.ts";
import { createApp } from "../../workers/app.ts";
import { call, memberClaims, memberToken, operatorToken, storeToken, tokenOf } from "./support/http.ts";
import { announced, at, CLOSE, freshId, freshWorld, OPEN, planFor, runUntil } from "./support/session.ts";

beforeEach(freshWorld);

/** Every address below /v1 that answers without a token. */
const PUBLIC = new Set([
  "GET /v1/time",
  "GET /v1/health",
  "GET /v1/beacons",
  "GET /v1/sessions",
  "GET /v1/sessions/:session",
  "GET /v1/sessions/:session/offers",
  "GET /v1/sessions/:session/offers/:sku",
  "GET /v1/catalog",
  "GET /v1/catalog/snapshots/:id{[0-9a-f]{64}}",
  "GET /v1/catalog/search",
  "GET /v1/catalog/products/:product",
  "GET /v1/stores",
  "GET /v1/sessions/:session/stores",
]);

const routes = [
  ...new Set(
    createApp(PUBLIC_CHAINS)
      .routes.filter(({ path, method }) => path.startsWith("/v1/") && method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`),
  ),
].filter((route) => !PUBLIC.has(route));

const roleOf = (path: string) => (path.startsWith("/v1/admin/") ? "operator" : path.startsWith("/v1/stores/") ? "store" : "member");
const concrete = (path: string) =>
  path
    .replace(":session", "nobody")
    .replace(":template", "nothing")
    .replace(":store", "cn-north")
    .replace(":product", "wine")
    .replace(":sku", "wine")
    .replace(":collection", "products")
    .replace(":bucket/:key{.+}", "files/draws/x")
    .replace(":order", `nobody~1~${"0".repeat(26)}`);

const tokens: Record<string, string> = {};
beforeAll(async () => {
  Object.assign(tokens, { member: await memberToken("ada"), store: await storeToken("cn-north"), operator: await operatorToken() });
});

async function writes(): Promise<number> {
  const objects = await Promise.all(
    [env.SESSIONS, env.SHARDS, env.BOOKS, env.WEBHOOKS].map((namespace) => listDurableObjectIds(namespace as never)),
  );
  const { results } = await env.DB.prepare(
    "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM orders) + (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM webhooks) AS n",
  ).all<{ n: number }>();
  return objects.flat().length + (results[0]?.n ?? 0);
}

describe.each(routes)("%s", (route) => {
  const [method, path] = route.split(" ") as [string, string];
  const role = roleOf(path);

  it("answers 401 without a token, with a broken one, an expired one and another brand's", async () => {
    const good = tokens[role] as string;
    const expired = await tokenOf(memberClaims("ada", { exp: 1 }));
    for (const token of [
      undefined,
      "x",
      `${good}x`,
      good.replace(/^./, "z"),
      good.replace(/\..*\./, `.${btoa('{"v":1,"role":"operator","exp":9e9}').replace(/=/g, "")}.`),
      expired,
    ]) {
      const answer = await call(method, concrete(path), {
        ...(token === undefined ? {} : { token }),
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
    }
  });

  it("answers 403 to the other roles", async () => {
    for (const other of ["member", "store", "operator"].filter((name) => name !== role)) {
      const answer = await call(method, concrete(path), {
        token: tokens[other] as string,
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect([answer.status, answer.body.code]).toEqual([403, "wrong_role"]);
    }
  });
});

const withBody = routes.filter(
  (route) =>
    !route.startsWith("GET") && !/\/(?:pass|announce|code|confirm|drop|secret|import|end|commit|finish|:key\{\.\+\})$/.test(route),
);

describe("bad bodies", () => {
  it.each(withBody)("%s answers with 400, 413 and 422, and writes nothing", async (route) => {
    const [method, path] = route.split(" ") as [string, string];
    const token = tokens[roleOf(path)] as string;
    const before = await writes();
    const large = [/allotment|exclusions|decisions/, /imports/, /catalog|templates/].findIndex((kind) => kind.test(path));
    const big = [17_000_000, 1_100_000, 600_000][large] ?? 70_000;
    const bad: [BodyInit, Record<string, string>, number, string][] = [
      ["{", {}, 400, "unreadable_body"],
      ["", {}, 400, "unreadable_body"],
      [new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}, 400, "unreadable_body"],
      ["[]", {}, 422, "invalid_input"],
      ["null", {}, 422, "invalid_input"],
      ['{"__proto__":{"role":"operator"},"constructor":1}', {}, 422, "invalid_input"],
      [JSON.stringify({ order: 1, pool: -1, session: "../x", pools: "x", text: "", to: "back" }), {}, 422, "invalid_input"],
      [`{"a":"${"x".repeat(big)}"}`, {}, 413, "body_too_large"],
    ];
    for (const [raw, headers, status, code] of bad) {
      const answer = await call(method, concrete(path), { token, raw, headers });
      expect([answer.status, answer.body.code], String(raw).slice(0, 60)).toEqual([status, code]);
      expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
      if (status === 422) expect(answer.body.errors).toBeInstanceOf(Array);
      expect(answer.text).not.toMatch(/at .*\.ts|node_modules|SQLITE/);
    }
    expect(await writes()).toBe(before);
  });
});

const plan = (id: string) => planFor(id).input;
const order = `nobody~1~${"0".repeat(26)}`;
const pass = "x".repeat(100);
const nonce = "00".repeat(32);
const proposal = { proposal: "proposal-1", note: "x" };
const award = { choice: "accept", pool: 1, shard: 0, index: 0, tickets: 1, s: 1, nonce };

describe("ids that do not exist, or are somebody else's", () => {
  it.each([
    ["POST", "/v1/sessions/nobody/pass", "member", {}],
    ["POST", "/v1/sessions/nobody/reservations", "member", { pass, pool: 1, nonce }],
    ["GET", "/v1/sessions/nobody/reservations", "member", undefined],
    ["POST", "/v1/sessions/nobody/withdrawals", "member", { pool: 1 }],
    ["POST", "/v1/sessions/nobody/awards", "member", award],
    ["GET", "/v1/sessions/nobody", "member", undefined],
    ["GET", "/v1/sessions/..%2f..%2fx", "member", undefined],
    ["GET", "/v1/sessions/nobody/offers", "member", undefined],
    ["GET", "/v1/sessions/nobody/offers/wine", "member", undefined],
    ["GET", `/v1/orders/${order}`, "member", undefined],
    ["POST", `/v1/orders/${order}/voucher`, "member", { device: "A".repeat(87) }],
    ["POST", `/v1/orders/${order}/code`, "member", {}],
    ["POST", "/v1/stores/cn-north/payments", "store", { order }],
    ["POST", "/v1/stores/cn-north/deliveries", "store", { delivery: "delivery-1", session: "nobody", sku: "wine", units: 1 }],
    ["POST", "/v1/stores/cn-north/pickups", "store", { tail: "abcdef", code: "12345678" }],
    ["GET", "/v1/stores/cn-south/orders", "store", undefined],
    ["POST", "/v1/stores/cn-south/payments", "store", { order }],
    ["GET", "/v1/admin/sessions/nobody", "operator", undefined],
    ["PUT", "/v1/admin/sessions/nobody/allotment", "operator", { pools: [{ sku: "wine", store: "cn-north", stock: 1 }] }],
    ["POST", "/v1/admin/sessions/nobody/announce", "operator", {}],
    ["POST", "/v1/admin/sessions/nobody/announce?dry=1", "operator", {}],
    ["PUT", "/v1/admin/sessions/nobody/plan", "operator", plan("nobody")],
    ["GET", "/v1/admin/sessions/nobody/versions", "operator", undefined],
    ["GET", "/v1/admin/sessions/nobody/allotment?sku=wine", "operator", undefined],
    ["POST", "/v1/admin/sessions/nobody/allotment/proposal", "operator", { units: { wine: 1 } }],
    ["GET", "/v1/admin/sessions/nobody/checks", "operator", undefined],
    ["GET", "/v1/admin/sessions/nobody/forecast", "operator", undefined],
    ["POST", "/v1/admin/sessions/nobody/bulletins", "operator", { text: { "zh-CN": "告", en: "x" } }],
    ["GET", "/v1/admin/templates/nothing", "operator", undefined],
    ["GET", "/v1/admin/templates/nothing/occurrences", "operator", undefined],
    ["POST", "/v1/admin/templates/nothing/drafts", "operator", { from: "2027-01-01", to: "2027-01-02" }],
    ["POST", "/v1/admin/sessions/nobody/moves", "operator", { to: "open" }],
    ["POST", "/v1/admin/sessions/nobody/void", "operator", { text: "x" }],
    ["GET", "/v1/admin/sessions/nobody/review", "operator", undefined],
    ["POST", "/v1/admin/sessions/nobody/exclusions", "operator", { ...proposal, rows: [{ shard: 0, index: 0, reason: 9 }] }],
    [
      "POST",
      "/v1/admin/sessions/nobody/decisions",
      "operator",
      { ...proposal, rows: [{ shard: 0, index: 0, granted: true, answer: "x" }] },
    ],
    ["POST", "/v1/admin/sessions/nobody/proposals/proposal-1/confirm", "operator", {}],
    ["POST", "/v1/admin/sessions/nobody/proposals/proposal-1/drop", "operator", {}],
    ["GET", "/v1/sessions/nobody/exclusions", "member", undefined],
    ["POST", "/v1/sessions/nobody/appeals", "member", { pool: 1, text: "x" }],
    ["POST", "/v1/admin/payments", "operator", { order }],
    ["GET", "/draws/nobody/manifest.json", "member", undefined],
    ["GET", "/draws/nobody/private", "member", undefined],
    ["GET", `/rules/${"0".repeat(64)}`, "member", undefined],
    ["GET", "/v1/nothing", "member", undefined],
    ["POST", "/", "member", {}],
  ])("%s %s answers 404 and creates no object", async (method, path, role, body) => {
    const before = await writes();
    const answer = await call(method, path, { token: tokens[role] as string, ...(body === undefined ? {} : { body }) });
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    expect(await writes()).toBe(before);
  });
});

describe("a method that an address does not take", () => {
  it.each([
    ["GET", "/v1/sessions/nobody/pass", "POST"],
    ["DELETE", "/v1/sessions/nobody/reservations", "POST, GET, HEAD"],
    ["POST", "/v1/time", "GET, HEAD"],
    ["PUT", "/draws/nobody/manifest.json", "GET, HEAD"],
  ])("%s %s is answered with 405 and those that it takes", async (method, path, allowed) => {
    const answer = await call(method, path, { token: tokens.member as string });
    expect([answer.status, answer.body.code, answer.headers.get("Allow")]).toEqual([405, "method_not_allowed", allowed]);
  });
});

describe("planning over HTTP", () => {
  it.each([
    ["an id with a slash", { session: "a/b" }, "/session"],
    ["a close before its open", { close: OPEN - 1 }, ""],
    ["a float", { open: 1.5 }, "/open"],
    ["a huge number", { open: 2 ** 53 }, "/open"],
    ["shards beyond the format", { shards: 5000 }, "/shards"],
    ["the same SKU twice", { skus: ["wine", "wine"] }, "/skus"],
    ["a pay window of nothing", { payWindowS: 0 }, "/payWindowS"],
    ["a lone surrogate", { title: { "zh-CN": "\ud800", en: "x" } }, "/title/zh-CN"],
    ["an unknown member", { tickets: 8 }, "/tickets"],
  ])("refuses %s with a pointer to it", async (_, changes, pointer) => {
    const answer = await call("POST", "/v1/admin/sessions", {
      token: tokens.operator as string,
      body: { ...plan(freshId()), ...changes },
    });
    expect(answer.status).toBe(422);
    expect((answer.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
  });

  it("refuses SKUs that the market may not or does not sell, and stores of another one", async () => {
    const id = freshId();
    const unsold = { ...plan(id), skus: ["nothing"] };
    const { body: refusal } = await call("POST", "/v1/admin/sessions", { token: tokens.operator as string, body: unsold });
    expect(refusal).toMatchObject({ code: "unknown_sku", detail: expect.stringMatching(/ in CN .*: nothing\.$/) });
    const names = '{"zh-CN":"酒","en":"Wine"}';
    await env.DB.batch([
      env.DB.prepare(
        "INSERT OR IGNORE INTO products (brand, product, tier, family, alcohol, name, story) VALUES ('fairpour', 'wine', 't', 'f', 1, ?1, ?1)",
      ).bind(names),
      env.DB.prepare("INSERT OR IGNORE INTO skus (brand, sku, product) VALUES ('fairpour', 'wine', 'wine')"),
      env.DB.prepare(
        `INSERT OR IGNORE INTO prices (brand, sku, market, currency, amount_minor) VALUES ('fairpour', 'wine', 'CN', 'CNY', 100),
          ('fairpour', 'wine', 'SA', 'SAR', 100), ('fairpour', 'wine', 'JP', 'CNY', 100)`,
      ),
    ]);
    const token = tokens.operator as string;
    const refusals = { XX: "unknown_market", SA: "alcohol_forbidden", JP: "wrong_currency", FR: "unknown_sku" };
    for (const [market, code] of Object.entries(refusals)) {
      const answer = await call("POST", "/v1/admin/sessions", { token, body: { ...plan(freshId()), skus: ["wine"], market } });
      expect([market, answer.status, answer.body.code]).toEqual([market, 409, code]);
    }
    expect((await call("POST", "/v1/admin/sessions", { token, body: { ...plan(id), skus: ["wine"] } })).status).toBe(201);
    const pools = [{ sku: "wine", store: "nowhere", stock: 1 }];
    const { body } = await call("PUT", `/v1/admin/sessions/${id}/allotment`, { token, body: { pools } });
    expect(body).toMatchObject({ code: "unknown_store", detail: "CN has no store nowhere." });
  });
});

describe("reserving over HTTP", () => {
  it("goes from pass to receipt, gives the same bytes again, and refuses another person's pass", async () => {
    const id = freshId("http");
    await announced(id);
    at(OPEN);
    const token = tokens.member as string;
    const issued = await call("POST", `/v1/sessions/${id}/pass`, { token, body: {} });
    const body = { pass: issued.body.pass, pool: 2, nonce };
    const first = await call("POST", `/v1/sessions/${id}/reservations`, { token, body });
    const again = await call("POST", `/v1/sessions/${id}/reservations`, { token, body });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.text).toBe(first.text);
    expect(first.headers.get("Cache-Control")).toBe("no-store");
    const thief = await call("POST", `/v1/sessions/${id}/reservations`, { token: await memberToken("eve"), body });
    expect([thief.status, thief.body.code]).toEqual([401, "invalid_pass"]);
    const tampered = String(issued.body.pass).replace(/^./, "f");
    expect((await call("POST", `/v1/sessions/${id}/reservations`, { token, body: { ...body, pass: tampered } })).body.code).toBe(
      "invalid_pass",
    );
    const elsewhere = await call("POST", `/v1/sessions/${id}/reservations`, { token, body: { ...body, pool: 3 } });
    expect(elsewhere.body).toMatchObject({
      code: "already_reserved",
      receipt: JSON.parse(first.text) as object,
      refusal: { code: 34 },
    });
    const own = await call("GET", `/v1/sessions/${id}/reservations`, { token });
    expect(own.body).toEqual({ reservations: [{ receipt: JSON.parse(first.text) as object, withdrawn: false }] });
    expect((await call("GET", `/v1/sessions/${id}/reservations`, { token: await memberToken("eve") })).body).toEqual({
      reservations: [],
    });
  });

  it("of another session's pass, and for another market or age, is refused", async () => {
    const [one, two] = [freshId("http"), freshId("http")];
    await announced(one);
    await announced(two);
    at(OPEN);
    const token = tokens.member as string;
    const issued = await call("POST", `/v1/sessions/${one}/pass`, { token, body: {} });
    expect(
      (await call("POST", `/v1/sessions/${two}/reservations`, { token, body: { pass: issued.body.pass, pool: 2, nonce } })).body
        .code,
    ).toBe("invalid_pass");
    for (const [changes, code] of [
      [{ market: "US" }, "wrong_region"],
      [{ ageOk: false }, "under_age"],
    ] as const) {
      const other = await memberToken("zoe", changes);
      const theirs = await call("POST", `/v1/sessions/${one}/pass`, { token: other, body: {} });
      const answer = await call("POST", `/v1/sessions/${one}/reservations`, {
        token: other,
        body: { pass: theirs.body.pass, pool: 2, nonce },
      });
      expect([answer.status, answer.body.code]).toEqual([409, code]);
    }
  });

  it("is answered with 503 and Retry-After while the shard is not prepared", async () => {
    const id = freshId("http");
    const { world } = await import("./support/world.ts");
    world().fate = (name) => (name === "shard.prepare" ? "lost" : "ok");
    await announced(id);
    at(OPEN);
    const token = tokens.member as string;
    const issued = await call("POST", `/v1/sessions/${id}/pass`, { token, body: {} });
    const answer = await call("POST", `/v1/sessions/${id}/reservations`, {
      token,
      body: { pass: issued.body.pass, pool: 2, nonce },
    });
    expect([answer.status, answer.body.code]).toEqual([503, "not_prepared"]);
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  });
});

describe("whoever is shed", () => {
  it("gets an overload ticket for this session and person, and comes in with it after close, until grace ends", async () => {
    const id = freshId("shed");
    const openS = Math.floor(Date.now() / 1000) - 10;
    at(openS - 5);
    await announced(id, { open: openS, close: openS + 60, shards: 1 });
    at(Date.now() / 1000);
    const token = await memberToken("late-comer");
    const issued = await call("POST", `/v1/sessions/${id}/pass`, { token, body: {} });
    const body = { pass: issued.body.pass, pool: 2, nonce };
    // What workerd throws for an object with too many requests cannot be provoked here; the rest of the way is real.
    const overloaded = {
      getByName: () => ({ reserve: () => Promise.reject(Object.assign(new Error("overloaded"), { overloaded: true })) }),
    };
    const shed = await createApp(PUBLIC_CHAINS).request(
      `/v1/sessions/${id}/reservations`,
      { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: JSON.stringify(body) },
      { ...env, SHARDS: overloaded } as never,
    );
    const told = (await shed.json()) as { code: string; overload: string };
    expect([shed.status, told.code]).toEqual([503, "busy"]);
    expect(Number(shed.headers.get("Retry-After"))).toBeGreaterThan(0);
    const { overload } = told;
    /** A newcomer's next try may be shed at the edge, by chance: the one that is not gets the shard's answer. */
    const asked = async (more: { token: string; body: object }): Promise<string | undefined> => {
      for (;;) {
        const { code } = (await call("POST", `/v1/sessions/${id}/reservations`, more)).body;
        if (code !== "busy") return code;
      }
    };

    at(openS + 63);
    const stranger = await memberToken("stranger");
    const theirs = await call("POST", `/v1/sessions/${id}/pass`, { token: stranger, body: {} });
    const stolen = await call("POST", `/v1/sessions/${id}/reservations`, {
      token: stranger,
      body: { ...body, pass: theirs.body.pass, overload },
    });
    expect(stolen.body.code).toBe("invalid_pass");
    expect(await asked({ token, body })).toBe("late");
    const admitted = await call("POST", `/v1/sessions/${id}/reservations`, { token, body: { ...body, overload } });
    expect(admitted.status).toBe(201);
    expect(admitted.body.s).toBeLessThan(openS + 60);
    at(openS + 66);
    const tooLate = await memberToken("too-late");
    const last = await call("POST", `/v1/sessions/${id}/pass`, { token: tooLate, body: {} });
    expect(await asked({ token: tooLate, body: { ...body, pass: last.body.pass } })).toBe("late");
  });

  it("costs an object call for a few only, and each gets a ticket", async () => {
    const id = freshId("alone");
    const openS = Math.floor(Date.now() / 1000) - 10;
    at(openS - 5);
    await announced(id, { open: openS, close: openS + 60, shards: 1 });
    at(Date.now() / 1000);
    let calls = 0;
    const busy = () => {
      calls++;
      return Promise.resolve(replyText({ ok: false, refusal: { code: "busy", retryS: 4 } }));
    };
    const app = createApp(PUBLIC_CHAINS);
    const token = await memberToken("one of many");
    const { body } = await call("POST", `/v1/sessions/${id}/pass`, { token, body: {} });
    const post = async (more: object = {}) => {
      const reply = await app.request(
        `/v1/sessions/${id}/reservations`,
        {
          method: "POST",
          headers: { Authorization: `Bearer ${token}` },
          body: JSON.stringify({ pass: body.pass, pool: 2, nonce, ...more }),
        },
        { ...env, SHARDS: { getByName: () => ({ reserve: busy }) } } as never,
      );
      return {
        status: reply.status,
        retryS: Number(reply.headers.get("Retry-After")),
        body: (await reply.json()) as Record<string, string>,
      };
    };
    const shed = [];
    for (let at = 0; at < 60; at++) shed.push(await post());
    for (const { status, retryS, body: told } of shed) {
      expect([status, told.code, typeof told.overload]).toEqual([503, "busy", "string"]);
      expect(retryS).toBeGreaterThanOrEqual(1);
      expect(retryS).toBeLessThanOrEqual(8);
    }
    // The n-th try is sent with a chance of 1 in n: 1 + 1/2 + ... + 1/60 = 4.7 calls are expected.
    expect(calls).toBeLessThan(30);
    const again = await post({ overload: shed[0]?.body.overload });
    expect([again.status, again.body.overload], "a ticket stays what it was").toEqual([503, shed[0]?.body.overload]);
  });
});

describe("published files", () => {
  it("are immutable and cacheable by anyone, and answer 304 to who has them", async () => {
    const id = freshId("http");
    await announced(id);
    await runUntil(id, CLOSE + 60);
    for (const name of [
      "manifest.json",
      "seal.json",
      "result.json",
      "beacon.json",
      "pools",
      "exclusions",
      "shards/0",
      "tables/1",
      "results/1",
      "waves/1",
    ]) {
      const answer = await call("GET", `/draws/${id}/${name}`);
      expect(answer.status, name).toBe(200);
      expect(answer.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
      const again = await call("GET", `/draws/${id}/${name}`, {
        headers: { "If-None-Match": answer.headers.get("ETag") as string },
      });
      expect(again.status, name).toBe(304);
    }
    const view = await call("GET", `/v1/sessions/${id}`);
    expect(view.body).toMatchObject({ session: id, beacon: { local: true }, pools: [{ pool: 1 }, { pool: 2 }, { pool: 3 }] });
  });
});

describe("security headers", () => {
  const HEADERS = { "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer" };

  it("come with every reply, whoever made it: a route, a refusal, a middleware, the last word", async () => {
    const id = freshId();
    await announced(id);
    const token = tokens.member as string;
    const replies: [method: string, path: string, options: Parameters<typeof call>[2], status: number][] = [
      ["GET", "/v1/time", {}, 200],
      ["GET", `/draws/${id}/manifest.json`, {}, 200],
      ["GET", `/draws/${id}/result.json`, {}, 404],
      ["POST", `/v1/sessions/${id}/pass`, { token, body: {} }, 200],
      ["GET", `/v1/sessions/${id}/reservations`, { token }, 200],
      ["POST", `/v1/sessions/${id}/reservations`, { body: {} }, 401],
      ["POST", `/v1/sessions/${id}/reservations`, { token, raw: "{" }, 400],
      ["POST", `/v1/sessions/${id}/reservations`, { raw: "x".repeat(9000) }, 413],
      ["PUT", `/v1/sessions/${id}/reservations`, { token, body: {} }, 405],
      ["GET", "/v1/nowhere", {}, 404],
    ];
    for (const [method, path, options, status] of replies) {
      const answer = await call(method, path, options);
      expect(answer.status, `${method} ${path}`).toBe(status);
      for (const [name, value] of Object.entries(HEADERS))
        expect(answer.headers.get(name), `${method} ${path} ${name}`).toBe(value);
    }
  });
});

describe("every GET that needs no token", () => {
  it.each([
    "/v1/time",
    "/v1/health",
    "/v1/beacons",
    "/v1/sessions",
    "/v1/catalog",
    "/v1/stores",
    "/problems",
    "/v1/sessions/nobody",
    "/nowhere",
  ])("%s says how long caches may keep the answer: Cloudflare guesses where nothing is said", async (path) => {
    expect((await call("GET", path)).headers.get("Cache-Control")).toMatch(/^(?:no-store|public, max-age=[0-9]+)$/);
  });
});

describe("a Worker without its secrets", () => {
  it("answers 503 with the name of nothing but the problem, and serves nobody", async () => {
    const { PEPPER: _, ...rest } = env as unknown as Record<string, unknown>;
    const response = await createApp(PUBLIC_CHAINS).request(
      "/v1/sessions/x/pass",
      { method: "POST", headers: { Authorization: `Bearer ${tokens.member}` } },
      rest as never,
    );
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("PEPPER");
  });
});
