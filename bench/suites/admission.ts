// P10: four times as many people as the shards admit: how many get in, how long those wait, and that each of the others is told when to come.

import { operatorAt } from "../../scripts/play/people.ts";
import { progressBar } from "../../scripts/play/progress.ts";
import { announce, until } from "../../scripts/play/sessions.ts";
import type { SessionFacts } from "../generator/people.ts";
import type { Row, Suite } from "../harness/report.ts";
import { countsOf, stopwatch } from "../harness/rounds.ts";
import { factsOf, planOf, SHARDS } from "../harness/shop.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, type Setting } from "./setting.ts";

/** What the shards admit, as a share of what the box takes when everybody comes; and what comes, as a multiple of that. */
const CAP = 1 / 8;
const OFFERED = 4;
const CONNECTIONS = 256;

export async function admission({ shop, generator, rounds, secondsEach, warm, conditions }: Setting): Promise<Suite> {
  const bar = progressBar();
  bar.show("what the box takes", 0, 0);
  await generator.ask<"prepare">({ do: "prepare", facts: shop.facts, count: 2 * warm, kind: "good" });
  const { path, status } = rungsOf(shop.facts.session).full;
  const load = {
    port: shop.port,
    path,
    kind: "good" as const,
    count: 2 * warm,
    secondsMax: 30,
    connections: CONNECTIONS,
    audit: true,
  };
  const box = await generator.ask<"load">({ do: "load", order: load });
  if (Object.keys(box.statuses).some((other) => other !== String(status))) throw new Error(JSON.stringify(box.statuses));
  const admitPerS = Math.max(10, Math.round((CAP * box.count) / box.seconds / SHARDS));
  const capped = await cappedSession(shop, admitPerS);

  const open = async (facts: SessionFacts, perSecond: number, statuses: string[]) => {
    await generator.ask<"prepare">({ do: "prepare", facts, count: Math.ceil(perSecond * secondsEach * 1.3), kind: "good" });
    const before = (await countsOf({ ...shop, facts }, "session")).entries;
    const order = {
      port: shop.port,
      path: rungsOf(facts.session).full.path,
      perSecond,
      seconds: secondsEach,
      serverPid: shop.pid,
      audit: facts === shop.facts,
    };
    const run = await generator.ask<"steady">({ do: "steady", order });
    const others = Object.keys(run.statuses).filter((one) => !statuses.includes(one));
    if (others.length > 0) throw new Error(`${JSON.stringify(run.statuses)}, expected ${statuses.join(" and ")} only`);
    const stored = (await countsOf({ ...shop, facts }, "session")).entries - before;
    if (stored !== run.statuses[201]) throw new Error(`accepted ${run.statuses[201]}, stored ${stored}`);
    return run;
  };
  const cap = admitPerS * SHARDS;
  const series = {
    quiet: [] as number[],
    crowded: [] as number[],
    taken: [] as number[],
    shed: [] as number[],
    cpu: [] as number[],
  };
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bar.show("admission", round, rounds);
    const clock = stopwatch();
    const quiet = await open(shop.facts, cap / 2, ["201"]);
    const crowded = await open(capped, OFFERED * cap, ["201", "503"]);
    others.push(clock());
    series.quiet.push(quiet.taken.p99Ms);
    series.crowded.push(crowded.taken.p99Ms);
    series.taken.push(crowded.taken.perSecond / cap);
    series.shed.push((crowded.statuses[503] ?? 0) / crowded.count);
    series.cpu.push((crowded.serverCpuSeconds ?? Number.NaN) / crowded.seconds);
  }
  bar.end();
  const row = (name: string, value: Row["value"], unit: string, aim?: Row["aim"]): Row => ({
    name,
    value,
    unit,
    ...(aim ? { aim } : {}),
  });
  return {
    name: "admission",
    rounds,
    rows: [
      row("P10: accepted / admitted, at 4x", spreadOf(series.taken), "x", { atLeast: 0.9 }),
      row("P10: p99 of the accepted / p99 unloaded", ratios(series.crowded, series.quiet), "x", { atMost: 3 }),
      row("p99 of the accepted", spreadOf(series.crowded), "ms"),
      row("p99 unloaded", spreadOf(series.quiet), "ms"),
      row("sent away, each with a ticket", spreadOf(series.shed), "share"),
      row("server core busy at 4x", spreadOf(series.cpu), "share"),
    ],
    notes: [
      `The box took ${Math.round(box.count / box.seconds).toLocaleString("en")} a second; ${SHARDS} shards admit ${admitPerS} each.`,
      "Accepted = stored in every round; nobody got another status than 201 or 503.",
      noteOthers({ others: spreadOf(others) }),
    ],
    conditions,
  };
}

async function cappedSession(shop: Setting["shop"], admitPerS: number) {
  const operator = await operatorAt(shop.url);
  const leads = { announceS: 0, reviewS: 60, sealLeadS: 60 };
  const { plan, pools } = planOf(shop.chain, "capped", { openS: 3, windowS: 3600, graceS: 3, leads });
  await announce(operator, { ...plan, admitPerS }, pools);
  await until(operator, plan.session, ["open"], 30);
  return factsOf(shop, plan.session);
}
