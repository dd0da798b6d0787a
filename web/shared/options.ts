// What sets one SKU of a product apart, as a person reads it: size, date and seat.
import type { Option, Product } from "../../contracts/catalog.ts";
import { day } from "./format.ts";
import { inLang } from "./lang.ts";

export const optionText = (option: Option): string =>
  option.axis === "date" ? day(option.at, option.timeZone) : inLang(option.value);

export const optionsText = (options: readonly Option[]): string => options.map(optionText).join(" · ");

/** "Retro High 87 · EU 42": a form's name where its product has several, which a product's own name does not tell apart. */
export function formName(product: Product, sku: string): string {
  const name = inLang(product.name);
  const form = product.skus.find((one) => one.sku === sku);
  return form && product.skus.length > 1 ? `${name} · ${optionsText(form.options)}` : name;
}
