// The review's inputs: batches of places, one form each, with limits.
import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../contracts/problems.ts";
import { appealInput, decisionsInput, exclusionsInput, ROW_PROBLEMS } from "../../contracts/review.ts";
import { fits } from "../support/schemas.ts";

const row = { shard: 0, index: 0, reason: 9 };
const batch = { proposal: "proposal-1", note: "Seen.", rows: [row] };
const decided = { shard: 0, index: 0, granted: true, answer: "Sorry." };
const times = (count: number, of: object) => Array.from({ length: count }, () => of);

describe("a proposal of exclusions", () => {
  it.each<[string, object, boolean]>([
    ["of one place", batch, true],
    ["of ten thousand places", { ...batch, rows: times(10_000, row) }, true],
    ["of the last place that there can be", { ...batch, rows: [{ shard: 4095, index: 0xffff_ffff, reason: 255 }] }, true],
    ["of nobody", { ...batch, rows: [] }, false],
    ["of more than ten thousand", { ...batch, rows: times(10_001, row) }, false],
    ["in a shard that there cannot be", { ...batch, rows: [{ ...row, shard: 4096 }] }, false],
    ["of a place that there cannot be", { ...batch, rows: [{ ...row, index: -1 }] }, false],
    ["for half a reason", { ...batch, rows: [{ ...row, reason: 1.5 }] }, false],
    ["for a reason in words", { ...batch, rows: [{ ...row, reason: "gang" }] }, false],
    ["with something else in a row", { ...batch, rows: [{ ...row, name: "Ada" }] }, false],
    ["without a note", { ...batch, note: "" }, false],
    ["without an id", { ...batch, proposal: undefined }, false],
    ["with an id that is a path", { ...batch, proposal: "../proposals" }, false],
    ["with an id that is short", { ...batch, proposal: "p" }, false],
  ])("%s: %#", (_, body, expected) => {
    expect(fits(exclusionsInput, body)).toBe(expected);
  });

  it("has words for everything that can be wrong with a row, and the refusal names them all", () => {
    for (const code of Object.keys(ROW_PROBLEMS)) expect(PROBLEMS.rows_refused.explanation).toContain(code);
  });
});

describe("decisions of appeals", () => {
  it.each<[string, object, boolean]>([
    ["of one", { ...batch, rows: [decided] }, true],
    ["of a thousand", { ...batch, rows: times(1_000, decided) }, true],
    ["of more", { ...batch, rows: times(1_001, decided) }, false],
    ["without an answer", { ...batch, rows: [{ ...decided, answer: "" }] }, false],
    ["with an answer of 301 letters", { ...batch, rows: [{ ...decided, answer: "a".repeat(301) }] }, false],
    ["that are neither", { ...batch, rows: [{ ...decided, granted: "yes" }] }, false],
  ])("%s: %#", (_, body, expected) => {
    expect(fits(decisionsInput, body)).toBe(expected);
  });
});

describe("an appeal", () => {
  it.each<[string, object, boolean]>([
    ["of a thousand letters", { pool: 1, text: "字".repeat(1000) }, true],
    ["of one more", { pool: 1, text: "字".repeat(1001) }, false],
    ["of none", { pool: 1, text: "" }, false],
    ["that is not in normal form", { pool: 1, text: "e\u0301" }, false],
    ["with half a letter", { pool: 1, text: "\ud800" }, false],
    ["for somebody else's place", { pool: 1, text: "x", shard: 0, index: 1 }, false],
  ])("%s: %#", (_, body, expected) => {
    expect(fits(appealInput, body)).toBe(expected);
  });
});
