// What `npm run cost` prints: the session's shape, the bill, the plan, where it breaks first.
import { type Bill, billOf } from "../../domain/cost/bill.ts";
import { LIMITS, SHOP } from "../../domain/cost/facts.ts";
import { METERS } from "../../domain/cost/meters.ts";
import { busySeconds, bytesOf, callsInMove, commitCount, commitsOf, sumOf, usageOf } from "../../domain/cost/usage.ts";
import { booksFor, personsOf, type Workload } from "../../domain/cost/workload.ts";
import { type Break, breaksOf, shardLoads } from "./breaks.ts";
import { type FreeLine, freePlan, isCarried, largestOnFree } from "./free.ts";
import { amount, dollars, percent, table } from "./table.ts";

export type CostReport = { text: string; json: object };

const number = (value: number): string => Math.round(value).toLocaleString("en");
const bytes = (value: number): string =>
  value >= 1e9 ? `${amount(value / 1e9)} GB` : value >= 1e6 ? `${amount(value / 1e6)} MB` : `${amount(value / 1e3)} kB`;

export function costReport(load: Workload, plan: "free" | "paid", at: (entries: number) => Workload): CostReport {
  const bill = billOf(load);
  const free = freePlan(load);
  const breaks = breaksOf(load, plan);
  const fitsFree = isCarried(free);
  const largest = plan === "free" || fitsFree ? largestOnFree(at) : undefined;
  const parts = [
    `A session of ${number(load.entries)} reservations by ${number(personsOf(load))} persons in ${number(load.windowS)} s, ${number(load.sessions)} such sessions a month${load.naive ? ", in the design that is avoided" : ""}`,
    shapeOf(load),
    billTable(bill),
    livesTable(bill),
    plan === "free" ? freeTable(free, largest as number) : paidText(bill, fitsFree),
    breakText(breaks),
    NOTES.join("\n"),
  ];
  return {
    text: parts.join("\n\n"),
    json: { workload: load, plan, shape: shapeNumbers(load), bill, freePlan: { fits: fitsFree, largest, lines: free }, breaks },
  };
}

function shapeNumbers(load: Workload) {
  const usage = usageOf(load);
  const { meanPerS, hotPerS, busiestPerS } = shardLoads(load);
  const size = bytesOf(load);
  return {
    shards: load.shards,
    books: booksFor(load),
    pools: load.pools,
    placesPerShard: load.entries / load.shards,
    callsPerShard: {
      rushMeanPerS: meanPerS,
      rushHotPerS: hotPerS,
      busiestPerS,
      windowMeanPerS: load.entries / load.shards / load.windowS,
    },
    callsInMove: callsInMove(load),
    commits: commitCount(load),
    commitsIn: commitsOf(load),
    rowsWritten: sumOf(usage, "objectRowsWritten"),
    d1RowsWritten: sumOf(usage, "d1RowsWritten"),
    objectGbS: { atLeast: busySeconds(load) * LIMITS.objectMemoryGb.value, atMost: sumOf(usage, "objectTime") },
    bytes: { ...size, d1: ((usage.award.d1Storage ?? 0) * 1e9 * 30) / SHOP.orderDays.value },
    filesKeptPerYearGb: (size.files * load.sessions * 12) / 1e9,
  };
}

