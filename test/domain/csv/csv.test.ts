// CSV: what is read, what is refused and where, and that nothing written is a formula or comes back changed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, writeCsv } from "../../../domain/csv/csv.ts";

const cellsOf = (text: string) => {
  const read = readCsv(text);
  return read.ok ? read.value.map(({ cells }) => cells) : read.refusal;
};
const body = (rows: string[][]) => writeCsv(rows).slice(1);

describe("reading", () => {
  it.each([
    [
      "plain cells",
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["no line end behind the last line", "a,b", [["a", "b"]]],
    [
      "CRLF",
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "empty cells, the last one too",
      "a,,\n,b,",
      [
        ["a", "", ""],
        ["", "b", ""],
      ],
    ],
    ["quotes around commas, quotes and line breaks", '"a,b","c ""d""","e\r\nf"\n', [["a,b", 'c "d"', "e\r\nf"]]],
    ["empty lines, which are passed over", "\na\n\r\n\nb\n\n", [["a"], ["b"]]],
    ["spaces as they are", " a , b \n", [[" a ", " b "]]],
    ["nothing", "", []],
    ["a guarded cell without its guard", "'=1+1,'+44 20,''=x,'plain,-3.5\n", [["=1+1", "+44 20", "'=x", "'plain", "-3.5"]]],
  ])("takes %s", (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  it("counts lines as an editor does, also across a cell that holds line breaks", () => {
    const read = readCsv('a\n"b\nb\nb",c\n\nd\n');
    expect(read.ok && read.value.map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it.each([
    ["an open quote", 'a\n"b\nc\n', { line: 2, detail: expect.stringContaining("no closing quote") }],
    ["a quote inside a plain cell", 'a\nb"c\n', { line: 2, detail: expect.stringContaining("inside a cell") }],
    ["text behind a closing quote", 'a\n\n"b"c\n', { line: 3, detail: expect.stringContaining("follows the closing quote") }],
    ["CR alone", "a\rb", { line: 1, detail: expect.stringContaining("CR alone") }],
  ])("refuses %s and says the line", (_, text, fault) => {
    expect(cellsOf(text)).toEqual(fault);
  });
});

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("'", "=", "-", "+", "@", "＝", '"', ",", "\n", "\r", "\t", "1", ".", "a", "茅") }),
  fc.string(),
);

describe("writing", () => {
  it("is undone by reading, whatever the cells hold", () => {
    const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));
    fc.assert(
      fc.property(table, (rows) => {
        expect(cellsOf(body(rows))).toEqual(rows);
      }),
    );
  });

  it("leaves no cell that a spreadsheet runs: what begins with a sign is a plain number or has an apostrophe in front", () => {
    fc.assert(
      fc.property(cell, (text) => {
        const written = body([[text, "x"]]).replace(/^"/, "");
        if (/^[=+\-@＝＋－＠\t\r\n]/.test(written)) expect(text).toMatch(/^-[0-9]+(?:\.[0-9]+)?$/);
      }),
    );
  });

  it("begins with a byte order mark and ends every line with CRLF", () => {
    expect(
      writeCsv([
        ["a", "=b"],
        ["-1", "c,d"],
      ]),
    ).toBe('\uFEFFa,\'=b\r\n-1,"c,d"\r\n');
  });
});
