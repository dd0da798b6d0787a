// Prices with effective dates. A price holds from `from` until just before `until`, in Unix seconds: an operator's tool turns "midnight in this
// market" into an instant once, and everybody who compares it with a clock afterwards needs no time zone.

export type Dated = { market: string; from: number; until: number | null };

const end = ({ until }: Dated): number => until ?? Number.POSITIVE_INFINITY;

/** The one price that holds in this market at this instant; undefined where there is none: then the goods are not for sale there. */
export const priceAt = <Price extends Dated>(prices: readonly Price[], market: string, atS: number): Price | undefined =>
  prices.find((price) => price.market === market && price.from <= atS && atS < end(price));

/** Places in the list of prices that begin while an earlier one of their market still holds. */
export function overlaps(prices: readonly Dated[]): number[] {
  const found: number[] = [];
  const ends = new Map<string, number>();
  const inOrder = prices.map((price, at) => ({ price, at })).sort((a, b) => a.price.from - b.price.from);
  for (const { price, at } of inOrder) {
    const before = ends.get(price.market) ?? Number.NEGATIVE_INFINITY;
    if (price.from < before) found.push(at);
    ends.set(price.market, Math.max(before, end(price)));
  }
  return found.sort((a, b) => a - b);
}
