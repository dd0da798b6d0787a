// A CSV file with a header: rows by column name, and every fault with its line. Which columns there are, and what a cell means, is the caller's.
import { type Outcome, ok, refuse } from "../outcome.ts";
import { readCsv } from "./csv.ts";

/** One thing that is wrong. `reason` is stable, `detail` says what to do. */
export type RowFault = { line: number; column?: string; reason: string; detail: string };

export type TableRow<Column extends string> = { line: number; cells: Record<Column, string> };

type Shape<Column extends string> = { columns: readonly Column[]; rowsMax: number };

/**
 * Every column has to be there, in any order, and no other: whoever mistypes a column's name would otherwise empty it in every row. A cell may
 * be empty. Nothing of a table with a fault is returned.
 */
export function readTable<Column extends string>(
  text: string,
  { columns, rowsMax }: Shape<Column>,
): Outcome<TableRow<Column>[], RowFault[]> {
  const read = readCsv(text);
  if (!read.ok) return refuse([{ ...read.refusal, reason: "not_csv" }]);
  const [header, ...records] = read.value;
  if (!header)
    return refuse([{ line: 1, reason: "empty", detail: "The file has no line at all; the first one names the columns." }]);
  const faults = headerFaults(header.cells, columns).map((fault) => ({ line: header.line, ...fault }));
  if (faults.length > 0) return refuse(faults);
  if (records.length > rowsMax) {
    return refuse([{ line: records[rowsMax]?.line ?? 1, reason: "too_many_rows", detail: `At most ${rowsMax} rows in one file.` }]);
  }
  const uneven = records.filter(({ cells }) => cells.length !== header.cells.length);
  if (uneven.length > 0) {
    return refuse(
      uneven.map(({ line, cells }) => ({
        line,
        reason: "cell_count",
        detail: `${cells.length} cells where the header has ${header.cells.length}. A comma inside a cell needs quotes around the cell.`,
      })),
    );
  }
  const places = columns.map((column) => [column, header.cells.indexOf(column)] as const);
  return ok(
    records.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(places.map(([column, at]) => [column, cells[at] ?? ""])) as Record<Column, string>,
    })),
  );
}

function headerFaults(names: string[], columns: readonly string[]): Omit<RowFault, "line">[] {
  if (names.length === 1 && /[;\t]/.test(names[0] as string)) {
    return [
      { reason: "separator", detail: "The cells are not separated by commas. Save the file as comma-separated (CSV UTF-8)." },
    ];
  }
  return [
    ...columns
      .filter((column) => !names.includes(column))
      .map((column) => ({ column, reason: "missing_column", detail: "The header does not name this column." })),
    ...names
      .filter((name) => !columns.includes(name))
      .map((column) => ({ column, reason: "unknown_column", detail: `There is no such column. Known: ${columns.join(", ")}.` })),
    ...names
      .filter((name, at) => columns.includes(name) && names.indexOf(name) < at)
      .map((column) => ({ column, reason: "column_twice", detail: "The header names this column twice." })),
  ];
}
