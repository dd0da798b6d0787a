// The catalogue as everybody reads it: snapshots with their own addresses, search, and nothing of what is not released.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CatalogView } from "../../contracts/catalog-view.ts";
import { hex, utf8 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { saveProduct } from "../../records/catalog-write.ts";
import { recordsOf } from "../../records/database.ts";
import { freshCatalog, priceIn, productOf, put, putNew, SCENES, TIERS } from "./support/catalog.ts";
import { call, operatorToken } from "./support/http.ts";
import { freshId, freshWorld, planFor } from "./support/session.ts";

beforeEach(async () => {
  await freshWorld();
  await freshCatalog();
});
afterEach(() => {
  vi.useRealTimers();
});

const NOW = 1_900_000_000;
const at = (unixS: number) => {
  vi.useFakeTimers({ toFake: ["Date"], now: unixS * 1000 });
};

const pointer = (market?: string) => call("GET", `/v1/catalog${market ? `?market=${market}` : ""}`);
async function view(market?: string): Promise<CatalogView> {
  const found = await pointer(market);
  return (await call("GET", String(found.body.url))).body as unknown as CatalogView;
}
const ids = ({ products }: CatalogView) => products.map(({ product }) => product);

describe("the pointer", () => {
  it("names a snapshot by the hash of its content, and both answer 304 to who has them", async () => {
    await putNew("tiger");
    const found = await pointer("CN");
    const snapshot = await call("GET", String(found.body.url));
    const id = hex(sha256(utf8(snapshot.text)));
    expect(found.body).toEqual({ market: "CN", snapshot: id, url: `/v1/catalog/snapshots/${id}` });
    expect(found.headers.get("Cache-Control")).toBe("public, max-age=60");
    expect(snapshot.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    for (const [path, { headers }] of [
      ["/v1/catalog?market=CN", found],
      [String(found.body.url), snapshot],
    ] as const) {
      const again = await call("GET", path, { headers: { "If-None-Match": headers.get("ETag") as string } });
      expect([again.status, again.text]).toEqual([304, ""]);
    }
  });

  it("moves with every change, and what it pointed to stays", async () => {
    await putNew("tiger");
    const before = await pointer("CN");
    await put("tiger", productOf("tiger", { alcohol: false }), 1);
    const after = await pointer("CN");
    expect(after.body.snapshot).not.toBe(before.body.snapshot);
    expect((await call("GET", String(before.body.url))).body).toMatchObject({ products: [{ alcohol: true }] });
    await put("tiger", productOf("tiger"), 2);
    expect((await pointer("CN")).body.snapshot).toBe(before.body.snapshot);
  });

  it("is asked for again at once while there are no goods: a shop that another hand fills is not empty for a minute", async () => {
    at(NOW);
    expect((await pointer("CN")).status).toBe(404);
    const empty = await pointer();
    expect(empty.headers.get("Cache-Control")).toBe("public, max-age=1");
    await saveProduct(recordsOf(env.DB, "fairpour"), "tiger", 0, productOf("tiger"), { tiers: TIERS, scenes: SCENES });
    at(NOW + 1);
    expect((await pointer("CN")).status).toBe(200);
    expect((await pointer()).body.snapshot).not.toBe(empty.body.snapshot);
  });

  it("is one per market, with its prices and nothing without one", async () => {
    await putNew("tiger");
    const skus = (id: string) => [{ ...productOf(id).skus[0], sku: id, prices: [priceIn("JP", "JPY", 5000)] }] as never;
    await putNew("fuji", { skus: skus("fuji") });
    expect(ids(await view("CN"))).toEqual(["tiger"]);
    expect((await view("JP")).products.map(({ product, skus }) => [product, skus[0]?.prices])).toEqual([
      ["fuji", [{ market: "JP", currency: "JPY", amountMinor: 5000 }]],
    ]);
    expect(ids(await view())).toEqual(["fuji", "tiger"]);
  });

  it.each(["US", "ZZ", "cn", "", "CN'", "%00"])("answers 404 for the market %j, in which nothing is for sale", async (market) => {
    await putNew("tiger");
    const files = async () => (await env.FILES.list({ prefix: "catalog/" })).objects.length;
    const before = await files();
    expect((await call("GET", `/v1/catalog?market=${market}`)).body.code).toBe("not_found");
    expect(await files()).toBe(before);
  });
});

describe("a release and a price at their instant", () => {
  it("change the snapshot then, not a minute later, and caches are told so", async () => {
    at(NOW);
    const prices = [priceIn("CN", "CNY", 100, 0, NOW + 30), priceIn("CN", "CNY", 200, NOW + 30)];
    await putNew("tiger", { skus: [{ ...(productOf("tiger").skus[0] as never as object), sku: "tiger", prices }] as never });
    await putNew("secret", { released: NOW + 45 });
    const priceNow = async () =>
      (await view("CN")).products.find(({ product }) => product === "tiger")?.skus[0]?.prices[0]?.amountMinor;
    const ageOf = async () => (await pointer("CN")).headers.get("Cache-Control");
    expect([await priceNow(), await ageOf()]).toEqual([100, "public, max-age=30"]);
    at(NOW + 29);
    expect([await priceNow(), await ageOf()]).toEqual([100, "public, max-age=1"]);
    at(NOW + 30);
    expect([await priceNow(), await ageOf(), ids(await view("CN"))]).toEqual([200, "public, max-age=15", ["tiger"]]);
    at(NOW + 45);
    expect([ids(await view("CN")), await ageOf()]).toEqual([["secret", "tiger"], "public, max-age=60"]);
  });
});

describe("what is not released", () => {
  it("is in no public reply, by no id and by no word", async () => {
    await putNew("tiger");
    await putNew("xk9-launch", { released: null, name: { "zh-CN": "绝密新品", en: "Topsecret" } });
    await putNew("later", { released: NOW * 2, name: { "zh-CN": "绝密新品", en: "Topsecret" } });
    const paths = [
      "/v1/catalog",
      "/v1/catalog?market=CN",
      String((await pointer("CN")).body.url),
      String((await pointer()).body.url),
      "/v1/catalog/search?market=CN&q=topsecret",
      "/v1/catalog/search?q=%E7%BB%9D%E5%AF%86",
      "/v1/sessions",
      "/v1/stores",
    ];
    for (const path of paths) expect((await call("GET", path)).text, path).not.toMatch(/xk9|Topsecret|绝密|"later"/);
    const unknown = await call("GET", "/v1/catalog/products/nothing?market=CN");
    for (const id of ["xk9-launch", "later"]) {
      const answer = await call("GET", `/v1/catalog/products/${id}?market=CN`);
      expect([answer.status, answer.text]).toEqual([404, unknown.text]);
    }
    expect((await call("GET", "/v1/catalog/products/tiger?market=CN")).body).toMatchObject({ product: "tiger" });
  });

  it("cannot become public by a session: neither planned before its release nor announced after that was moved", async () => {
    const token = await operatorToken();
    const plan = (id: string, changes: object = {}) =>
      call("POST", "/v1/admin/sessions", { token, body: { ...planFor(id).input, skus: ["wine"], ...changes } });
    const { open } = planFor("x").input;
    await putNew("wine", { released: open });
    expect((await plan(freshId())).status).toBe(201);
    expect((await plan(freshId(), { leads: { announceS: 1, reviewS: 30, sealLeadS: 10 } })).body).toMatchObject({
      code: "not_released",
      skus: ["wine"],
    });
    const id = freshId();
    await put("wine", productOf("wine"), 1);
    expect((await plan(id)).status).toBe(201);
    await put("wine", productOf("wine", { released: null }), 2);
    expect(await call("POST", `/v1/admin/sessions/${id}/announce`, { token })).toMatchObject({
      status: 409,
      body: { code: "not_released", detail: expect.stringContaining("wine") as string },
    });
    expect((await call("GET", `/v1/sessions/${id}`)).status).toBe(404);
  });

  it.each<[string, Parameters<typeof productOf>[1], object, string]>([
    ["cold goods that wait too long", { coldPickupS: 100 }, { pickupS: 101 }, "cold_waits"],
    ["more SKUs than a person may have", { limits: [{ scope: "session", units: 1 }] }, { skus: ["wine", "plush"] }, "over_limit"],
    [
      "no price when it opens",
      { skus: [{ ...productOf("wine").skus[0], prices: [priceIn("CN", "CNY", 1, 0, 1)] }] as never },
      {},
      "unknown_sku",
    ],
  ])("beside %s is refused with its code", async (_, product, changes, code) => {
    await putNew("wine", product);
    await putNew("plush");
    const body = { ...planFor(freshId()).input, skus: ["wine"], ...changes };
    expect((await call("POST", "/v1/admin/sessions", { token: await operatorToken(), body })).body.code).toBe(code);
  });
});

describe("search", () => {
  const found = async (q: string, more = "") =>
    (
      (await call("GET", `/v1/catalog/search?market=CN&q=${encodeURIComponent(q)}${more}`)).body.products as { product: string }[]
    ).map(({ product }) => product);
  beforeEach(async () => {
    await putNew("tiger");
    await putNew("prince", {
      tier: "series",
      scenes: [],
      name: { "zh-CN": "茅台王子酒", en: "Moutai Prince café", ja: "茅台プリンス" },
      story: { "zh-CN": "酱香型白酒。", en: "A sauce-aroma baijiu." },
    });
  });

  it.each([
    ["a word of two characters", "生肖", ["tiger"]],
    ["another one, from the story", "门店", ["tiger"]],
    ["a stretch of characters", "茅台王子", ["prince"]],
    ["characters that do not stand together", "茅王", []],
    ["one character", "虎", ["tiger"]],
    ["the last character of a name", "酒", ["prince", "tiger"]],
    ["kana", "プリンス", ["prince"]],
    ["half-width kana", "ﾌﾟﾘﾝｽ", ["prince"]],
    ["the beginning of an English word", "tig", ["tiger"]],
    ["words in any order", "PRINCE moutai", ["prince"]],
    ["an accent left out", "cafe", ["prince"]],
    ["a scene", "婚宴", ["tiger"]],
    ["a tier in Japanese", "干支", ["tiger"]],
    ["two kinds at once", "虎 2499 tiger", []],
    ["a size", "500", ["prince", "tiger"]],
    ["an SKU", "prince", ["prince"]],
    ["FTS syntax, as mere words", 'tiger" OR "prince', []],
    ["a column of the index", "words : tiger", []],
    ["an unfinished quote", '"tiger', ["tiger"]],
    ["a star", "ti*", ["tiger"]],
  ])("finds by %s", async (_, q, products) => {
    expect((await found(q)).sort()).toEqual(products);
  });

  it("narrows by tier and scene", async () => {
    expect(await found("500", "&tier=series")).toEqual(["prince"]);
    expect(await found("500", "&scene=wedding")).toEqual(["tiger"]);
    expect(await found("500", "&tier=nothing")).toEqual([]);
  });

  it.each([
    ["no words", "", "/q"],
    ["marks alone", "?q=%22%2A%28", "/q"],
    ["a hundred and one letters", `?q=${"a".repeat(101)}`, "/q"],
    ["a tier that cannot be one", "?q=a&tier=%27%3B", "/tier"],
    ["a market that cannot be one", "?q=a&market=china", "/market"],
  ])("with %s is refused at its parameter", async (_, query, pointer) => {
    const answer = await call("GET", `/v1/catalog/search${query}`);
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_input"]);
    expect((answer.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
    expect(answer.text).not.toMatch(/fts|syntax|MATCH/i);
  });
});
