// npm run simulate:scale [-- --shards N …]: holds a session's plan against what one Durable Object takes. Exits with 1 when a limit is broken.

import { peakMax } from "../domain/cost/crowd.ts";
import { ASSUMED, LIMITS } from "../domain/cost/facts.ts";
import { ADMIT_PER_S } from "../domain/draw/admission.ts";
import { peakOf, SHARDS_MAX, shardsFor } from "../domain/draw/plan.ts";
import { progressBar } from "./play/progress.ts";
import { grouped, helpOf, readOptions } from "./scale/options.ts";
import { runReport } from "./scale/run-report.ts";
import { simulate } from "./scale/simulate.ts";

const OPTIONS = {
  entries: { help: "reservations in the session", min: 1, max: 100e6, whole: true, default: 10e6 },
  peak: { help: "reservations a second in the first minute", min: 1, max: 10e6, from: "a hundredth of --entries" },
  window: { help: "seconds from open to close", min: 10, max: 86_400, whole: true, default: 3600 },
  grace: { help: "seconds after close in which overload tickets admit", min: 0, max: 3600, whole: true, default: 120 },
  shards: { help: "reservation shards", min: 1, max: SHARDS_MAX, whole: true, from: "what a plan with `expected` gets" },
  skew: { help: "times its share that one shard in sixteen gets", min: 1, max: 10, default: ASSUMED.hot.value },
  admit: {
    help: "reservations a second that a shard lets to its door (admitPerS)",
    min: 1,
    max: 1e6,
    whole: true,
    default: ADMIT_PER_S,
  },
  object: { help: "reservations a second that one object takes", min: 10, max: 5000, default: LIMITS.objectPerS.value },
  seed: { help: "another seed, another crowd", min: 0, max: 0xffff_ffff, whole: true, default: 1 },
  json: { help: "the numbers as JSON", flag: true },
  help: { help: "this text", flag: true },
} as const;

const HELP = `npm run simulate:scale -- [options]

Plays a session try by try against documented limits: a rush in the first minute, a bounded queue before each object, the
shop's own grouping and door, people who are sent away with an overload ticket and come again. Chance is seeded: the same
options give the same numbers. Nothing is sent anywhere. Exits with 0 when the plan holds, 1 when a limit is broken.

${helpOf(OPTIONS)}
`;

const read = readOptions(OPTIONS, process.argv.slice(2));
if (!read.ok) fail(read.refusal);
const { entries, window: windowS, grace: graceS, skew, admit: admitPerS, object: objectPerS, seed, json, help } = read.value;
if (help) {
  console.log(HELP);
  process.exit(0);
}
const peakPerS = read.value.peak ?? peakOf({ reservations: entries });
const shards = read.value.shards ?? shardsFor({ reservations: entries, peakPerS });
const most = peakMax({ entries, windowS });
if (peakPerS > most)
  fail(`--peak ${grouped(peakPerS)} brings more than --entries ${grouped(entries)}: at most ${grouped(Math.floor(most))} a second`);
const skewMax = shards / Math.ceil(shards / 16);
if (skew > skewMax) fail(`--skew ${skew} is more than ${shards} shards can have: at most ${grouped(skewMax)}`);

const bar = progressBar();
const run = simulate({ entries, peakPerS, windowS, graceS, shards, seed, skew, objectPerS, admitPerS }, (done, of) =>
  bar.show("shards", done, of),
);
bar.end();
const report = runReport(run);
console.log(json ? JSON.stringify(report.json, null, 2) : report.text);
process.exitCode = report.good ? 0 : 1;

function fail(message: string): never {
  console.error(`${message}\nnpm run simulate:scale -- --help says what may be given.`);
  process.exit(2);
}
