// npm run bench -- [--quick] [--only reserve|draw|ladder|micro]: measures the shop on this machine; docs/performance.md says what it means.
import { parseArgs } from "node:util";
import { draw } from "../bench/suites/draw.ts";
import { ladder } from "../bench/suites/ladder.ts";
import { micro } from "../bench/suites/micro.ts";
import { reserve } from "../bench/suites/reserve.ts";

const SUITES = { reserve, draw, ladder, micro };
const NAMES = Object.keys(SUITES) as (keyof typeof SUITES)[];
const USAGE = `usage: npm run bench -- [--quick] [--only ${NAMES.join("|")}]`;

const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean" } } });
const only = NAMES.filter((name) => values.only === undefined || values.only === name);
if (values.help || only.length === 0) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}
const quick = values.quick === true;
for (const name of only) await SUITES[name]({ quick, rounds: quick ? 3 : 9, seconds: quick ? 1.5 : 3 });
