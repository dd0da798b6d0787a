// What makes a product whole: rules that look at several of its fields at once. Each fault names its place, so that a form can show it there.
import { marketOf } from "../market.ts";
import { isGtin } from "./gtin.ts";
import { type Dated, overlaps } from "./price.ts";

type Names = { [lang: string]: string | undefined };

/** Size and seat are text; a date is an instant, shown in the time zone of the place where it matters. */
export type Option = { axis: "size" | "seat"; value: Names } | { axis: "date"; at: number; timeZone: string };

/** Units that one person may have, counted over one SKU, over all SKUs of the product, or over all goods of a session. */
export type Limit = { scope: "sku" | "product" | "session"; units: number };

export type Price = Dated & { currency: string };

export type Sku = { sku: string; options: readonly Option[]; gtin: string | null; prices: readonly Price[] };

export type ProductFault = { path: (string | number)[]; detail: string };

const textOf = (option: Option): string => JSON.stringify(option.axis === "date" ? [option.at] : [option.value.en]);

const axesOf = ({ options }: Sku): string =>
  options
    .map(({ axis }) => axis)
    .sort()
    .join(" ");

/** Each is one choice of a shopper: two SKUs that read alike could not be told apart. */
const choiceOf = ({ options }: Sku): string =>
  options
    .map((option) => `${option.axis} ${textOf(option)}`)
    .sort()
    .join("\n");

const repeated = <Value>(values: readonly Value[]): number[] =>
  values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));

export function productFaults({ limits, skus }: { limits: readonly Limit[]; skus: readonly Sku[] }): ProductFault[] {
  const [first] = skus;
  return [
    ...repeated(limits.map(({ scope }) => scope)).map((at) => ({
      path: ["limits", at, "scope"],
      detail: "a limit of this scope is there already",
    })),
    ...repeated(skus.map(({ sku }) => sku)).map((at) => ({ path: ["skus", at, "sku"], detail: "each SKU once" })),
    ...repeated(skus.map(choiceOf)).map((at) => ({ path: ["skus", at, "options"], detail: "another SKU has the same options" })),
    ...skus.flatMap((sku, at) => [
      ...(first && axesOf(sku) !== axesOf(first)
        ? [{ path: ["skus", at, "options"], detail: "the same axes as the product's first SKU" }]
        : []),
      ...skuFaults(sku).map(({ path, detail }) => ({ path: ["skus", at, ...path], detail })),
    ]),
  ];
}

function skuFaults({ options, gtin, prices }: Sku): ProductFault[] {
  return [
    ...repeated(options.map(({ axis }) => axis)).map((at) => ({ path: ["options", at, "axis"], detail: "each axis once" })),
    ...(gtin === null || isGtin(gtin) ? [] : [{ path: ["gtin"], detail: "8, 12, 13 or 14 digits with a right check digit" }]),
    ...prices.flatMap((price, at) => priceFaults(price).map(([field, detail]) => ({ path: ["prices", at, field], detail }))),
    ...overlaps(prices).map((at) => ({ path: ["prices", at, "from"], detail: "an earlier price of this market still holds" })),
  ];
}

function priceFaults({ market, currency, from, until }: Price): [field: string, detail: string][] {
  const rules = marketOf(market);
  if (!rules) return [["market", "a market that this build knows"]];
  return [
    ...(currency === rules.currency ? [] : [["currency", `${rules.currency}, as in the rest of the market`] as [string, string]]),
    ...(until !== null && until <= from ? [["until", "until must lie after from"] as [string, string]] : []),
  ];
}
