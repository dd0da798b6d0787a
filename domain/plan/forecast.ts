// What a session will be like, from the last ones of its template or from what the plan expects.

export type Past = { session: string; reservations: number };

/** How many past sessions are looked at: as many weeks as a habit takes, and few enough to ask each. */
export const PAST_MAX = 5;

export type Forecast = {
  basis: "past" | "expected" | "none";
  past: string[];
  reservations?: number;
  units: number;
  pools: number;
  odds?: number;
  reservationsPerPool?: number;
};

/** The middle one, or the mean of the two in the middle: one session that went wrong moves it little. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] as number;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

export function forecastOf(size: { units: number; pools: number }, past: Past[], expected: number | undefined): Forecast {
  const { units, pools } = size;
  const basis = past.length > 0 ? "past" : expected === undefined ? "none" : "expected";
  const known = { basis, past: past.map(({ session }) => session), units, pools } as const;
  if (basis === "none") return known;
  const reservations = basis === "past" ? Math.round(median(past.map((one) => one.reservations))) : (expected as number);
  return {
    ...known,
    reservations,
    ...(reservations > 0 ? { odds: Math.min(1, units / reservations) } : {}),
    ...(pools > 0 ? { reservationsPerPool: reservations / pools } : {}),
  };
}
