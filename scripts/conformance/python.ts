// The second verifier over the same reference data: a program of its own, whose lines are counted here.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../local/bundle.ts";
import { PYTHON, PYTHON_MISSING } from "../setup/python.ts";
import type { Check } from "./check.ts";

export function* pythonChecks(directory: string): Iterable<Check> {
  if (!PYTHON) {
    if (process.env.CI) yield { name: PYTHON_MISSING, good: false };
    else console.log(PYTHON_MISSING);
    return;
  }
  const run = spawnSync(PYTHON, [join(ROOT, "verifiers/python/conformance.py"), directory], { encoding: "utf8" });
  const lines = run.stdout.split("\n").filter((line) => /^[✓✗] /.test(line));
  yield* lines.map((line) => ({ name: line.slice(2), good: line.startsWith("✓") }));
  if (run.status !== 0 || lines.length === 0) yield { name: `ended with ${run.status}: ${run.stderr}`, good: false };
}
