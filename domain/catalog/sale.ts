// May these goods be sold in this way? Every kind of session goes with every fulfilment and every product, except for what stands here.
import type { Limit, Option } from "./product.ts";

/** draw: the window closes and a draw decides; flash: who comes first while units last; shelf: normal stock, no window. */
export const SALE_KINDS = ["draw", "flash", "shelf"] as const;
export type SaleKind = (typeof SALE_KINDS)[number];

export const FULFILMENTS = ["pickup", "delivery"] as const;
export type Fulfilment = (typeof FULFILMENTS)[number];

export type Goods = {
  sku: string;
  product: string;
  /** Unix seconds; null: not yet, and nobody knows when. */
  released: number | null;
  alcohol: boolean;
  /** Cold goods wait at a counter for so long and no longer. */
  coldPickupS: number | null;
  limits: readonly Limit[];
  options: readonly Option[];
};

export type Sale = {
  kind: SaleKind;
  fulfilments: readonly Fulfilment[];
  /** When the sale becomes public. Unix seconds. */
  publicAt: number;
  /** How long a unit may wait at the store. */
  pickupS: number;
  /** When the last unit may still be handed over. Unix seconds. */
  until: number;
  /** Whether whoever delivers asks for the age at the door. */
  adultHandOver: boolean;
};

/** In order of precedence: the first that is so is the answer. */
export const SALE_NOS = ["not_released", "date_passed", "cold_delivery", "cold_waits", "adult_hand_over", "over_limit"] as const;
export type SaleNo = (typeof SALE_NOS)[number];

const CHECKS: { [No in SaleNo]: (goods: Goods, sale: Sale, all: readonly Goods[]) => boolean } = {
  not_released: ({ released }, { publicAt }) => released === null || released > publicAt,
  /** A seat at a match that is over by the time it is handed over. */
  date_passed: ({ options }, { until }) => options.some((option) => option.axis === "date" && option.at <= until),
  /** No carrier keeps goods cold on the way: that is a transport of its own, and not here. */
  cold_delivery: ({ coldPickupS }, { fulfilments }) => coldPickupS !== null && fulfilments.includes("delivery"),
  cold_waits: ({ coldPickupS }, { fulfilments, pickupS }) =>
    coldPickupS !== null && fulfilments.includes("pickup") && pickupS > coldPickupS,
  adult_hand_over: ({ alcohol }, { fulfilments, adultHandOver }) => alcohol && fulfilments.includes("delivery") && !adultHandOver,
  /** A person may reserve, and win, one unit of each SKU of a draw, and nothing counts across SKUs. Who sells first come, first served counts. */
  over_limit: ({ product, limits }, { kind }, all) => {
    if (kind !== "draw") return false;
    const counted = { sku: 1, product: all.filter((other) => other.product === product).length, session: all.length };
    return limits.some(({ scope, units }) => counted[scope] > units);
  },
};

/** The first reason why these goods cannot be sold in this way, and the SKUs that it is about; undefined where there is none. */
export function saleRefusal(goods: readonly Goods[], sale: Sale): { code: SaleNo; skus: string[] } | undefined {
  for (const code of SALE_NOS) {
    const skus = goods.filter((one) => CHECKS[code](one, sale, goods)).map(({ sku }) => sku);
    if (skus.length > 0) return { code, skus };
  }
  return undefined;
}
