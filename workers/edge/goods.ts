// What the catalogue says of the SKUs of a plan: their facts, or the problem why they cannot be sold in this way.
import type { PlanInput } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Sale, saleRefusal } from "../../domain/catalog/sale.ts";
import { mayOffer } from "../../domain/market.ts";
import { type SkuFacts, skuFacts } from "../../records/catalog.ts";
import { recordsOf } from "../../records/database.ts";
import { ProblemError } from "./problem.ts";

/** Today a session is a draw, and winners come to the store. */
export const saleOf = ({ close, leads, payWindowS, wavesMax, pickupS }: PlanInput, publicAt: number): Sale => ({
  kind: "draw",
  fulfilments: ["pickup"],
  publicAt,
  pickupS,
  until: close + leads.reviewS + leads.sealLeadS + wavesMax * payWindowS + pickupS,
  adultHandOver: true,
});

/** With the prices that hold when the session opens. `publicAt`: the session shows its SKUs from then on, so they have to be released. */
export async function goodsOf(env: Env, input: PlanInput, publicAt: number): Promise<SkuFacts[]> {
  const found = await skuFacts(recordsOf(env.DB, settingsOf(env).BRAND), input.skus, input.market, input.open);
  const barred = mayOffer(input.market, found);
  if (barred) throw new ProblemError(barred);
  const missing = input.skus.filter((sku) => !found.some((one) => one.sku === sku));
  if (missing.length > 0)
    throw new ProblemError("unknown_sku", {
      detail: `Not in the catalogue, or without a price in ${input.market} when the session opens: ${missing.join(", ")}.`,
    });
  const refusal = saleRefusal(found, saleOf(input, publicAt));
  if (refusal) throw new ProblemError(refusal.code, { skus: refusal.skus });
  return found.map(({ sku, family, alcohol, price }) => ({ sku, family, alcohol, price }));
}
