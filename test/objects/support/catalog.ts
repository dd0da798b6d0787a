// A small catalogue for tests, written the way an operator writes it.
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Catalog, ProductInput } from "../../../contracts/catalog.ts";
import { forgetCatalog } from "../../../workers/edge/catalog-snapshots.ts";
import { call, operatorToken } from "./http.ts";

export const TIERS = [
  { tier: "zodiac", name: { "zh-CN": "生肖", en: "Zodiac", ja: "干支" } },
  { tier: "series", name: { "zh-CN": "系列酒", en: "Series" } },
];
export const SCENES = [{ scene: "wedding", name: { "zh-CN": "婚宴", en: "Wedding", ja: "結婚祝い" } }];

export const priceIn = (market: string, currency: string, amountMinor: number, from = 0, until: number | null = null) => ({
  market,
  currency,
  amountMinor,
  from,
  until,
});

/** A released bottle with one SKU of the same id, sold in China. */
export function productOf(id: string, changes: Partial<ProductInput> = {}): ProductInput {
  return {
    tier: "zodiac",
    family: id,
    name: { "zh-CN": `${id} 虎年酒`, en: `${id} Year of the Tiger`, ja: `${id} 寅年の酒` },
    story: { "zh-CN": "在门店取货。", en: "Collected at a store." },
    scenes: ["wedding"],
    alcohol: true,
    coldPickupS: null,
    limits: [],
    released: 0,
    skus: [
      {
        sku: id,
        options: [{ axis: "size", value: { "zh-CN": "500 毫升", en: "500 ml" } }],
        gtin: null,
        prices: [priceIn("CN", "CNY", 249900)],
      },
    ],
    ...changes,
  };
}

/** PUT over the version that is there; the answer as it comes. */
export async function put(id: string, input: object, version = 0) {
  return call("PUT", `/v1/admin/catalog/products/${id}`, { token: await operatorToken(), body: { ...input, version } });
}

/** An empty catalogue with our tiers and scenes. */
export async function freshCatalog(): Promise<void> {
  const token = await operatorToken();
  const empty = ["tiers", "scenes", "products", "skus", "prices", "product_texts"];
  await env.DB.batch(empty.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  forgetCatalog();
  for (const [list, body] of [
    ["tiers", { tiers: TIERS }],
    ["scenes", { scenes: SCENES }],
  ] as const)
    expect((await call("PUT", `/v1/admin/catalog/${list}`, { token, body })).status).toBe(200);
}

export async function putNew(id: string, changes: Partial<ProductInput> = {}): Promise<void> {
  expect((await put(id, productOf(id, changes))).status).toBe(201);
}

export const everything = async () =>
  (await call("GET", "/v1/admin/catalog", { token: await operatorToken() })).body as unknown as Catalog;
