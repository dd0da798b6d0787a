// npm run check: formatting, lint, import rules and types. npm run check -- --fix lets Biome write what it can mend.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./setup/child.mjs";

const root = dirname(import.meta.dirname);
const args = process.argv.slice(2);
const fix = args.includes("--fix");
if (args.some((arg) => arg !== "--fix")) {
  console.error("usage: npm run check [-- --fix]");
  process.exit(2);
}

const BIOME = "node_modules/@biomejs/biome/bin/biome";
const TSC = "node_modules/typescript/bin/tsc";

/** Each tsconfig of a folder speaks for its part, since browsers, Workers and Node have different globals. */
const projects = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .flatMap(({ name }) =>
    readdirSync(join(root, name))
      .filter((file) => /^tsconfig.*\.json$/.test(file))
      .map((file) => `${name}/${file}`),
  );

const steps: [name: string, program: string[]][] = [
  // Who may import whom is in biome.json too, folder by folder.
  ["format, lint and import rules", [BIOME, "check", "--error-on-warnings", "--max-diagnostics=100", ...(fix ? ["--write"] : [])]],
  ["types", [TSC, "-p", "tsconfig.json"]],
  ...projects.map((project): [string, string[]] => [`types, ${project}`, [TSC, "-p", project]]),
];

let failed = 0;
for (const [name, program] of steps) {
  const started = Date.now();
  const { code, output } = await run(process.execPath, program, { cwd: root, capture: true });
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  if (code !== 0) console.log(output.trimEnd());
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${seconds})`);
  if (code !== 0) failed++;
}
console.log(
  failed === 0 ? "All good." : `${failed} of ${steps.length} failed.${fix ? "" : " npm run check -- --fix mends formatting."}`,
);
process.exitCode = failed === 0 ? 0 : 1;
