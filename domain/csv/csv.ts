// CSV as RFC 4180 has it. Reading names the line of every record and of a fault; writing leaves nothing that a spreadsheet would run as a
// formula; what was written is read back the same. No package: the small one (papaparse) is lenient and counts faulty lines wrong, the strict
// one (csv-parse) brings a Buffer, 25 kB of it.
import { type Outcome, ok, refuse } from "../outcome.ts";

/** `line` is where the record begins, counted from 1 as an editor does: a quoted cell may hold line breaks. */
export type CsvRecord = { line: number; cells: string[] };
export type CsvFault = { line: number; detail: string };

const FAULTS = {
  open: "A quoted cell has no closing quote.",
  inside: "A quote inside a cell: put the whole cell in quotes and write each quote in it twice.",
  behind: "Something follows the closing quote of a cell.",
  loneCr: "A line ends in CR alone. Save the file with LF or CRLF line ends.",
};

/** Lines end in LF or CRLF; empty ones are passed over. */
export function readCsv(text: string): Outcome<CsvRecord[], CsvFault> {
  const records: CsvRecord[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [] };
    for (let more = true; more; ) {
      const end = text[at] === '"' ? endOfQuoted(text, at) : endOfPlain(text, at);
      if (end < 0) return refuse({ line, detail: FAULTS.open });
      const cell = text.slice(at, end);
      record.cells.push(bare(cell[0] === '"' ? cell.slice(1, -1).replaceAll('""', '"') : cell));
      line += cell.split("\n").length - 1;
      more = text[end] === ",";
      at = more || text[end] === "\r" ? end + 1 : end;
      if (more || at >= text.length || text[at] === "\n") continue;
      const fault = text[end] === "\r" ? "loneCr" : cell[0] === '"' ? "behind" : "inside";
      return refuse({ line, detail: FAULTS[fault] });
    }
    if (record.cells.length > 1 || record.cells[0] !== "") records.push(record);
    at++;
    line++;
  }
  return ok(records);
}

const PLAIN = /[^,"\r\n]*/y;

function endOfPlain(text: string, start: number): number {
  PLAIN.lastIndex = start;
  PLAIN.test(text);
  return PLAIN.lastIndex;
}

/** Behind the closing quote; -1 where there is none. */
function endOfQuoted(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  return -1;
}

/** Rows as CSV with CRLF, each cell guarded. A byte order mark comes first: without it Excel reads Chinese as another encoding. */
export const writeCsv = (rows: string[][]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map((cell) => quoted(guarded(cell))).join(",")}\r\n`).join("")}`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * What spreadsheets take for a formula gets an apostrophe in front, as OWASP asks (CSV injection): = + - @, their wide forms, tab and line
 * breaks. A plain number stays one. A cell that has apostrophes before such a sign gets one more, so that reading takes away exactly one.
 */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r\n]/;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

const guarded = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);
const bare = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);
