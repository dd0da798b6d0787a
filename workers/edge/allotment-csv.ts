// An allotment that comes as a CSV file, with the columns sku, store and units.
import type { Context } from "hono";
import type { AllotmentInput } from "../../contracts/sessions.ts";
import { textOfFile } from "../../domain/csv/encoding.ts";
import { type RowFault, readTable } from "../../domain/csv/table.ts";
import { ALLOTMENT_COLUMNS, allotmentFrom } from "../../domain/plan/allotment-rows.ts";
import { listStores } from "../../records/stores.ts";
import { recordsIn } from "./drafts.ts";
import { bounded } from "./input.ts";
import { ProblemError } from "./problem.ts";
import { plannedSession } from "./reach.ts";

/** As many as an allotment may have pools. */
const ROWS_MAX = 150_000;
/** Whoever has more faults than that mends the first ones first; `refused` tells the number of all. */
const ROWS_SHOWN_MAX = 200;

export const isCsv = (c: Context): boolean => /^text\/csv\b/i.test(c.req.header("Content-Type") ?? "");

function refused(faults: RowFault[]): ProblemError {
  const detail = `${faults.length} ${faults.length === 1 ? "row does" : "rows do"} not fit. Nothing was changed.`;
  return new ProblemError("invalid_input", { detail, refused: faults.length, rows: faults.slice(0, ROWS_SHOWN_MAX) });
}

/** Throws a ProblemError with each row that does not fit. */
export async function allotmentOfCsv(c: Context, env: Env, session: string, bytesMax: number): Promise<AllotmentInput> {
  const text = textOfFile(await bounded(c.req.raw, bytesMax));
  if (!text.ok) {
    const looks = text.refusal === "unknown" ? "" : ` It looks like ${text.refusal}.`;
    throw new ProblemError("unreadable_body", { detail: `The file is not UTF-8.${looks} Save it as "CSV UTF-8".` });
  }
  const facts = await (await plannedSession(env, session)).draft();
  if (!facts.ok) throw new ProblemError(facts.refusal);
  const table = readTable(text.value, { columns: ALLOTMENT_COLUMNS, rowsMax: ROWS_MAX });
  if (!table.ok) throw refused(table.refusal);
  const { skus, market } = facts.value.plan.input;
  const stores = new Set((await listStores(recordsIn(env), market)).map(({ store }) => store));
  const pools = allotmentFrom(table.value, { skus: new Set(skus), stores });
  if (!pools.ok) throw refused(pools.refusal);
  return { pools: pools.value };
}
