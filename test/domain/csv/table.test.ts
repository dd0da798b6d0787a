// A table with a header: columns in any order, and each fault with its line, column and reason.
import { describe, expect, it } from "vitest";
import { readTable } from "../../../domain/csv/table.ts";

const SHAPE = { columns: ["store", "units"], rowsMax: 3 } as const;

it("gives rows by column, whatever the order of the columns", () => {
  expect(readTable('units,store\n3,a\n\n"",b\n', SHAPE)).toEqual({
    ok: true,
    value: [
      { line: 2, cells: { store: "a", units: "3" } },
      { line: 4, cells: { store: "b", units: "" } },
    ],
  });
});

describe("a table is refused with", () => {
  it.each([
    ["no line at all", "", [{ line: 1, reason: "empty" }]],
    ["a column missing", "store\na\n", [{ line: 1, column: "units", reason: "missing_column" }]],
    [
      "a column mistyped",
      "store,unit\na,1\n",
      [
        { line: 1, column: "units", reason: "missing_column" },
        { line: 1, column: "unit", reason: "unknown_column" },
      ],
    ],
    ["a column twice", "store,units,store\na,1,b\n", [{ line: 1, column: "store", reason: "column_twice" }]],
    ["semicolons", "store;units\na;1\n", [{ line: 1, reason: "separator" }]],
    ["tabs", "store\tunits\na\t1\n", [{ line: 1, reason: "separator" }]],
    [
      "lines that are too short and too long",
      "store,units\na\nb,1\nc,1,2\n",
      [
        { line: 2, reason: "cell_count" },
        { line: 4, reason: "cell_count" },
      ],
    ],
    ["one row too many", "store,units\na,1\nb,1\nc,1\nd,1\n", [{ line: 5, reason: "too_many_rows" }]],
    ["an open quote", 'store,units\na,"1\n', [{ line: 2, reason: "not_csv" }]],
  ])("%s, each fault at its line", (_, text, faults) => {
    const read = readTable(text, SHAPE);
    expect(read).toEqual({ ok: false, refusal: faults.map((fault) => ({ ...fault, detail: expect.stringMatching(/.{10}/) })) });
  });
});