function shapeOf(load: Workload): string {
  const { callsPerShard: calls, callsInMove: moves, bytes: size, ...shape } = shapeNumbers(load);
  const commits = shape.commitsIn.map(({ stretch, per1000 }) => `${number(per1000)} in the ${WORDS[stretch]}`).join(", ");
  const rows: [string, string][] = [
    ["reservation shards", `${number(shape.shards)} with ${number(shape.placesPerShard)} places each`],
    [
      "calls of one shard",
      `${amount(calls.rushMeanPerS)} a second in the rush, ${amount(calls.rushHotPerS)} at a hot one, ${amount(calls.busiestPerS)} in its busiest second; ${amount(calls.windowMeanPerS)} over the window`,
    ],
    [
      "award books",
      `${number(shape.books)} for ${number(shape.pools)} pools; a book makes ${number(moves.book)} calls in one move, the session object ${number(moves.session)}`,
    ],
    ["commits", `${number(shape.commits)}; for 1,000 reservations ${commits}`],
    ["rows written", `${number(shape.rowsWritten)} by objects, ${number(shape.d1RowsWritten)} in D1`],
    [
      "object time",
      `${number(shape.objectGbS.atMost)} GB-s if awake for the whole window, ${number(shape.objectGbS.atLeast)} if only while called`,
    ],
    [
      "bytes",
      `${bytes(size.shards)} in shards for ${load.keepDays} days, ${bytes(size.files)} of published files for ever (${amount(shape.filesKeptPerYearGb)} GB a year), ${bytes(size.d1)} of orders in D1`,
    ],
  ];
  return rows.map(([name, text]) => `${name.padEnd(20)}${text}`).join("\n");
}

const WORDS: { [stretch: string]: string } = { rush: "rush", between: "time between", end: "last minute" };

function billTable({ lines, sessionUsd, monthUsd }: Bill): string {
  const rows = lines
    .filter(({ session, month }) => session > 0 || month > 0)
    .map((line) => [
      METERS[line.meter].name,
      amount(line.session),
      dollars(line.sessionUsd),
      amount(line.month),
      amount(line.included),
      dollars(line.monthUsd),
    ]);
  rows.push(["in all", "", dollars(sessionUsd), "", "", dollars(monthUsd)]);
  return table(["", "session", "list price", "month", "included", "to pay"], rows);
}

function livesTable({ lives, sessionUsd }: Bill): string {
  const rows = lives.filter(({ usd }) => usd > 0).sort((a, b) => b.usd - a.usd);
  return table(
    ["a session, for", "list price", "share"],
    rows.map(({ life, usd }) => [life, dollars(usd), percent(usd / sessionUsd)]),
  );
}

function paidText(bill: Bill, fitsFree: boolean): string {
  return [
    `Paid plan: ${dollars(bill.monthUsd)} a month, its $5 included. Accepting a million reservations costs ${dollars(bill.intakeUsdPerM)}, in the rush ${dollars(bill.rushUsdPerM)}.`,
    fitsFree ? "The free plan carries this too." : "The free plan does not carry this: --plan free says why.",
  ].join(" ");
}

function freeTable(lines: FreeLine[], largest: number): string {
  const rows = lines.map(({ what, use, limit, per, fits }) => [what, amount(use), amount(limit), per, fits ? "✓" : "✗"]);
  return [
    table(["free plan", "use", "limit", "per", ""], rows),
    "",
    largest > 0
      ? `The largest session that fits has ${number(largest)} reservations; above it, requests fail until midnight UTC.`
      : "No session fits: something else than the number of reservations is over a limit.",
  ].join("\n");
}

function breakText(breaks: Break[]): string {
  const rows = breaks.map(({ part, load, limit, unit, share }) => [part, amount(load), amount(limit), unit, `${amount(share)}x`]);
  const broken = breaks.filter(({ share }) => share > 1);
  const change = broken.length
    ? ["Breaks, the worst first:", ...broken.map(({ part, change: what }) => `- ${part}: ${what}`)]
    : [`Nothing breaks. Nearest: ${(breaks[0] as Break).part}; then ${(breaks[0] as Break).change}.`];
  return [table(["where it breaks first", "load", "carries", "", ""], rows), "", ...change].join("\n");
}

const NOTES = [
  "- List prices without taxes and without the rounding up to whole units. `npm run cost -- --facts` names the source of each number.",
  "- Objects are charged as if awake for the whole window. Cloudflare does not charge one that is idle and may hibernate: at most, then.",
  "- Refusals are counted as if each had reached a shard. Pages are static files and cost nothing.",
];
