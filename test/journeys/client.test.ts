// Another shop's own system, with nothing of ours but the typed client: plans a draw, enters it, follows the feed, receives webhooks; and every
// reply on the way fits openapi.json.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Event } from "../../clients/typescript/src/index.ts";
import { CALLED } from "../../scripts/api/client.ts";
import type { OpenApi } from "../../scripts/api/document.ts";
import { ROOT } from "../../scripts/local/bundle.ts";
import { eventually } from "../../scripts/play/sessions.ts";
import { everyCall } from "../support/calls.ts";
import { type Installed, installedClient } from "../support/package.ts";
import { withShop } from "./support/shop.ts";

let installed: Installed;
beforeAll(async () => {
  installed = await installedClient();
});
afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

/** The document as it would be if nothing were to come: an object has the members that are named, and no others. The page's refusals have more. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const inside = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name.includes("Problem") || name.includes("problem+json") ? part : closed(part),
    ]),
  );
  const isObject = "properties" in inside && inside.type === "object" && !("additionalProperties" in inside);
  return isObject ? { ...inside, additionalProperties: false } : inside;
}

/** A fetch that holds each reply against the document; `checked` counts them by operation. */
function checkedBy(document: OpenApi, checked: Map<string, number>): typeof fetch {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: "api", ...(closed(document) as object) });
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
  }));
  return async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(String(input));
    const path = paths.find(({ pattern }) => pattern.test(pathname))?.path;
    const method = (init?.method ?? "GET").toLowerCase();
    const promised = path && document.paths[path]?.[method];
    if (!promised || !path.startsWith("/v1/")) return response;
    const type = response.headers.get("Content-Type")?.split(";")[0] as string;
    checked.set(promised.operationId, (checked.get(promised.operationId) ?? 0) + 1);
    // What is no JSON has no schema: that it may come is what the document says.
    if (!type.endsWith("json") && promised.responses[response.status]?.content?.[type]) return response;
    const where = ["paths", path, method, "responses", String(response.status), "content", type, "schema"];
    const pointer = where.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const fits = ajv.getSchema(`api#/${pointer}`);
    if (!fits) throw new Error(`${method} ${path}: ${response.status} ${type} is not in openapi.json`);
    if (!fits(await response.clone().json())) throw new Error(`${method} ${path}: ${ajv.errorsText(fits.errors)}`);
    return response;
  };
}

async function tokenOf(url: string, who: object): Promise<string> {
  const reply = await fetch(`${url}/local/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(who),
  });
  return ((await reply.json()) as { token: string }).token;
}

/** A receiver on this machine that keeps what is the shop's own; it fails the first time, as receivers do. */
async function receiver(verify: (headers: Record<string, string | string[] | undefined>, body: string) => Promise<Event>) {
  const events: Event[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    requests++;
    const event = requests === 1 ? undefined : await verify(request.headers, body).catch(() => undefined);
    if (event) events.push(event);
    response.writeHead(event ? 204 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hooks`, events, requests: () => requests, close: () => server.close() };
}

