// npm run deploy [-- --dry-run]: onto Cloudflare, in the order that is safe. --dry-run bundles and checks without an account.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "./deploy/config.ts";
import { inspect } from "./deploy/inspect.ts";
import { askAccount, missing, wrangler } from "./deploy/preflight.ts";
import { ROOT } from "./local/bundle.ts";
import { sqlText } from "./local/seed.ts";
import { buildWeb } from "./setup/web.ts";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean" }, seed: { type: "string" }, help: { type: "boolean" } } });
if (values.help) {
  console.log(
    "npm run deploy                   preflight, pages, D1 migrations, upload\nnpm run deploy -- --dry-run      bundle, bindings, classes and size, without an account\nnpm run deploy -- --seed baijiu  also loads a seed pack into D1",
  );
  process.exit(0);
}

if ((await buildWeb(ROOT)) !== 0) process.exit(1);
const outDir = mkdtempSync(join(tmpdir(), "fairpour-deploy-"));
const inspection = inspect(outDir);
rmSync(outDir, { recursive: true, force: true });
console.log(`Bundle     ${(inspection.gzipBytes / 1000).toFixed(0)} kB gzip`);
console.log(`Bindings   ${inspection.bindings.join(", ")}`);
console.log(`Classes    ${inspection.classes.join(", ")}`);
stopAt("The bundle cannot be deployed:", inspection.problems);
if (values["dry-run"]) {
  console.log("Dry run: nothing was uploaded.");
  process.exit(0);
}

stopAt("Not ready to deploy. What is missing:", missing(askAccount()));
const database = readConfig().d1_databases[0]?.database_name as string;
run("D1 migrations", "d1", "migrations", "apply", database, "--remote");
if (values.seed) {
  const file = join(tmpdir(), `fairpour-seed-${process.pid}.sql`);
  writeFileSync(file, sqlText(values.seed, readConfig().vars.BRAND));
  run(`Seed pack ${values.seed}`, "d1", "execute", database, "--remote", "--file", file);
  rmSync(file);
}
run("Upload", "deploy");

function stopAt(title: string, problems: string[]): void {
  if (problems.length === 0) return;
  console.error(`${title}\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  process.exit(1);
}

function run(what: string, ...args: string[]): void {
  console.log(`${what} …`);
  const { status, stdout, stderr } = wrangler(...args);
  if (status !== 0) stopAt(`${what} failed:`, [`${stdout}${stderr}`.trim()]);
}
