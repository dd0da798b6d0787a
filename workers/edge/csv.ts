// CSV at the door: its size, its encoding, and the refusal that names each row.
import type { Context } from "hono";
import { textOfFile } from "../../domain/csv/encoding.ts";
import type { RowFault } from "../../domain/csv/table.ts";
import { bounded } from "./input.ts";
import { ProblemError, problem } from "./problem.ts";

/** Whoever has more than this many faults mends the first ones first; the number of all is told. */
const ROWS_SHOWN_MAX = 200;

/** The text of the body. Throws a ProblemError: 413 over `bytesMax`, 400 for another encoding than UTF-8. */
export async function csvBody(c: Context, bytesMax: number): Promise<string> {
  const text = textOfFile(await bounded(c.req.raw, bytesMax));
  if (text.ok) return text.value;
  const found = text.refusal === "unknown" ? "It is in another encoding" : `It looks like ${text.refusal}`;
  throw new ProblemError("wrong_encoding", {
    detail: `The file is not UTF-8. ${found}. Save it again as "CSV UTF-8"; nothing was changed.`,
    encoding: text.refusal,
  });
}

export const refusedRows = (faults: RowFault[]): Response =>
  problem("invalid_rows", { refused: faults.length, rows: faults.slice(0, ROWS_SHOWN_MAX) });