it("goes from an empty plan to a receipt and a signed event, through the built package and documented shapes alone", async () => {
  const { Fairpour, isProblem, verifyWebhook } = installed.client;
  await withShop(async ({ url, chain }) => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
    const checked = new Map<string, number>();
    const shopAs = async (who: object) =>
      new Fairpour({ url, token: await tokenOf(url, who), fetch: checkedBy(document, checked) });
    const operator = await shopAs({ role: "operator" });
    const member = await shopAs({ role: "member", name: "Ada" });

    let secret = "";
    const hooks = await receiver((headers, body) => verifyWebhook(secret, headers, body));
    ({ secret } = await operator.makeWebhook({ url: hooks.url, types: ["session.announced", "session.open", "session.voided"] }));

    const { products } = await operator.catalog();
    const { stores } = await operator.stores("CN");
    const sku = products.flatMap(({ skus }) => skus).find(({ prices }) => prices.some(({ market }) => market === "CN"))
      ?.sku as string;
    const now = Math.floor((await operator.time()).now / 1000);
    const session = `client-${now}`;
    const plan = {
      session,
      title: { "zh-CN": "客户端", en: "By client" },
      market: "CN",
      open: now + 8,
      close: now + 120,
      graceS: 1,
      leads: { announceS: 0, reviewS: 60, sealLeadS: 5 },
      chain: chain.hash,
      skus: [sku],
    };
    await operator.plan(plan);
    await operator.allot(
      session,
      stores.slice(0, 2).map(({ store }) => ({ sku, store, stock: 3 })),
    );
    expect(await operator.checks(session)).toMatchObject({ session, mayAnnounce: true });
    const announced = await operator.announce(session);
    expect(announced.manifest).toMatch(/^[0-9a-f]{64}$/);
    await expect(operator.allot(session, [{ sku, store: stores[0]?.store as string, stock: 9 }])).rejects.toMatchObject({
      code: "not_draft",
    });

    const { pass } = await member.pass(session);
    const early = await member.reserve(session, { pass, pool: 1 }).catch((error: unknown) => error);
    expect(isProblem(early, "too_early")).toBe(true);
    await eventually("open", 30, async () => (await member.session(session)).state === "open");
    const nonce = "7".repeat(64);
    const first = await member.reserve(session, { pass, pool: 1, nonce });
    const again = await member.reserve(session, { pass, pool: 1, nonce });
    expect([first.repeated, again.repeated, again.text]).toEqual([false, true, first.text]);
    expect(await member.reserve(session, { pass, pool: 2 }).catch((error: unknown) => error)).toMatchObject({
      code: "already_reserved",
      body: { receipt: first.receipt },
    });
    expect((await member.reservations(session)).reservations).toHaveLength(1);
    expect(await member.result(session)).toBeUndefined();
    expect(await member.file(session, "manifest.json")).toBeInstanceOf(Uint8Array);
    await expect(member.award(first.receipt, "accept")).rejects.toMatchObject({ code: "not_awarded" });
    await expect(member.desk(session)).rejects.toMatchObject({ code: "wrong_role" });
    expect((await member.orders()).orders).toEqual([]);
    expect((await operator.allOrdersPage({ session })).orders).toEqual([]);
    await expect(operator.orderDesk(`${session}~1~${"0".repeat(26)}`)).rejects.toMatchObject({ code: "not_found" });

    expect((await operator.desk(session)).units).toBe(6);
    await operator.voidSession(session, "Trial over.");
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const event of operator.events({ everyMs: 200, signal: stop.signal })) {
      if ("session" in event.data && event.data.session === session) seen.push(event.type);
      if (event.type === "session.voided") stop.abort();
    }
    expect(seen).toEqual(["session.announced", "session.open", "session.voided"]);

    await eventually("webhooks", 60, async () => hooks.events.length >= 3);
    expect(hooks.events.map(({ type }) => type)).toEqual(seen);
    // The first was answered with 503, so it came once more.
    expect(hooks.requests()).toBe(4);
    const [{ webhook } = { webhook: "" }] = (await operator.webhooks()).webhooks;
    expect(await operator.webhook(webhook)).toMatchObject({ state: "enabled", pending: 0, dead: [] });
    await operator.replay(webhook, { event: hooks.events[0]?.cursor as string });
    await eventually("the replay", 60, async () => hooks.events.length >= 4);
    expect(hooks.events[3]).toEqual(hooks.events[0]);
    hooks.close();

    for (const operation of [
      "plan",
      "allot",
      "announce",
      "pass",
      "reserve",
      "ownReservations",
      "events",
      "makeWebhook",
      "session",
      "award",
      "checks",
      "desk",
      "allOrders",
    ]) {
      expect(checked.get(operation), operation).toBeGreaterThan(0);
    }
  });
});

