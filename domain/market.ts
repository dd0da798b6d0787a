// Rules of a market.

/** Minimum age to buy alcohol, where it is not 18 (national rules; a market's lawyers have the last word). */
const ALCOHOL_AGE: { [market: string]: number } = { US: 21, JP: 20, KR: 19, TH: 20, IS: 20, LT: 20, AE: 21 };

export const ageFor = (market: string, alcohol: boolean): number => (alcohol ? (ALCOHOL_AGE[market] ?? 18) : 0);
