// The operator's catalogue over HTTP: whole products, prices, tiers; and what of a refused one is written, which is nothing.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { ProductInput } from "../../contracts/catalog.ts";
import { everything, freshCatalog, priceIn, productOf, put, putNew, TIERS } from "./support/catalog.ts";
import { call, operatorToken } from "./support/http.ts";

beforeEach(freshCatalog);

const send = async (path: string, body: object) => call("PUT", `/v1/admin/catalog/${path}`, { token: await operatorToken(), body });

async function rows(): Promise<unknown> {
  const tables = ["tiers", "scenes", "products", "skus", "prices", "product_texts"];
  const found = await env.DB.batch(tables.map((table) => env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`)));
  return found.map(({ results }) => results);
}

const twoSkus = (id: string): ProductInput["skus"] =>
  ["41", "42"].map((size) => ({
    sku: `${id}-${size}`,
    options: [{ axis: "size", value: { "zh-CN": size, en: size } }],
    gtin: null,
    prices: [priceIn("CN", "CNY", 100, 0, 50), priceIn("CN", "CNY", 200, 50)],
  }));

describe("a product", () => {
  it("comes back as it was written, with its version", async () => {
    const input = productOf("tiger", { skus: twoSkus("tiger"), limits: [{ scope: "product", units: 1 }], coldPickupS: 7200 });
    expect((await put("tiger", input)).body).toEqual({ product: "tiger", version: 1 });
    const found = await call("GET", "/v1/admin/catalog/products/tiger", { token: await operatorToken() });
    expect(found.body).toEqual({ product: "tiger", version: 1, ...input });
    expect(found.headers.get("Cache-Control")).toBe("no-store");
    expect((await everything()).products).toEqual([found.body]);
  });

  it("is replaced as a whole: an SKU and a price that are left out are gone", async () => {
    await putNew("tiger", { skus: twoSkus("tiger") });
    const input = productOf("tiger", { skus: twoSkus("tiger").slice(1) });
    expect(await put("tiger", input, 1)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await everything()).products).toEqual([{ product: "tiger", version: 2, ...input }]);
    const { results } = await env.DB.prepare("SELECT DISTINCT sku FROM prices").all();
    expect(results).toEqual([{ sku: "tiger-42" }]);
  });

  it.each<[string, object, string, string[]]>([
    ["a tier that is not there", { tier: "gone" }, "invalid_input", ["/tier"]],
    ["scenes that are not there", { scenes: ["wedding", "gone"] }, "invalid_input", ["/scenes/1"]],
    [
      "a price without a currency",
      { skus: [{ sku: "tiger", options: [], gtin: null, prices: [{ market: "CN" }] }] },
      "invalid_input",
      [],
    ],
    [
      "two prices at once",
      { skus: [{ ...productOf("tiger").skus[0], prices: [priceIn("CN", "CNY", 1), priceIn("CN", "CNY", 2, 9)] }] },
      "invalid_input",
      ["/skus/0/prices/1/from"],
    ],
    [
      "a wrong check digit",
      { skus: [{ ...productOf("tiger").skus[0], gtin: "6291041500214" }] },
      "invalid_input",
      ["/skus/0/gtin"],
    ],
    [
      "another product's SKU",
      {
        skus: [
          ...productOf("tiger").skus,
          { ...productOf("other").skus[0], options: [{ axis: "size", value: { "zh-CN": "1", en: "1" } }] },
        ],
      },
      "sku_taken",
      [],
    ],
  ])("with %s is refused, and nothing is written", async (_, changes, code, pointers) => {
    await putNew("other");
    await putNew("tiger");
    const before = await rows();
    const answer = await put("tiger", { ...productOf("tiger"), ...changes }, 1);
    expect([answer.status, answer.body.code]).toEqual([code === "invalid_input" ? 422 : 409, code]);
    expect(((answer.body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(pointers),
    );
    expect(await rows()).toEqual(before);
  });

  it.each([
    ["new, over a version", "new", 1, 0],
    ["there, as if new", "tiger", 0, 1],
    ["over an old version", "tiger", 5, 1],
  ])("%s is refused with the version that is there", async (_, id, version, now) => {
    await putNew("tiger");
    const before = await rows();
    expect(await put(id, productOf(id), version)).toMatchObject({ status: 409, body: { code: "version_differs", version: now } });
    expect(await rows()).toEqual(before);
  });

  it("changed by two at the same moment is changed once", async () => {
    await putNew("tiger");
    const answers = await Promise.all(["a", "b", "c"].map((family) => put("tiger", productOf("tiger", { family }), 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const [kept] = (await everything()).products;
    expect(kept?.version).toBe(2);
    expect(answers[["a", "b", "c"].indexOf(kept?.family ?? "")]?.status).toBe(200);
  });

  it.each(["UPPER", "a b", "-a", "a".repeat(65), "%27"])("under the id %s has no address", async (id) => {
    expect((await put(id, productOf("tiger"))).status).toBe(404);
  });
});

describe("prices", () => {
  it("of one SKU are replaced, and count as a new version of the product", async () => {
    await putNew("tiger");
    const prices = [priceIn("CN", "CNY", 1, 0, 10), priceIn("JP", "JPY", 5000)];
    expect(await send("skus/tiger/prices", { version: 1, prices })).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await everything()).products[0]).toMatchObject({ version: 2, skus: [{ sku: "tiger", prices }] });
  });

  it.each([
    ["of an unknown SKU", "nothing", { version: 1, prices: [] }, 404, "not_found"],
    ["over an old version", "tiger", { version: 3, prices: [] }, 409, "version_differs"],
    [
      "without a currency",
      "tiger",
      { version: 1, prices: [{ market: "CN", amountMinor: 1, from: 0, until: null }] },
      422,
      "invalid_input",
    ],
    ["that end before they begin", "tiger", { version: 1, prices: [priceIn("CN", "CNY", 1, 5, 4)] }, 422, "invalid_input"],
    ["in another currency than the market's", "tiger", { version: 1, prices: [priceIn("CN", "USD", 1)] }, 422, "invalid_input"],
  ])("%s are refused, and nothing is written", async (_, sku, body, status, code) => {
    await putNew("tiger");
    const before = await rows();
    expect(await send(`skus/${sku}/prices`, body)).toMatchObject({ status, body: { code } });
    expect(await rows()).toEqual(before);
  });
});

describe("tiers and scenes", () => {
  it("are kept in their order", async () => {
    const tiers = [...TIERS].reverse();
    expect((await send("tiers", { tiers })).status).toBe(200);
    expect((await everything()).tiers).toEqual(tiers);
  });

  it("that products name cannot be left out, and nothing is written", async () => {
    await putNew("tiger");
    const before = await rows();
    expect(await send("tiers", { tiers: TIERS.slice(1) })).toMatchObject({
      status: 409,
      body: { code: "label_in_use", products: ["tiger"] },
    });
    expect(await send("scenes", { scenes: [] })).toMatchObject({
      status: 409,
      body: { code: "label_in_use", products: ["tiger"] },
    });
    expect(await rows()).toEqual(before);
  });

  it("are found under their new names", async () => {
    await putNew("tiger");
    const found = async (q: string) =>
      (await call("GET", `/v1/catalog/search?market=CN&q=${encodeURIComponent(q)}`)).body.products as unknown[];
    expect(await found("限定")).toEqual([]);
    await send("tiers", { tiers: [{ tier: "zodiac", name: { "zh-CN": "限定", en: "Limited" } }, ...TIERS.slice(1)] });
    expect(await found("限定")).toHaveLength(1);
  });
});
