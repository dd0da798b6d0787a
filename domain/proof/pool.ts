// Level 2 of the check: the whole pool drawn again from its sealed table, so that all its winners follow and not only the own result.
import { type Bytes, hex, same, unhex } from "../bytes.ts";
import { drawPool, type PoolResult, readResultBundle, resultBundle } from "../draw/rank.ts";
import { readTableBundle, tableRoot } from "../draw/table.ts";
import { run } from "./check.ts";
import { need, reading, type Step } from "./reasons.ts";
import type { Facts } from "./work.ts";

/** The two files of the own pool, as they are published. */
export type PoolFiles = { table: Bytes; result: Bytes };

/** What level 1 has established about the pool: level 2 relies on nothing else. */
type Known = Required<Pick<Facts, "M" | "own" | "pool" | "table" | "seed" | "cutoff" | "winRoot" | "waitRoot" | "standing">>;

/** Yields both steps and returns the pool as drawn here. `facts` come from a level 1 without a failed step, of an entry in a table. */
export function* checkPool(facts: Facts, files: PoolFiles): Generator<Step, PoolResult | undefined> {
  const known = facts as Known;
  const M = unhex(known.M);
  let drawn: PoolResult | undefined;
  const list = run(
    "list",
    () => {
      const { rows, bodies } = reading("list-form", () => readTableBundle(files.table, M, known.pool.pool));
      need(rows.length === known.table.n, "list-count");
      need(hex(tableRoot(bodies)) === known.table.root, "list-not-sealed");
      need(rows.reduce((sum, { tickets }) => sum + tickets, 0) === known.table.sumTickets, "list-count");
      drawn = drawPool(known.pool, rows, unhex(known.seed));
      return undefined;
    },
    "list-form",
  );
  yield list as Step;
  if (!drawn || list?.state === "failed") return undefined;
  const mine = drawn;
  yield run(
    "winners",
    () => {
      // First what the log holds: the file comes after it, because a file may also have been damaged on its way.
      need(hex(mine.cutoff) === known.cutoff, "cutoff-changed");
      need(hex(mine.winRoot) === known.winRoot, "winners-changed");
      need(hex(mine.waitRoot) === known.waitRoot, "waits-changed");
      need(standingIn(mine, known, facts.rank), "own-rank");
      reading("result-list-form", () => readResultBundle(files.result, M, known.pool.pool));
      need(same(resultBundle(M, mine), files.result), "result-list-differs");
      return undefined;
    },
    "winners-changed",
  ) as Step;
  return drawn;
}

/** Whether level 1 said the same of this entry as the whole draw does. */
function standingIn({ winners, waits }: PoolResult, { own, standing }: Known, rank: number | undefined): boolean {
  const at = [...winners, ...waits].findIndex(({ lh }) => hex(lh) === own.lh);
  const found = at < 0 ? "lost" : at < winners.length ? "won" : "wait";
  return found === standing && (at < 0 ? rank === undefined : at === rank);
}
