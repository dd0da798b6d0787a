// What a session holds of its stock, and whether another one holds the same at the same time.

/** Units of a SKU, and the stores that have any. */
export type ClaimedSku = { sku: string; units: number; stores: string[] };

/** A session's SKU as others see it: at these stores, from this stock, while the window is open. */
export type Claim = { session: string; sku: string; stores: string[] };

export type Overlap = { session: string; sku: string; stores: string[] };

/** The stock of a plan that names none. */
export const MAIN_STOCK = "main";

/** Pools with units, by SKU: the stores of each in the order of the pools. */
export function claimed(pools: Iterable<{ sku: string; store: string; stock: number }>): ClaimedSku[] {
  const bySku = new Map<string, ClaimedSku>();
  for (const { sku, store, stock } of pools) {
    if (stock === 0) continue;
    let one = bySku.get(sku);
    if (!one) {
      one = { sku, units: 0, stores: [] };
      bySku.set(sku, one);
    }
    one.units += stock;
    one.stores.push(store);
  }
  return [...bySku.values()];
}

/** Where others hold what is claimed here. `others` are the claims of the same stock whose windows overlap. */
export function overlapsWith(mine: ClaimedSku[], others: Claim[]): Overlap[] {
  return others.flatMap(({ session, sku, stores }) => {
    const own = new Set(mine.find((one) => one.sku === sku)?.stores);
    const both = stores.filter((store) => own.has(store));
    return both.length > 0 ? [{ session, sku, stores: both }] : [];
  });
}

/** Which SKUs have more units allotted than planned. */
export const beyondUnits = (skus: ClaimedSku[], planned: { [sku: string]: number } | undefined): ClaimedSku[] =>
  planned ? skus.filter(({ sku, units }) => units > (planned[sku] ?? 0)) : [];
