// What every suite gets, and rows that several of them print.
import type { Drawn } from "../harness/drawn.ts";
import type { Generator } from "../harness/generator.ts";
import type { Row } from "../harness/report.ts";
import type { Results, Rung } from "../harness/rounds.ts";
import type { Shop } from "../harness/shop.ts";
import { spreadOf } from "../harness/statistics.ts";
import type { Length } from "../lengths.ts";

export type Setting = Length & {
  shop: Shop;
  generator: Generator;
  conditions: object;
  /** One on the same shop, for the suite that opens results. */
  drawnSession: (() => Promise<Drawn>) | undefined;
};

/** Requests a second on the wall, and beside it per second of server CPU, latency, and how busy the generator was. */
export function rateRow(results: Results, { name }: Rung): Row {
  const runs = results.of(name);
  const perCpu = spreadOf(results.perCpu(name)).median;
  return {
    name,
    value: spreadOf(results.rates(name)),
    unit: "/s",
    more: {
      "per server CPU": perCpu,
      "CPU us": 1e6 / perCpu,
      "p50 ms": spreadOf(runs.map(({ p50Ms }) => p50Ms)).median,
      "p99 ms": spreadOf(runs.map(({ p99Ms }) => p99Ms)).median,
      "generator busy": spreadOf(runs.map(({ generatorCpuSeconds, seconds }) => generatorCpuSeconds / seconds)).median,
    },
  };
}

/** Above this the wall rates say nothing; ratios of neighbours may still. */
const NOISY = 0.05;

export function noteOthers({ others }: Pick<Results, "others">): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const verdict = others.median > NOISY ? "NOISY: take ratios only" : "quiet";
  return `Other processes took ${percent(others.median)} of the machine (${percent(others.min)}..${percent(others.max)}): ${verdict}.`;
}
