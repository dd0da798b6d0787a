// npm run drill -- opening-day --scale 0.001 [--seed 1]: replays a day at scale through HTTP on a server of its own and checks what must hold.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "./local/server.ts";
import { checkDrill } from "./play/check-drill.ts";
import { peakMemory } from "./play/memory.ts";
import { drillStores, openingDay, sizesAt } from "./play/opening-day.ts";
import { progressBar } from "./play/progress.ts";

const USAGE =
  "usage: npm run drill -- opening-day --scale 0.001 [--seed 1]   (scale from 0.0001 to 0.2: people, reservations, units and stores alike)";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: "string", default: "0.001" }, seed: { type: "string", default: "1" }, help: { type: "boolean" } },
});
const scale = Number(values.scale);
const seed = Number(values.seed);
if (
  values.help ||
  positionals[0] !== "opening-day" ||
  positionals.length !== 1 ||
  !(scale >= 0.0001 && scale <= 0.2) ||
  !Number.isInteger(seed)
) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const sizes = sizesAt(scale);
const number = (value: number) => value.toLocaleString("en");
console.log(
  `31 March 2022 at ${scale}: ${number(sizes.reservations)} reservations by ${number(sizes.people)} people for ${number(sizes.units)} bottles at ${number(sizes.stores)} stores (seed ${seed})`,
);

const stateDir = mkdtempSync(join(tmpdir(), "fairpour-drill-"));
const server = await startServer({ stateDir, extraStores: drillStores(sizes.stores) });
const bar = progressBar();
const began = performance.now();
let good = false;
try {
  const opened = await openingDay(server, sizes, seed, bar.show);
  bar.end();
  const refusals = [...opened.refused].map(([code, count]) => `${code} ${count}`).join(", ") || "none";
  console.log(
    `${number(opened.acknowledged.length)} acknowledged in ${opened.seconds.toFixed(1)} s of a window of ${opened.windowS} s (${number(Math.round(opened.acknowledged.length / opened.seconds))} a second, from one generating process beside the shop); refused: ${refusals}`,
  );
  const checks = await checkDrill(server.url, opened, sizes, bar.show);
  bar.end();
  checks.push({
    name: `every reservation of the day was acknowledged (${number(sizes.reservations)})`,
    good: opened.acknowledged.length === sizes.reservations,
  });
  for (const check of checks) console.log(`  ${check.good ? "✓" : "✗"} ${check.name}`);
  good = checks.every((check) => check.good);
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s in all; ${peakMemory()}`);
  console.log(good ? "All invariants hold." : "NOT all invariants hold.");
} catch (error) {
  bar.end();
  console.error(`The drill went wrong: ${error instanceof Error ? error.stack : error}`);
} finally {
  await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
