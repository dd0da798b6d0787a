// npm run deploy [-- --dry-run]: onto Cloudflare, in the order that is safe. --dry-run bundles and checks without an account.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { readConfig, WITNESS_TOML } from "./deploy/config.ts";
import { inspect } from "./deploy/inspect.ts";
import { askAccount, missing, missingOfWitness, wrangler } from "./deploy/preflight.ts";
import { bundle, ROOT } from "./local/bundle.ts";
import { sqlText } from "./local/seed.ts";
import { buildWeb } from "./setup/web.ts";

const USAGE = `npm run deploy                   preflight, pages, D1 migrations, upload
npm run deploy -- --dry-run      bundle, bindings, classes and size, without an account
npm run deploy -- --seed baijiu  also loads a seed pack into D1
npm run deploy -- --witness      a witness instead of the shop: witness/README.md`;

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean" },
    seed: { type: "string" },
    witness: { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

if ((await buildWeb(ROOT)) !== 0) process.exit(1);
if (values.witness) {
  deployWitness(values["dry-run"] ?? false);
  process.exit(0);
}
const outDir = mkdtempSync(join(tmpdir(), "fairpour-deploy-"));
const inspection = inspect(outDir);
rmSync(outDir, { recursive: true, force: true });
console.log(`Bundle     ${(inspection.gzipBytes / 1000).toFixed(0)} kB gzip`);
console.log(`Bindings   ${inspection.bindings.join(", ")}`);
console.log(`Classes    ${inspection.classes.join(", ")}`);
const { k, list } = readConfig().vars.WITNESSES;
console.log(`Witnesses  ${k} needed of ${list.length}, ${list.filter(({ brand }) => !brand).length} independent`);
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

function deployWitness(isDry: boolean): void {
  const build = mkdtempSync(join(tmpdir(), "fairpour-witness-"));
  const bytes = bundle("witness/index.ts", build, WITNESS_TOML).reduce(
    (sum, { path }) => sum + gzipSync(readFileSync(path)).length,
    0,
  );
  rmSync(build, { recursive: true, force: true });
  console.log(`Bundle     ${(bytes / 1000).toFixed(0)} kB gzip`);
  if (isDry) {
    console.log("Dry run: nothing was uploaded.");
    return;
  }
  stopAt("Not ready to deploy. What is missing:", missingOfWitness(askAccount(WITNESS_TOML)));
  copyFileSync(join(ROOT, "web/dist/verify.html"), join(ROOT, "witness/pages/verify.html"));
  run("Upload", "deploy", "--config", WITNESS_TOML);
}

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
