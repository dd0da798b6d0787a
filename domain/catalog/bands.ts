// Price bands for a filter: a few round limits, chosen so that no band is empty.

/** The nearest of 1, 2 and 5 times a power of ten, by ratio. */
function round(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(amount));
  const apart = (step: number) => Math.max(step / amount, amount / step);
  return [1, 2, 5, 10].map((step) => step * power).reduce((best, step) => (apart(step) < apart(best) ? step : best));
}

/** Limits between bands, ascending, at most three: an amount belongs to the band below the first limit that is greater than it. */
export function bandLimits(amounts: readonly number[]): number[] {
  const sorted = amounts.filter((amount) => amount > 0).sort((a, b) => a - b);
  const quartiles = [1, 2, 3].flatMap((part) => sorted[Math.floor((part * sorted.length) / 4)] ?? []);
  const limits: number[] = [];
  for (const limit of [...new Set(quartiles.map(round))].sort((a, b) => a - b)) {
    const from = limits.at(-1) ?? 0;
    const isBetween = sorted.some((amount) => amount >= from && amount < limit) && sorted.some((amount) => amount >= limit);
    if (isBetween) limits.push(limit);
  }
  return limits;
}

export const bandOf = (amount: number, limits: readonly number[]): number => {
  const at = limits.findIndex((limit) => amount < limit);
  return at < 0 ? limits.length : at;
};
