// What the search index holds of a product: its names, story, sizes and seats in every language, and those of its tier and scenes.
import type { Names } from "../contracts/basics.ts";
import type { Catalog, ProductInput } from "../contracts/catalog.ts";
import { indexed } from "../domain/catalog/search.ts";

export type ProductTexts = { product: string; words: string; pairs: string };

export function productTexts(
  { product, name, story, tier, scenes, skus }: ProductInput & { product: string },
  labels: Pick<Catalog, "tiers" | "scenes">,
): ProductTexts {
  const options = skus.flatMap((sku) => sku.options.flatMap((option) => (option.axis === "date" ? [] : [option.value])));
  const names: Names[] = [
    name,
    story,
    ...options,
    ...labels.tiers.filter((label) => label.tier === tier).map((label) => label.name),
    ...labels.scenes.filter(({ scene }) => scenes.includes(scene)).map((label) => label.name),
  ];
  const texts = names.flatMap((one) => Object.values(one).filter((text) => text !== undefined));
  const gtins = skus.flatMap(({ sku, gtin }) => [sku, gtin ?? ""]);
  return { product, ...indexed([product, ...texts, ...gtins]) };
}