it("runs a back office by operations that have no method of their own: a template, its drafts, the stores' file, a store's desk", async () => {
  const { Fairpour, isProblem } = installed.client;
  await withShop(async ({ url, chain }) => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
    const checked = new Map<string, number>();
    const shopAs = async (who: object) =>
      new Fairpour({ url, token: await tokenOf(url, who), fetch: checkedBy(document, checked) });
    const operator = await shopAs({ role: "operator" });
    const [sku = ""] = (await operator.catalog("CN")).products.flatMap(({ skus }) => skus.map((one) => one.sku));
    const [{ store: here } = { store: "" }, { store: there } = { store: "" }] = (await operator.stores("CN")).stores;

    const template = "daily-by-client";
    const body = {
      template,
      title: { "zh-CN": "每日 {date}", en: "Day {date}" },
      market: "CN",
      rule: { kind: "daily", at: "09:00", lengthS: 3600 },
      plan: { chain: chain.hash, skus: [sku], stock: template },
      units: { [sku]: 10 },
    } as const;
    const params = { template };
    expect(await operator.call("makeTemplate", { body })).toEqual({ template, version: 1 });
    expect(await operator.call("makeTemplate", { body })).toEqual({ template, version: 1 });
    const { occurrences } = await operator.call("occurrences", { params, query: { days: 9 } });
    const { date = "", session: first } = occurrences[4] ?? {};
    const drafted = await operator.call("draftSessions", { params, body: { from: date, to: occurrences[5]?.date ?? "" } });
    expect(drafted.sessions.map(({ session, done }) => [session, done])).toEqual([
      [first, "drafted"],
      [occurrences[5]?.session, "drafted"],
    ]);
    const session = first as string;
    const spread = { weights: { [here]: 2, [there]: 1 } };
    const proposed = await operator.call("proposeAllotment", { params: { session }, body: { units: { [sku]: 9 }, spread } });
    const lines = proposed.skus[0]?.lines.filter(({ units }) => units > 0).map(({ store, units }) => [store, units]);
    expect([proposed.applied, Object.fromEntries(lines ?? [])]).toEqual([false, { [here]: 6, [there]: 3 }]);
    await operator.call("proposeAllotment", { params: { session }, body: { units: { [sku]: 9 }, spread, apply: true } });
    const allotted = async () => (await operator.call("allotment", { params: { session }, query: { sku } })).units;
    expect(await allotted()).toBe(9);
    const file = `sku,store,units\n${sku},${here},4\n${sku},nowhere,1\n`;
    const refused = await operator.call("allot", { params: { session }, body: file }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "invalid_input", body: { refused: 1, rows: [{ line: 3, column: "store" }] } });
    await operator.call("allot", { params: { session }, body: file.replace("nowhere", there) });
    expect(await allotted()).toBe(5);
    expect(await operator.checks(session)).toMatchObject({ session, mayAnnounce: true });
    expect((await operator.call("forecast", { params: { session } })).session).toBe(session);
    const { versions } = await operator.call("versions", { params: { session } });
    expect(versions.flatMap(({ allotment }) => allotment?.how ?? [])).toEqual(["proportional", "proportional", "csv"]);

    const stores = await operator.call("exportStores", { query: { market: "CN" } });
    const [head = "", row = ""] = stores.split("\r\n");
    const at = head.replace("\ufeff", "").split(",").indexOf("status");
    const wrong = row.split(",").with(at, "ajar").join(",");
    const rows = await operator.call("importStores", { body: `${head}\r\n${wrong}\r\n` }).catch((error: unknown) => error);
    expect(isProblem(rows, "invalid_rows")).toBe(true);
    expect(rows).toMatchObject({ body: { refused: 1, rows: [{ line: 2, column: "status" }] } });
    const again = { rows: stores.trimEnd().split("\r\n").length - 1, created: 0, changed: 0, dryRun: true };
    const bytes = new TextEncoder().encode(stores);
    expect(await operator.call("importStores", { query: { dryRun: "yes" }, body: bytes })).toMatchObject(again);

    await operator.announce(session);
    const visitor = new Fairpour({ url, fetch: checkedBy(document, checked) });
    const near = await visitor.call("nearestStores", { params: { session }, query: { sku, lat: 26.58, lng: 106.72, limit: 1 } });
    expect([near.stores.length, near.sealed]).toEqual([1, false]);
    expect(await visitor.call("offer", { params: { session, sku } })).toMatchObject({ sku, stock: expect.any(Array) });
    const manifest = await visitor.call("drawFile", { params: { session, name: "manifest.json" } });
    expect(JSON.parse(new TextDecoder().decode(manifest))).toMatchObject({ type: "manifest", session });
    expect(await visitor.call("logKey")).toMatch(/^localhost\/sessions\+/);

    const desk = await shopAs({ role: "store", store: here });
    const delivery = { delivery: "truck-20270301", session, sku, units: 4 };
    expect(await desk.call("delivery", { params: { store: here }, body: delivery })).toMatchObject({ received: 4, ready: 0 });
    expect(await desk.call("delivery", { params: { store: here }, body: delivery })).toMatchObject({ received: 4 });
    const other = await desk.call("delivery", { params: { store: here }, body: { ...delivery, units: 5 } }).catch((error) => error);
    expect(isProblem(other, "delivery_differs")).toBe(true);
    expect((await desk.call("storeOrders", { params: { store: here } })).orders).toEqual([]);
    const elsewhere = await desk.call("storeOrders", { params: { store: there } }).catch((error: unknown) => error);
    expect(isProblem(elsewhere)).toBe(true);

    for (const operation of ["makeTemplate", "draftSessions", "proposeAllotment", "exportStores", "importStores", "delivery"]) {
      expect(checked.get(operation), operation).toBeGreaterThan(0);
    }
  });
});

it("stands alone: the built package is imported by plain Node from a folder with nothing else in it", () => {
  const script = join(installed.folder, "try.mjs");
  writeFileSync(
    script,
    `import { Fairpour, isProblem } from "@fairpour/client";
const shop = new Fairpour({ url: "http://127.0.0.1:1", tries: 1 });
await shop.time().catch((error) => console.log(isProblem(error), error.message));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: installed.folder, encoding: "utf8" });
  expect([stdout.trim(), stderr]).toEqual(["false fetch failed", ""]);
});

/** What the compiler says to a program of somebody who has installed the package. */
function compiled(name: string, program: string): string {
  writeFileSync(join(installed.folder, name), program);
  writeFileSync(join(installed.folder, "package.json"), '{"type":"module"}');
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const options = [
    "--strict",
    "--noEmit",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "",
    "--lib",
    "es2022,dom",
    name,
  ];
  return spawnSync(process.execPath, [tsc, ...options], { cwd: installed.folder, encoding: "utf8" }).stdout;
}

it("type-checks in a project of its own, and so do the examples of its README", () => {
  const readme = readFileSync(join(ROOT, "clients/typescript/README.md"), "utf8");
  const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example]) => example as string);
  expect(examples.length).toBe(2);
  expect(examples[0]?.trim().split("\n").length).toBeLessThanOrEqual(24);
  expect(compiled("example.ts", examples.join("\n"))).toBe("");
});

it("has a type for every operation: all that it takes compiles, and a parameter or a member that it does not have does not", () => {
  const { program, wrong } = everyCall();
  expect(wrong).toBeGreaterThan(4 * CALLED.length);
  expect(compiled("calls.ts", program)).toBe("");
});
