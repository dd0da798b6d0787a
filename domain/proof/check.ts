// Level 1 of the check: one entrant, one proof, nobody asked. Each step in order; the first that fails ends it. draw1, section 11.
import type { Proof } from "./proof.ts";
import { Fault, type Reason, reading, type Step, type StepName } from "./reasons.ts";
import { beacon, exclusion, score, seed, stock, table } from "./steps-draw.ts";
import { deadline, logged, witnesses } from "./steps-log.ts";
import { entry, place, plan, receipt, round } from "./steps-place.ts";
import type { Did, Facts, Trust, Work } from "./work.ts";

const LEVEL1: [StepName, (work: Work) => Did, whatElse: Reason][] = [
  ["plan", plan, "plan-form"],
  ["round", round, "round-formula"],
  ["entry", entry, "outside-window"],
  ["receipt", receipt, "receipt-signature"],
  ["place", place, "shard-not-sealed"],
  ["logged", logged, "checkpoint-form"],
  ["witnesses", witnesses, "cosignature"],
  ["deadline", deadline, "seal-late"],
  ["exclusion", exclusion, "not-excluded"],
  ["table", table, "table-not-sealed"],
  ["stock", stock, "result-row"],
  ["beacon", beacon, "beacon-signature"],
  ["seed", seed, "seed-changed"],
  ["score", score, "win-row"],
];

/**
 * Yields each step as it is decided and returns what was found; `facts` fills up meanwhile, for whoever shows it. `open` reads the file and
 * throws a Fault where it is none.
 */
export function* checkProof(open: () => Proof, trust: Trust, facts: Facts = {}): Generator<Step, Facts> {
  const work = { trust, facts } as Work;
  const file = run("file", () => read(work, open), "part-form");
  if (file) yield file;
  if (file?.state === "failed") return facts;
  for (const [step, does, whatElse] of LEVEL1) {
    const done = run(step, () => does(work), whatElse);
    if (done) yield done;
    if (done?.state === "failed") break;
  }
  return facts;
}

function read(work: Work, open: () => Proof): Did {
  work.proof = open();
  return undefined;
}

/** Nothing that a file says may end a check with a crash: what a step did not foresee is a failed step too. */
export function run(step: StepName, does: () => Did, whatElse: Reason): Step | undefined {
  try {
    const did = reading(whatElse, does);
    if (did === "none") return undefined;
    return did === undefined ? { step, state: "ok" } : { step, state: "open", reason: did };
  } catch (error) {
    if (error instanceof Fault) return { step, state: "failed", reason: error.reason };
    throw error;
  }
}
