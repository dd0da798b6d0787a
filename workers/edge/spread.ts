// Units spread over stores in proportion: what each store gets of each SKU, and why.
import type { SpreadInput } from "../../contracts/planning.ts";
import type { AllotmentInput } from "../../contracts/sessions.ts";
import { largestRemainder, type Quota, weighed } from "../../domain/plan/quota.ts";
import { listStores } from "../../records/stores.ts";
import { recordsIn } from "./drafts.ts";
import { ProblemError } from "./problem.ts";

export type Spread = { sku: string; units: number; lines: Quota[] }[];

/** Throws a ProblemError where a store is none of the market's, or none has a weight. */
export async function spread(
  env: Env,
  market: string,
  units: { [sku: string]: number },
  { stores, weights }: SpreadInput,
): Promise<Spread> {
  const all = (await listStores(recordsIn(env), market)).map(({ store }) => store);
  const known = new Set(all);
  const named = [...(stores ?? []), ...Object.keys(weights ?? {})];
  if (!named.every((store) => known.has(store))) throw new ProblemError("unknown_store");
  // Whoever names weights only means those stores.
  const chosen = weighed(stores ?? (weights ? Object.keys(weights) : all), weights);
  return Object.entries(units)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sku, count]) => {
      const lines = largestRemainder(count, chosen);
      if (!lines) throw new ProblemError("no_weight");
      return { sku, units: count, lines };
    });
}

/** The same as an allotment; stores that get nothing have no pool. */
export const allotmentOf = (skus: Spread): AllotmentInput => ({
  pools: skus.flatMap(({ sku, lines }) => lines.flatMap(({ store, units }) => (units > 0 ? [{ sku, store, stock: units }] : []))),
});
