// P3: arrivals as in production, 400 and 195 a second and shard, in open loop: billed rows, commits and waiting per reservation.

import { acceptUsdPerM } from "../../domain/cost/bill.ts";
import { groupsPer1000 } from "../../domain/cost/groups.ts";
import { progressBar } from "../../scripts/play/progress.ts";
import type { Row, Suite } from "../harness/report.ts";
import { audit, countsOf, stopwatch } from "../harness/rounds.ts";
import { SHARDS } from "../harness/shop.ts";
import { spreadOf } from "../harness/statistics.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, type Setting } from "./setting.ts";

/** A second and shard: the plan's peak with 256 and with 512 shards. */
const RATES = [400, 195];
/** Billed rows for 1,000 reservations, and dollars for a million of them, at most. */
const AIMS = [
  { rows: 60, usd: 0.7 },
  { rows: 130, usd: 1.1 },
] as const;

export async function steady({ shop, generator, rounds, secondsEach, conditions }: Setting): Promise<Suite> {
  const bar = progressBar();
  const { path } = rungsOf(shop.facts.session).full;
  const series = RATES.map(() => ({
    rows: [] as number[],
    groups: [] as number[],
    p50: [] as number[],
    p99: [] as number[],
    cpu: [] as number[],
  }));
  const others: number[] = [];
  // The first round of each rate warms up and is not counted.
  for (let round = -1; round < rounds; round++) {
    for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) {
      bar.show(`${RATES[at]} a second and shard, round ${round + 1} of ${rounds}`, 0, 0);
      const perSecond = (RATES[at] as number) * SHARDS;
      await generator.ask<"prepare">({
        do: "prepare",
        facts: shop.facts,
        count: Math.ceil(perSecond * secondsEach * 1.2),
        kind: "good",
      });
      const clock = stopwatch();
      const before = await countsOf(shop, "session");
      const run = await generator.ask<"steady">({
        do: "steady",
        order: { port: shop.port, path, perSecond, seconds: secondsEach, serverPid: shop.pid, audit: true },
      });
      if (run.statuses[201] !== run.count) throw new Error(`open loop: ${JSON.stringify(run.statuses)}`);
      const after = await countsOf(shop, "session");
      if (after.entries - before.entries !== run.count)
        throw new Error(`accepted ${run.count}, stored ${after.entries - before.entries}`);
      if (round < 0) continue;
      others.push(clock());
      const one = series[at] as (typeof series)[number];
      one.rows.push((1000 * (after.rowsWritten - before.rowsWritten)) / run.count);
      one.groups.push((1000 * (after.groups - before.groups)) / run.count);
      one.p50.push(run.p50Ms);
      one.p99.push(run.p99Ms);
      one.cpu.push((run.serverCpuSeconds ?? Number.NaN) / run.seconds);
    }
  }
  bar.end();
  return {
    name: "steady",
    rounds,
    rows: series.flatMap((one, at): Row[] => {
      const name = `P3: ${RATES[at]}/s per shard`;
      const { rows, usd } = AIMS[at] as (typeof AIMS)[number];
      // List prices with the rows of this run in place of the plan's.
      const price = one.rows.map(
        (measured) => acceptUsdPerM(RATES[at] as number) + (measured - groupsPer1000(RATES[at] as number)) / 1000,
      );
      return [
        { name: `${name}, billed rows`, value: spreadOf(one.rows), unit: "per 1,000", aim: { atMost: rows } },
        { name: `${name}, commits`, value: spreadOf(one.groups), unit: "per 1,000" },
        { name: `${name}, price of accepting`, value: spreadOf(price), unit: "$ per 1 M", aim: { atMost: usd } },
        { name: `${name}, p50`, value: spreadOf(one.p50), unit: "ms", aim: { atMost: 60 } },
        { name: `${name}, p99`, value: spreadOf(one.p99), unit: "ms", aim: { atMost: 120 } },
        { name: `${name}, server core busy`, value: spreadOf(one.cpu), unit: "share" },
      ];
    }),
    notes: [
      await audit(shop, generator),
      noteOthers({ others: spreadOf(others) }),
      "A version that commits each reservation with a text key and two indexes writes 4,000 billed rows per 1,000.",
    ],
    conditions,
  };
}
