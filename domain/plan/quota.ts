// Largest remainder: whole units in proportion to weights. Every store has the whole part of its quota; the units that are left go one by one to
// the largest fractions. Whole numbers only, so that anybody who repeats it gets the same. (The matrix model's integers come in here later.)

export type Quota = {
  store: string;
  weight: number;
  /** units x weight / sum of weights, rounded to six digits for showing: what decides are exact fractions. */
  quota: number;
  /** The whole part, which the store has in any case. */
  floor: number;
  /** Place of its fraction among all, 1 the largest; equal ones in order of store id. The first so many have one unit more. */
  rank: number;
  units: number;
};

export type Weighed = { store: string; weight: number };

const byId = (a: string, b: string): number => (a < b ? -1 : 1);

/** The quotas in order of store id; their units add up to `units` exactly. Undefined where nobody has a weight. Weights are whole numbers. */
export function largestRemainder(units: number, stores: Weighed[]): Quota[] | undefined {
  const total = stores.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  if (total === 0n) return undefined;
  const shares = stores.map(({ store, weight }) => {
    const product = BigInt(units) * BigInt(weight);
    return { store, weight, floor: product / total, rest: product % total };
  });
  const left = BigInt(units) - shares.reduce((sum, { floor }) => sum + floor, 0n);
  shares.sort((a, b) => (a.rest === b.rest ? byId(a.store, b.store) : a.rest > b.rest ? -1 : 1));
  return shares
    .map(({ store, weight, floor, rest }, at) => ({
      store,
      weight,
      quota: Number(floor) + Number((rest * 1_000_000n) / total) / 1_000_000,
      floor: Number(floor),
      rank: at + 1,
      units: Number(floor) + (BigInt(at) < left ? 1 : 0),
    }))
    .sort((a, b) => byId(a.store, b.store));
}

/** The stores among which units are spread: each once, by the weight named, else 1. A store named without a weight beside others that have one has none. */
export function weighed(stores: string[], weights: { [store: string]: number } | undefined): Weighed[] {
  return [...new Set(stores)].map((store) => ({ store, weight: weights ? (weights[store] ?? 0) : 1 }));
}
