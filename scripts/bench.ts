// npm run bench -- [--quick] [--only NAME,NAME]: measures the served build; docs/performance.md says what each number means.
import { parseArgs } from "node:util";
import { namesFor, runBench, SUITE_NAMES } from "../bench/run.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" }, help: { type: "boolean" } },
});
const names = values.only?.split(",") ?? namesFor(values.quick);
if (values.help || names.some((name) => !SUITE_NAMES.includes(name))) {
  console.error(`usage: npm run bench -- [--quick] [--only NAME,NAME]   names: ${SUITE_NAMES.join(", ")}`);
  process.exit(values.help ? 0 : 2);
}
try {
  await runBench(names, values.quick);
} catch (error) {
  console.error(`The benchmark went wrong: ${error instanceof Error ? error.stack : error}`);
  process.exit(1);
}
