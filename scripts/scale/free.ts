// What of a month the free plan carries, and the largest session that it does. Pure.
import { FREE, INCLUDED } from "../../domain/cost/facts.ts";
import { ALL_METERS, METERS, type Meter } from "../../domain/cost/meters.ts";
import { callsInMove, standingUse, sumOf, usageOf } from "../../domain/cost/usage.ts";
import type { Workload } from "../../domain/cost/workload.ts";

export type FreeLine = {
  what: string;
  use: number;
  limit: number;
  per: string;
  fits: boolean;
  /** Above the limit requests fail; of logs there is only no more. */
  stops: boolean;
};

/** On the free plan the day of a session is what counts; what goes on for days is spread over them. */
export function freePlan(load: Workload): FreeLine[] {
  const { sweep, ...onTheDay } = usageOf(load);
  const standing = standingUse(load);
  const month = (meter: Meter) => (sumOf(onTheDay, meter) + (sweep[meter] ?? 0)) * load.sessions + (standing[meter] ?? 0);
  const day = (meter: Meter) =>
    sumOf(onTheDay, meter) * Math.max(1, load.sessions / 30) + ((sweep[meter] ?? 0) * load.sessions + (standing[meter] ?? 0)) / 30;
  const line = (what: string, use: number, limit: number, per: string, stops = true): FreeLine => ({
    what,
    use,
    limit,
    per,
    fits: use <= limit,
    stops,
  });
  const daily = ALL_METERS.flatMap((meter): FreeLine[] => {
    const metered = METERS[meter];
    const free = "free" in metered ? FREE[metered.free] : undefined;
    return free?.unit.includes("a day") ? [line(metered.name, day(meter), free.value, "day", meter !== "logIngest")] : [];
  });
  const monthly = (["r2Writes", "r2Reads", "r2Storage"] as const).map((meter) =>
    line(METERS[meter].name, month(meter), INCLUDED[meter].value, "month"),
  );
  const stored = (["objectStorage", "d1Storage"] as const).map((meter) =>
    line(METERS[meter].name.replace("-months", ""), month(meter), FREE[meter].value, "in all"),
  );
  const { session, book } = callsInMove(load);
  return [...daily, ...monthly, ...stored, line("calls in one move", Math.max(session, book), FREE.subrequests.value, "move")];
}

export const isCarried = (lines: FreeLine[]): boolean => lines.every(({ fits, stops }) => fits || !stops);

/** The largest session that fits, to a thousandth; 0 where none does. `at` gives the workload of a session of that size. */
export function largestOnFree(at: (entries: number) => Workload): number {
  const fits = (entries: number) => isCarried(freePlan(at(entries)));
  let good = 0;
  let bad = 1;
  while (bad < 1e9 && fits(bad)) {
    good = bad;
    bad *= 2;
  }
  while (bad - good > Math.max(1, good / 1000)) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
