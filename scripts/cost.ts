// npm run cost -- --entries N --sessions M [options]: what a session and a month take and cost, where it breaks first, what to change.

import { USUAL, type Workload, workloadOf } from "../domain/cost/workload.ts";
import { SHARDS_MAX } from "../domain/draw/plan.ts";
import { costReport } from "./scale/cost-report.ts";
import { factsTable } from "./scale/facts-table.ts";
import { helpOf, readOptions } from "./scale/options.ts";

const DAY = "as on the modelled system's first day";
const OPTIONS = {
  entries: { help: "reservations in one session", min: 1, max: 1e9, whole: true, default: 10e6 },
  sessions: { help: "sessions a month", min: 1, max: 10_000, whole: true, default: USUAL.sessions },
  plan: { help: "plan of the account", choices: ["paid", "free"], default: "paid" },
  shards: { help: "reservation shards", min: 1, max: SHARDS_MAX, whole: true, from: "what a plan with `expected` gets" },
  "per-person": { help: "reservations that one person makes", min: 1, max: 12, from: `2.72, ${DAY}` },
  units: { help: "units to win", min: 1, max: 100e6, whole: true, from: `0.42 % of --entries, ${DAY}` },
  stores: { help: "stores", min: 1, max: 100_000, whole: true, from: `141 per million, ${DAY}` },
  pools: { help: "products times stores", min: 1, max: 150_000, whole: true, from: "4 products in each store" },
  window: { help: "seconds from open to close", min: 10, max: 86_400, whole: true, default: USUAL.windowS },
  rush: { help: "share of the reservations in the first minute", min: 0.001, max: 0.9, default: USUAL.rush },
  views: { help: "times that a person opens the page", min: 0, max: 100, default: USUAL.views },
  minutes: { help: "minutes that the page is open each time", min: 0, max: 120, default: USUAL.minutes },
  waiting: { help: "share of the persons whose page is open from close to the result", min: 0, max: 1, default: USUAL.waiting },
  refused: { help: "refused tries for each reservation", min: 0, max: 100, default: USUAL.refused },
  cached: { help: "share of the public reads that a cache before the Worker answers", min: 0, max: 1, default: USUAL.cached },
  logged: {
    help: "share of the invocations that leave a log event; wrangler.toml asks for failures only",
    min: 0,
    max: 1,
    default: USUAL.logged,
  },
  "keep-days": { help: "days until a shard's rows are deleted", min: 0, max: 3660, default: USUAL.keepDays },
  members: { help: "registered members", min: 0, max: 1e10, whole: true, from: "10 for each person who takes part" },
  naive: { help: "the design that is avoided: a commit, four rows and a queue message for each reservation", flag: true },
  facts: { help: "every price, limit and constant with its source, and nothing else", flag: true },
  json: { help: "the numbers as JSON", flag: true },
  help: { help: "this text", flag: true },
} as const;

const HELP = `npm run cost -- [--entries N] [--sessions M] [options]

What a session of N reservations and a month of M sessions take on Cloudflare: shards, requests for each object, commits, billed
rows, bytes, and dollars at list price, item by item; whether the free plan carries it; where it breaks first and what to change.
Numbers may be written 10000000, 10_000_000, 10M or 500k. Nothing is sent anywhere.

${helpOf(OPTIONS)}
`;

const read = readOptions(OPTIONS, process.argv.slice(2));
if (!read.ok) fail(read.refusal);
const options = read.value;
if (options.help || options.facts) {
  console.log(options.help ? HELP : factsTable());
  process.exit(0);
}

/** The session that was asked for, or the same one with another number of reservations and what follows from it. */
const workload = (entries: number): Workload =>
  workloadOf({
    entries,
    sessions: options.sessions,
    perPerson: options["per-person"],
    stores: options.stores,
    pools: options.pools,
    units: options.units,
    windowS: options.window,
    rush: options.rush,
    shards: options.shards,
    views: options.views,
    minutes: options.minutes,
    waiting: options.waiting,
    refused: options.refused,
    cached: options.cached,
    logged: options.logged,
    keepDays: options["keep-days"],
    members: options.members,
    naive: options.naive,
  });

const load = workload(options.entries);
if (load.units > load.entries)
  fail(`--units ${load.units} is more than --entries ${load.entries}: units nobody asked for cost nothing`);
const report = costReport(load, options.plan, workload);
console.log(options.json ? JSON.stringify(report.json, null, 2) : report.text);

function fail(message: string): never {
  console.error(`${message}\nnpm run cost -- --help says what may be given.`);
  process.exit(2);
}
