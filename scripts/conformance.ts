// npm run conformance -- DIR: checks this implementation against reference data on disk and prints each check.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { auditChecks } from "./conformance/audit.ts";
import type { Check } from "./conformance/check.ts";
import { drandChecks } from "./conformance/drand.ts";
import { draw1Checks } from "./conformance/draw1.ts";
import { logChecks } from "./conformance/log.ts";
import { merkleChecks } from "./conformance/merkle.ts";
import { proofChecks } from "./conformance/proof.ts";
import { pythonChecks } from "./conformance/python.ts";

/** File below DIR -> the checks that read it. */
const SUITES: [file: string, checks: (data: never) => Iterable<Check>][] = [
  ["merkle/tree-constants.json", merkleChecks],
  ["drand/quicknet.json", drandChecks.valid],
  ["drand/quicknet-refuse.json", drandChecks.refused],
  ["draw1/uniform-3pools.json", draw1Checks],
  ["draw1/uniform-3pools.json", logChecks],
  ["draw1/uniform-3pools.json", proofChecks],
  ["draw1/uniform-3pools.json", auditChecks],
];

const directory = process.argv[2];
if (!directory || !existsSync(directory)) {
  console.error("usage: npm run conformance -- DIR   (DIR holds draw1/, drand/, merkle/)");
  process.exit(2);
}

let passed = 0;
let failed = 0;
const report = (file: string, { name, good }: Check) => {
  good ? passed++ : failed++;
  console.log(`${good ? "✓" : "✗"} ${file}: ${name}`);
};
for (const [file, checks] of SUITES) {
  const path = join(directory, file);
  if (!existsSync(path)) {
    report(file, { name: "not there", good: false });
    continue;
  }
  for (const check of checks(JSON.parse(readFileSync(path, "utf8")) as never)) report(file, check);
}
for (const check of pythonChecks(directory)) report("verifiers/python", check);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
