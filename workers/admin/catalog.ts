// The operator's catalogue: everything, released or not; whole products, prices, tiers and scenes. What is refused writes nothing.
import { Hono } from "hono";
import * as v from "valibot";
import { slug } from "../../contracts/basics.ts";
import {
  type Catalog,
  type KeptProduct,
  type ProductInput,
  pricesInput,
  productPut,
  scenesInput,
  tiersInput,
} from "../../contracts/catalog.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { readCatalog } from "../../records/catalog.ts";
import { saveLabels, savePrices, saveProduct } from "../../records/catalog-write.ts";
import { recordsOf } from "../../records/database.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { forgetCatalog } from "../edge/catalog-snapshots.ts";
import { body } from "../edge/input.ts";
import { problem } from "../edge/problem.ts";

/** 200 SKUs with their prices in a dozen markets, at some 100 bytes each. */
const PRODUCT_BYTES_MAX = 512_000;
const LIST_BYTES_MAX = 64_000;

const PRIVATE = { "Cache-Control": "no-store" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** Places that name a tier or scene which is not in its list. */
function strangers({ tier, scenes }: ProductInput, catalog: Catalog): { pointer: string; detail: string }[] {
  const isTier = catalog.tiers.some((one) => one.tier === tier);
  const isScene = (scene: string) => catalog.scenes.some((one) => one.scene === scene);
  return [
    ...(isTier ? [] : [{ pointer: "/tier", detail: "a tier of this catalogue" }]),
    ...scenes.flatMap((scene, at) => (isScene(scene) ? [] : [{ pointer: `/scenes/${at}`, detail: "a scene of this catalogue" }])),
  ];
}

const find = ({ products }: Catalog, product: string): KeptProduct | undefined => products.find((one) => one.product === product);

/** Products that name something which `kept` no longer has. */
const named = ({ products }: Catalog, namesOf: (product: KeptProduct) => string[], kept: string[]): string[] =>
  products.filter((product) => namesOf(product).some((name) => !kept.includes(name))).map(({ product }) => product);

export const adminCatalog = new Hono<CallerApp>()
  .use("/v1/admin/catalog/*", async (c, next) => {
    await next();
    if (c.req.method !== "GET") forgetCatalog();
  })
  .get("/v1/admin/catalog", operator, async (c) => c.json(await readCatalog(records(c.env)), 200, PRIVATE))
  .get("/v1/admin/catalog/products/:product", operator, async (c) => {
    const product = find(await readCatalog(records(c.env)), c.req.param("product"));
    return product ? c.json(product, 200, PRIVATE) : problem("not_found");
  })
  .put("/v1/admin/catalog/products/:product", operator, async (c) => {
    const { version, ...input } = await body(c, productPut, PRODUCT_BYTES_MAX);
    const product = c.req.param("product");
    if (!v.is(slug, product)) return problem("not_found");
    const catalog = await readCatalog(records(c.env));
    const errors = strangers(input, catalog);
    if (errors.length > 0) return problem("invalid_input", { errors });
    const now = find(catalog, product)?.version ?? 0;
    if (version !== now) return problem("version_differs", { version: now });
    const outcome = await saveProduct(records(c.env), product, version, input, catalog);
    return outcome.ok ? c.json({ product, ...outcome.value }, version === 0 ? 201 : 200, PRIVATE) : problem(outcome.refusal);
  })
  .put("/v1/admin/catalog/skus/:sku/prices", operator, async (c) => {
    const { version, prices } = await body(c, pricesInput, PRODUCT_BYTES_MAX);
    const sku = c.req.param("sku");
    const catalog = await readCatalog(records(c.env));
    const found = catalog.products.find(({ skus }) => skus.some((one) => one.sku === sku));
    if (!found) return problem("not_found");
    if (version !== found.version) return problem("version_differs", { version: found.version });
    const outcome = await savePrices(records(c.env), { product: found.product, sku, version }, prices);
    return outcome.ok ? c.json({ product: found.product, sku, ...outcome.value }, 200, PRIVATE) : problem(outcome.refusal);
  })
  .put("/v1/admin/catalog/tiers", operator, async (c) => {
    const { tiers } = await body(c, tiersInput, LIST_BYTES_MAX);
    const catalog = await readCatalog(records(c.env));
    const products = named(
      catalog,
      ({ tier }) => [tier],
      tiers.map(({ tier }) => tier),
    );
    if (products.length > 0) return problem("label_in_use", { products });
    await saveLabels(records(c.env), { tiers, scenes: catalog.scenes }, catalog.products);
    return c.json({ tiers }, 200, PRIVATE);
  })
  .put("/v1/admin/catalog/scenes", operator, async (c) => {
    const { scenes } = await body(c, scenesInput, LIST_BYTES_MAX);
    const catalog = await readCatalog(records(c.env));
    const products = named(
      catalog,
      (product) => product.scenes,
      scenes.map(({ scene }) => scene),
    );
    if (products.length > 0) return problem("label_in_use", { products });
    await saveLabels(records(c.env), { tiers: catalog.tiers, scenes }, catalog.products);
    return c.json({ scenes }, 200, PRIVATE);
  });
