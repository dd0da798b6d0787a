// Level 2 of the check: the whole pool drawn again from its sealed table, so that all its winners follow and not only the own result.
import { type Bytes, hex, same, unhex } from "../bytes.ts";
import { drawPool, type PoolResult, type Ranked, readResultBundle } from "../draw/rank.ts";
import { readTableBundle, tableRoot } from "../draw/table.ts";
import { run } from "./check.ts";
import { need, reading, type Step } from "./reasons.ts";
import type { Facts } from "./work.ts";

/** The two files of the own pool, as they are published. */
export type PoolFiles = { table: Bytes; result: Bytes };

/** What level 1 has established about the pool: level 2 relies on nothing else. */
type Known = Required<Pick<Facts, "M" | "own" | "pool" | "table" | "seed" | "cutoff" | "standing">>;

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
      const published = reading("result-list-form", () => readResultBundle(files.result, M, known.pool.pool));
      need(hex(mine.cutoff) === known.cutoff && same(published.cutoff, mine.cutoff), "cutoff-changed");
      need(agree(mine.winners, published.winners) && same(published.winRoot, mine.winRoot), "winners-changed");
      need(agree(mine.waits, published.waits) && same(published.waitRoot, mine.waitRoot), "waits-changed");
      need(published.stock === mine.stock && published.n === mine.n, "result-list-form");
      need(standingIn(mine, known, facts.rank), "own-rank");
      return undefined;
    },
    "winners-changed",
  ) as Step;
  return drawn;
}

const agree = (a: Ranked[], b: Ranked[]): boolean =>
  a.length === b.length && a.every(({ lh, score }, at) => same(lh, b[at]?.lh as Bytes) && same(score, b[at]?.score as Bytes));

/** Whether level 1 said the same of this entry as the whole draw does. */
function standingIn({ winners, waits }: PoolResult, { own, standing }: Known, rank: number | undefined): boolean {
  const at = [...winners, ...waits].findIndex(({ lh }) => hex(lh) === own.lh);
  const found = at < 0 ? "lost" : at < winners.length ? "won" : "wait";
  return found === standing && (at < 0 ? rank === undefined : at === rank);
}
