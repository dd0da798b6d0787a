// P9: what a visitor of the catalogue waits for beside intake at half of its peak, and beside bare Hono requests that take as much CPU.
import { progressBar } from "../../scripts/play/progress.ts";
import type { Probed } from "../generator/probe.ts";
import type { Suite } from "../harness/report.ts";
import { audit, stopwatch } from "../harness/rounds.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, type Setting } from "./setting.ts";

/** Low enough not to be a load itself, high enough for a 95th percentile in a few seconds. */
const PROBES = 100;
const CATALOG = "/v1/catalog";
const CONNECTIONS = 256;

type Series = { probes: Probed[]; busy: number[] };

export async function beside({ shop, generator, rounds, secondsEach, warm, conditions }: Setting): Promise<Suite> {
  const bar = progressBar();
  const { full, bare } = rungsOf(shop.facts.session);
  const people = async (count: number) => {
    await generator.ask<"prepare">({ do: "prepare", facts: shop.facts, count: Math.ceil(count), kind: "good" });
  };
  const peakOf = async ({ path }: { path: string }, isStored: boolean) => {
    bar.show(`peak of ${path}`, 0, 0);
    await people(2 * warm);
    const order = { port: shop.port, path, kind: "good" as const, count: 2 * warm, connections: CONNECTIONS, audit: isStored };
    const { count, seconds } = await generator.ask<"load">({ do: "load", order });
    return count / seconds;
  };
  const run = async ({ path }: { path: string }, perSecond: number, isStored: boolean) => {
    await people(isStored ? perSecond * secondsEach * 1.3 + 100 : warm);
    const load = { port: shop.port, path, perSecond, seconds: secondsEach, serverPid: shop.pid, audit: isStored };
    const answer = await generator.ask<"beside">({
      do: "beside",
      order: load,
      probe: { port: shop.port, path: CATALOG, perSecond: PROBES, seconds: secondsEach },
    });
    if (answer.load.statuses[201] !== answer.load.count) throw new Error(`${path}: ${JSON.stringify(answer.load.statuses)}`);
    return { probe: answer.probe, busy: (answer.load.serverCpuSeconds ?? Number.NaN) / answer.load.seconds };
  };

  const intake = (await peakOf(full, true)) / 2;
  const first = await run(full, intake, true);
  // Until bare requests take what intake takes; without /proc as many of them a second as of the others.
  let other = (await peakOf(bare, false)) / 2;
  for (let tries = 0; tries < 2; tries++) {
    bar.show("as much CPU", tries, 2);
    const { busy } = await run(bare, other, false);
    if (Number.isFinite(first.busy / busy)) other *= first.busy / busy;
  }

  const series: { intake: Series; bare: Series } = { intake: { probes: [], busy: [] }, bare: { probes: [], busy: [] } };
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const clock = stopwatch();
    for (const name of round % 2 === 0 ? (["intake", "bare"] as const) : (["bare", "intake"] as const)) {
      bar.show(`catalogue beside ${name}`, round, rounds);
      const { probe, busy } = name === "intake" ? await run(full, intake, true) : await run(bare, other, false);
      series[name].probes.push(probe);
      series[name].busy.push(busy);
    }
    others.push(clock());
  }
  bar.end();
  const p95 = (name: keyof typeof series) => series[name].probes.map(({ p95Ms }) => p95Ms);
  const row = (name: keyof typeof series, what: string) => ({
    name: `catalogue beside ${what}, p95`,
    value: spreadOf(p95(name)),
    unit: "ms",
    more: {
      "p50 ms": spreadOf(series[name].probes.map(({ p50Ms }) => p50Ms)).median,
      "p99 ms": spreadOf(series[name].probes.map(({ p99Ms }) => p99Ms)).median,
      "server core busy": spreadOf(series[name].busy).median,
      "load /s": name === "intake" ? intake : other,
    },
  });
  return {
    name: "beside",
    rounds,
    rows: [
      {
        name: "P9: catalogue p95, beside intake at half of its peak / beside as much CPU of bare Hono",
        value: ratios(p95("intake"), p95("bare")),
        unit: "x",
        aim: { atMost: 1.5 },
      },
      row("intake", "intake"),
      row("bare", "bare Hono"),
    ],
    notes: [await audit(shop, generator), noteOthers({ others: spreadOf(others) })],
    conditions: { ...conditions, probesPerSecond: PROBES },
  };
}
