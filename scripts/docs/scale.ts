// The tables of docs/scale.md, made from what `npm run cost` computes: node scripts/docs/scale.ts writes them into the page, a test holds
// the two equal. What stands between the marks is made; the rest of the page is written by hand.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { billOf } from "../../domain/cost/bill.ts";
import { LIMITS } from "../../domain/cost/facts.ts";
import { groupsPer1000 } from "../../domain/cost/groups.ts";
import { LIVES } from "../../domain/cost/meters.ts";
import { type Workload, workloadOf } from "../../domain/cost/workload.ts";
import { peakOf, shardsFor } from "../../domain/draw/plan.ts";
import { ROOT } from "../local/bundle.ts";
import { breaksOf, shardLoads } from "../scale/breaks.ts";
import { freePlan, largestOnFree } from "../scale/free.ts";
import { amount, dollars, table } from "../scale/table.ts";
import { type Made, withMade } from "./made.ts";

export const SCALE_PAGE = join(ROOT, "docs/scale.md");

const number = (value: number): string => Math.round(value).toLocaleString("en");
const PLAN = workloadOf({ entries: 10e6 });

function shards(): string {
  const rows = [10e3, 100e3, 1e6, 6.22e6, 10e6, 30e6, 80e6].map((reservations) => {
    const load = workloadOf({ entries: reservations });
    const { meanPerS, busiestPerS } = shardLoads(load);
    return [
      reservations,
      peakOf({ reservations }),
      shardsFor({ reservations }),
      meanPerS,
      busiestPerS,
      reservations / load.shards,
    ].map(number);
  });
  return table(["expected", "in the busiest second", "shards", "a second each", "a hot one's busiest second", "places each"], rows);
}

/** One block of a bar stands for this many calls a second. */
const BLOCK_PER_S = 25;
const BAR_MAX = 64;

function picture(): string {
  const bars = [64, 128, 256, 512, 1024, 2048].map((count) => {
    const { busiestPerS } = shardLoads({ ...PLAN, shards: count });
    const blocks = Math.round(busiestPerS / BLOCK_PER_S);
    const bar = blocks > BAR_MAX ? `${"█".repeat(BAR_MAX)}…` : "█".repeat(blocks);
    return `${String(count).padStart(5)} │${bar} ${number(busiestPerS)}`;
  });
  const at = (perS: number) => Math.round(perS / BLOCK_PER_S);
  const mark = (text: string, perS: number, line: string) => line.padEnd(7 + at(perS)) + text;
  const { objectPerS, objectSoftPerS } = LIMITS;
  const scale = mark("│", objectSoftPerS.value, mark("│", objectPerS.value, mark("│", 200, "")));
  const words = mark("1,000: soft limit", objectSoftPerS.value, mark("500: with writes", objectPerS.value, mark("200", 200, "")));
  return ["```text", "shards, and calls in the busiest second of a hot one", ...bars, scale, words, "```"].join("\n");
}

/** The same session in four designs: by what the money is for. */
function designs(): string {
  const list: [string, Workload][] = [
    ["as it is", PLAN],
    ["public reads cached", { ...PLAN, cached: 0.999 }],
    ["every request logged", { ...PLAN, logged: 1 }],
    ["naive", { ...PLAN, naive: true }],
  ];
  const bills = list.map(([, load]) => billOf(load));
  const rows = Object.values(LIVES).map((life) => [
    life,
    ...bills.map(({ lives }) => dollars(lives.find((one) => one.life === life)?.usd ?? 0)),
  ]);
  rows.push(["**a session**", ...bills.map(({ sessionUsd }) => dollars(sessionUsd))]);
  rows.push(["**a month of 30**", ...bills.map(({ monthUsd }) => dollars(monthUsd))]);
  rows.push(["a million accepted", ...bills.map(({ intakeUsdPerM }) => dollars(intakeUsdPerM))]);
  return table(["", ...list.map(([name]) => name)], rows);
}

function sizes(): string {
  const rows = [1e3, 10e3, 100e3, 1e6, 10e6].map((entries) => {
    const load = workloadOf({ entries });
    const { sessionUsd, monthUsd } = billOf(load);
    const [first] = breaksOf(load, "paid");
    return [
      number(entries),
      dollars(sessionUsd),
      dollars(monthUsd),
      first ? `${first.part}: ${amount(100 * first.share)} % of what it carries` : "",
    ];
  });
  return table(["reservations", "a session, list price", "a month of 30, to pay", "nearest to breaking"], rows);
}

function groups(): string {
  const rows = [2, 20, 50, 100, 195, 400, 1000].map((perS) => [number(perS), number(groupsPer1000(perS))]);
  return table(["reservations a second at a shard", "billed rows for 1,000"], rows);
}

function free(): string {
  const at = (entries: number) => workloadOf({ entries, sessions: 4 });
  const largest = largestOnFree(at);
  const rows = freePlan(at(largest)).map(({ what, use, limit, per }) => [
    what,
    amount(use),
    amount(limit),
    per,
    `${amount((100 * use) / limit)} %`,
  ]);
  return `${table([`${number(largest)} reservations, a session a week`, "use", "limit", "per", "used"], rows)}`;
}

const breaks = (): string =>
  table(
    ["part", "load", "carries", "", "", "change"],
    breaksOf(PLAN, "paid").map(({ part, load, limit, unit, share, change }) => [
      part,
      amount(load),
      amount(limit),
      unit,
      `${amount(share)}x`,
      change,
    ]),
  );

const MADE: Made = { shards, picture, designs, sizes, groups, free, breaks };

/** The page with every made part as it has to be. Throws where the page asks for a part that nobody makes. */
export const scalePage = (page: string): string => withMade(page, MADE);

export const MADE_PARTS = Object.keys(MADE);

if (process.argv[1] === import.meta.filename) writeFileSync(SCALE_PAGE, scalePage(readFileSync(SCALE_PAGE, "utf8")));
