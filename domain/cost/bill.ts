// Dollars at list price: a session by itself, and a month after what the plan includes. Pure.
import { INCLUDED, LIMITS, PRICES, SHOP } from "./facts.ts";
import { groupsPer1000 } from "./groups.ts";
import { ALL_METERS, LIVES, listPrice, METERS, type Meter } from "./meters.ts";
import { standingUse, sumOf, usageOf } from "./usage.ts";
import { peakPerSOf, type Workload } from "./workload.ts";

const total = (list: number[]): number => list.reduce((sum, usd) => sum + usd, 0);

export type Line = {
  meter: Meter;
  session: number;
  month: number;
  included: number;
  sessionUsd: number;
  monthUsd: number;
};

export type Bill = {
  lines: Line[];
  /** By life, one session. */
  lives: { life: string; usd: number }[];
  sessionUsd: number;
  /** With the plan's own price. */
  monthUsd: number;
  /** Accepting a million reservations: requests, CPU, calls, time and rows of the life "reserve". */
  intakeUsdPerM: number;
  /** The same while shards are as busy as in the rush, without the passes. */
  rushUsdPerM: number;
};

/** Dollars for a million reservations that shards accept at this rate: requests, CPU, calls, time and rows. */
export function acceptUsdPerM(perS: number): number {
  const one: [Meter, number][] = [
    ["requests", 1],
    ["cpu", SHOP.reserveCpuMs.value],
    ["objectRequests", 1],
    ["objectTime", LIMITS.objectMemoryGb.value / perS],
    ["objectRowsWritten", groupsPer1000(perS) / 1000],
  ];
  return total(one.map(([meter, quantity]) => listPrice(meter, 1e6 * quantity)));
}

export function billOf(load: Workload): Bill {
  const usage = usageOf(load);
  const standing = standingUse(load);
  const lines = ALL_METERS.map((meter): Line => {
    const session = sumOf(usage, meter);
    const month = session * load.sessions + (standing[meter] ?? 0);
    const included = INCLUDED[METERS[meter].included].value;
    return {
      meter,
      session,
      month,
      included,
      sessionUsd: listPrice(meter, session),
      monthUsd: listPrice(meter, Math.max(0, month - included)),
    };
  });
  const lives = Object.entries(usage).map(([life, use]) => ({
    life: LIVES[life as keyof typeof LIVES],
    usd: total(ALL_METERS.map((meter) => listPrice(meter, use[meter] ?? 0))),
  }));
  return {
    lines,
    lives,
    sessionUsd: total(lines.map(({ sessionUsd }) => sessionUsd)),
    monthUsd: PRICES.plan.value + total(lines.map(({ monthUsd }) => monthUsd)),
    intakeUsdPerM: ((lives[0] as { usd: number }).usd / load.entries) * 1e6,
    rushUsdPerM: acceptUsdPerM(peakPerSOf(load) / load.shards),
  };
}
