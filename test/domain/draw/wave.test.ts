// Waves: the rows that a wave commits to, and their order (draw1, section 8).
import { describe, expect, it } from "vitest";
import { hex, join, unhex, utf8 } from "../../../domain/bytes.ts";
import { awardsRoot, byPoolAndRank, LAPSE_CAUSE, lapsesRoot } from "../../../domain/draw/wave.ts";
import { EMPTY_ROOT } from "../../../domain/merkle.ts";
import { treeHash } from "../../reference/naive-merkle.ts";

const LH = new Uint8Array(32).fill(0x1f);
const row = (name: string, body: string) => join(utf8(`draw1/${name}\n`), unhex(body));

describe("a wave", () => {
  it("commits to pool, rank and leaf hash of every award", () => {
    const awards = [
      { pool: 7, rank: 0, lh: LH },
      { pool: 7, rank: 258, lh: LH },
    ];
    const expected = [row("award", `0000000700000000${hex(LH)}`), row("award", `0000000700000102${hex(LH)}`)];
    expect(hex(awardsRoot(awards))).toBe(hex(treeHash(expected)));
  });

  it("commits to pool, rank and cause of every lapse", () => {
    expect(hex(lapsesRoot([{ pool: 7, rank: 1, cause: 2 }]))).toBe(hex(treeHash([row("lapse", "000000070000000102")])));
  });

  it("without awards or lapses commits to the empty tree", () => {
    expect(hex(awardsRoot([]))).toBe(hex(EMPTY_ROOT));
    expect(hex(lapsesRoot([]))).toBe(hex(EMPTY_ROOT));
  });

  it("lists rows by pool, then by rank, as numbers", () => {
    const rows = [
      { pool: 10, rank: 0 },
      { pool: 9, rank: 10 },
      { pool: 9, rank: 2 },
    ];
    expect(rows.sort(byPoolAndRank).map(({ pool, rank }) => `${pool}/${rank}`)).toEqual(["9/2", "9/10", "10/0"]);
  });

  it("knows the four causes of the specification", () => {
    expect(LAPSE_CAUSE).toEqual({ unpaid: 1, givenBack: 2, notCollected: 3, failedAtHandOver: 4 });
  });
});
