// `full`: the full reservation against its anchors. `ladder`: what each step costs.

import type { Suite } from "../harness/report.ts";
import { audit, measure, type Results, type Rung } from "../harness/rounds.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import { rungsOf } from "./rungs.ts";
import { noteOthers, rateRow, type Setting } from "./setting.ts";

/** Requests in flight: what rows 1, P1 and P2 are asked for. */
const CONNECTIONS = 256;

/** Rows P1, P2 and P4 of the plan. */
export async function full(setting: Setting): Promise<Suite> {
  const { shop, generator, rounds, secondsEach, warm, conditions } = setting;
  const all = rungsOf(shop.facts.session);
  const rungs: Rung[] = [all.full, all.anchor, all.bareChecks, all.bare, all.call, all.naive];
  const results = await measure(shop, generator, { rungs, rounds, secondsEach, warm, connections: CONNECTIONS });
  const against = (name: string, anchor: Rung, atLeast?: number) => ({
    name,
    value: results.ratio(all.full.name, anchor.name),
    unit: "x",
    ...(atLeast === undefined ? {} : { aim: { atLeast } }),
    more: { "per server CPU": results.ratioPerCpu(all.full.name, anchor.name).median },
  });
  const again = await repeat(setting);
  return {
    name: "full",
    rounds,
    rows: [
      against("P1: full reservation / bare Hono with the same parsing and checks", all.bareChecks, 0.38),
      against("P1: / bare Hono with the same parsing", all.bare),
      against("P2: / naive, one object and a commit each", all.naive, 2.5),
      against("P4: / anchor, Hono, JSON, Valibot, token and an empty object call", all.anchor, 0.9),
      against("P4: / L4, the same with the pass and the message", all.call),
      ...rungs.map((rung) => rateRow(results, rung)),
    ],
    notes: [await audit(shop, generator), again, noteOthers(results)],
    conditions: { ...conditions, connections: CONNECTIONS },
  };
}

/** The same requests again get their first receipt and store nothing. */
async function repeat({ shop, generator }: Setting): Promise<string> {
  const rung = rungsOf(shop.facts.session).full;
  await generator.ask<"prepare">({ do: "prepare", facts: shop.facts, count: 500, kind: "good" });
  const order = { port: shop.port, path: rung.path, kind: "good" as const, count: 500, connections: 32 };
  const first = await generator.ask<"load">({ do: "load", order: { ...order, audit: true } });
  const second = await generator.ask<"load">({ do: "load", order });
  if (first.statuses[201] !== 500 || second.statuses[200] !== 500)
    throw new Error(`repeats: ${JSON.stringify([first.statuses, second.statuses])}`);
  await audit(shop, generator);
  return "500 requests sent again got their first receipt and stored nothing.";
}

export async function ladder({ shop, generator, rounds, secondsEach, warm, conditions }: Setting): Promise<Suite> {
  const { empty, hono, json, token, pass, call, dedupe, wait, commit, group, full: whole } = rungsOf(shop.facts.session);
  const rungs: Rung[] = [empty, hono, json, token, pass, call, dedupe, commit, wait, group, whole];
  const results = await measure(shop, generator, { rungs, rounds, secondsEach, warm, connections: CONNECTIONS });
  return {
    name: "ladder",
    rounds,
    rows: rungs.map((rung, at) => withStep(results, rung, rung === wait ? dedupe : rungs[at - 1])),
    notes: [
      await audit(shop, generator),
      noteOthers(results),
      "A step is the server CPU of a rung less that of the rung before; the waiting rung's is counted from L5.",
    ],
    conditions: { ...conditions, connections: CONNECTIONS },
  };
}

function withStep(results: Results, rung: Rung, before: Rung | undefined) {
  const row = rateRow(results, rung);
  const microseconds = (name: string) => results.perCpu(name).map((rate) => 1e6 / rate);
  const below = before && microseconds(before.name);
  const step = microseconds(rung.name).map((value, round) => value - (below?.[round] ?? 0));
  const { median, min, max } = spreadOf(step);
  const more = { ...row.more, "step us": `${median.toFixed(0)} (${min.toFixed(0)}..${max.toFixed(0)})` };
  const share = before ? ratios(results.rates(rung.name), results.rates(before.name)).median : 1;
  return { ...row, more: { ...more, "/ before": share } };
}
