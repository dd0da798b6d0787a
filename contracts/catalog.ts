// The catalogue: what an operator writes, and how shops and pages read it.
import * as v from "valibot";
import { type ProductFault, productFaults } from "../domain/catalog/product.ts";
import { ftsQuery } from "../domain/catalog/search.ts";
import { currency, hex32, longNames, market, money, names, skuId, slug, timeZone, unixSeconds, whole } from "./basics.ts";

const PRICES_MAX = 200;
const SKUS_MAX = 200;

const option = v.variant("axis", [
  v.strictObject({ axis: v.literal("size"), value: names }),
  v.strictObject({ axis: v.literal("seat"), value: names }),
  /** An instant, shown in the time zone of the place where it matters. */
  v.strictObject({ axis: v.literal("date"), at: unixSeconds, timeZone }),
]);
export type Option = v.InferOutput<typeof option>;

const limit = v.strictObject({ scope: v.picklist(["sku", "product", "session"]), units: whole(1, 1_000_000) });
export type Limit = v.InferOutput<typeof limit>;

/** Holds from `from` until just before `until`, Unix seconds; without an end while `until` is null. */
const price = v.strictObject({
  market,
  currency,
  amountMinor: whole(0, Number.MAX_SAFE_INTEGER),
  from: unixSeconds,
  until: v.nullable(unixSeconds),
});
export type Price = v.InferOutput<typeof price>;

/** Which version of the product the writer has seen; 0 where there is none yet. Another one in between is refused. */
const version = whole(0, 1_000_000_000);

/** PUT /v1/admin/catalog/skus/{sku}/prices: all of them. At most one price per market holds at any instant. */
export const pricesInput = v.pipe(
  v.strictObject({ version, prices: v.pipe(v.array(price), v.maxLength(PRICES_MAX)) }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const sku = { sku: "", options: [], gtin: null, prices: dataset.value.prices };
    for (const { path, detail } of productFaults({ limits: [], skus: [sku] }))
      addIssue(issueAt(dataset.value, { path: path.slice(2), detail }));
  }),
);

const sku = v.strictObject({
  sku: skuId,
  options: v.pipe(v.array(option), v.maxLength(3)),
  gtin: v.nullable(v.pipe(v.string(), v.maxLength(14))),
  prices: v.pipe(v.array(price), v.maxLength(PRICES_MAX)),
});

const productEntries = {
  tier: slug,
  /** Products that count as one when tickets for a draw are worked out. */
  family: slug,
  name: names,
  /** Facts in our own words. */
  story: longNames,
  /** Occasions, by their ids in the list of scenes. */
  scenes: v.pipe(
    v.array(slug),
    v.maxLength(20),
    v.check((list) => new Set(list).size === list.length, "each scene once"),
  ),
  /** Sold from the market's minimum age on. */
  alcohol: v.boolean(),
  /** Kept cold: a unit waits at the store for so many seconds and no longer. Null for everything else. */
  coldPickupS: v.nullable(whole(60, 30 * 86400)),
  limits: v.pipe(v.array(limit), v.maxLength(3)),
  /** From this instant on it is public; null: not yet. Nobody but an operator sees it before. */
  released: v.nullable(unixSeconds),
  skus: v.pipe(v.array(sku), v.minLength(1), v.maxLength(SKUS_MAX)),
};

const productChecks = <Input extends Parameters<typeof productFaults>[0]>() =>
  v.rawCheck<Input>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const fault of productFaults(dataset.value)) addIssue(issueAt(dataset.value, fault));
  });

/** A whole product: what a pack holds for each, beside its id. */
export const productInput = v.pipe(v.strictObject(productEntries), productChecks());
export type ProductInput = v.InferOutput<typeof productInput>;
/** PUT /v1/admin/catalog/products/{product}. */
export const productPut = v.pipe(v.strictObject({ ...productEntries, version }), productChecks());

const PATH = { type: "unknown", origin: "value" } as const;
/** The fault at its place in the input, as the schema's own complaints are. */
const issueAt = (input: unknown, { path, detail }: ProductFault) => ({
  message: detail,
  path: path.map((key) => ({ ...PATH, input, key, value: undefined })) as unknown as [v.IssuePathItem, ...v.IssuePathItem[]],
});

const labels = <Key extends string>(key: Key) =>
  v.pipe(
    v.array(v.strictObject({ [key]: slug, name: names } as { [Name in Key]: typeof slug } & { name: typeof names })),
    v.maxLength(100),
    v.check((list) => new Set(list.map((one) => (one as Record<string, unknown>)[key])).size === list.length, `each ${key} once`),
  );

/** In the order in which they are shown: PUT /v1/admin/catalog/tiers and /scenes. */
export const tiersInput = v.strictObject({ tiers: labels("tier") });
export const scenesInput = v.strictObject({ scenes: labels("scene") });
export const tier = v.object({ tier: slug, name: names });
export type Tier = v.InferOutput<typeof tier>;
export const scene = v.object({ scene: slug, name: names });
export type Scene = v.InferOutput<typeof scene>;

/** A product as an operator sees it, released or not. */
export const keptProduct = v.object({ product: slug, version, ...productEntries });
export type KeptProduct = ProductInput & { product: string; version: number };

/** Everything there is: what an operator sees, and what replies to the public are made of. */
export const catalogReply = v.object({ tiers: v.array(tier), scenes: v.array(scene), products: v.array(keptProduct) });
export type Catalog = { tiers: Tier[]; scenes: Scene[]; products: KeptProduct[] };

/** What a write of a product or of a SKU's prices answers with. */
export const productSaved = v.object({ product: slug, version });
export const pricesSaved = v.object({ product: slug, sku: skuId, version });

const { released: _, ...publicEntries } = productEntries;

/** A product as everybody may see it: released, with the prices that hold now. GET /v1/catalog/products/{product}. */
export const product = v.object({
  product: slug,
  ...publicEntries,
  skus: v.array(v.object({ ...sku.entries, prices: v.array(v.object({ ...money.entries, market })) })),
});
export type Product = v.InferOutput<typeof product>;

/** GET /v1/catalog: where the snapshot lies that holds now. */
export const catalogPointer = v.object({ market: v.nullable(market), snapshot: hex32, url: v.string() });
export type CatalogPointer = v.InferOutput<typeof catalogPointer>;

/** GET /v1/catalog/search: everything that was typed has to be found; tier and scene narrow it down. */
export const searchInput = v.object({
  q: v.pipe(
    v.string(),
    v.maxLength(100),
    v.check((typed) => ftsQuery(typed) !== undefined, "at least one letter or digit"),
  ),
  market: v.optional(market),
  tier: v.optional(slug),
  scene: v.optional(slug),
});

export const searchReply = v.object({ market: v.nullable(market), snapshot: hex32, products: v.array(product) });
