// The draw of one pool: winners, waitlist and cut-off follow from table and seed alone (draw1, section 2).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, compare, hex, join, u8, u32, utf8 } from "../../../domain/bytes.ts";
import { drawPool, type Ranked, RESULT_BODY, resultBody, resultHash, resultRoot, scorer } from "../../../domain/draw/rank.ts";
import { naiveDraw, naiveScore } from "../../reference/naive-draw.ts";
import { H, treeHash } from "../../reference/naive-merkle.ts";
import * as any from "../../support/arbitraries.ts";

const SEED = new Uint8Array(32).fill(0x5e);
const table = (count: number, tickets = 1) => Array.from({ length: count }, (_, at) => ({ lh: H(u32(at)) as Bytes, tickets }));

const anyTable = any
  .ascendingHashes(0, 25)
  .chain((hashes) => fc.tuple(...hashes.map((lh) => fc.integer({ min: 1, max: 8 }).map((tickets) => ({ lh, tickets })))));

describe("a draw", () => {
  it("gives what sorting strings gives, for any table, stock, waitlist and seed", () => {
    const small = fc.nat({ max: 30 });
    fc.assert(
      fc.property(anyTable, small, small, any.hash32, (rows, stock, wait, seed) => {
        const drawn = drawPool({ pool: 7, stock, wait }, rows, seed);
        const naive = naiveDraw(
          rows.map(({ lh, tickets }) => ({ lh: hex(lh), tickets })),
          stock,
          wait,
          hex(seed),
        );
        expect(drawn.winners.map(({ lh }) => hex(lh))).toEqual(naive.winners);
        expect(drawn.waits.map(({ lh }) => hex(lh))).toEqual(naive.waits);
        expect(hex(drawn.cutoff)).toBe(naive.cutoff);
      }),
    );
  });

  it("has min(stock, n) winners, then min(wait, n - winners) on the waitlist", () => {
    const small = fc.nat({ max: 30 });
    fc.assert(
      fc.property(anyTable, small, small, (rows, stock, wait) => {
        const drawn = drawPool({ pool: 7, stock, wait }, rows, SEED);
        expect(drawn.winners.length).toBe(Math.min(stock, rows.length));
        expect(drawn.waits.length).toBe(Math.min(wait, rows.length - drawn.winners.length));
        expect(drawn.n).toBe(rows.length);
      }),
    );
  });

  it("lets exactly those win whose score is at or below the cut-off", () => {
    fc.assert(
      fc.property(anyTable, fc.nat({ max: 30 }), (rows, stock) => {
        const drawn = drawPool({ pool: 7, stock, wait: 3 }, rows, SEED);
        const score = scorer(SEED);
        const below = rows.filter(({ lh, tickets }) => compare(score(lh, tickets), drawn.cutoff) <= 0).map(({ lh }) => hex(lh));
        expect(below.sort()).toEqual(drawn.winners.map(({ lh }) => hex(lh)).sort());
      }),
    );
  });

  it("does not depend on the order in which rows come", () => {
    fc.assert(
      fc.property(anyTable, fc.nat({ max: 30 }), (rows, stock) => {
        const pool = { pool: 7, stock, wait: 5 };
        expect(drawPool(pool, [...rows].reverse(), SEED)).toEqual(drawPool(pool, rows, SEED));
      }),
    );
  });

  it("leaves the table that it was given as it was", () => {
    const rows = table(9);
    drawPool({ pool: 7, stock: 3, wait: 3 }, rows, SEED);
    expect(rows).toEqual(table(9));
  });

  it.each([
    ["no stock", 0, 5, "zeros"],
    ["no stock and nobody", 0, 0, "zeros"],
    ["nobody", 3, 0, "ones"],
    ["fewer entries than units", 3, 2, "ones"],
    ["as many entries as units", 3, 3, "ones"],
    ["one entry more than units", 3, 4, "last winner"],
    ["one unit among many", 1, 9, "last winner"],
  ])("with %s has the cut-off that the specification names", (_, stock, n, kind) => {
    const drawn = drawPool({ pool: 7, stock, wait: 9 }, table(n), SEED);
    const last = hex(drawn.winners.at(-1)?.score ?? new Uint8Array());
    const expected = { zeros: "00".repeat(32), ones: "ff".repeat(32), "last winner": last }[kind];
    expect(hex(drawn.cutoff)).toBe(expected);
  });
});

describe("a score", () => {
  it("is the lowest of one hash per ticket", () => {
    fc.assert(
      fc.property(any.hash32, any.hash32, fc.integer({ min: 1, max: 8 }), (seed, lh, tickets) => {
        const all = Array.from({ length: tickets }, (_, j) => hex(H(utf8("draw1/score\n"), seed, lh, u8(j))));
        expect(hex(scorer(seed)(lh, tickets))).toBe(all.sort()[0]);
        expect(naiveScore(hex(seed), { lh: hex(lh), tickets })).toBe(all[0]);
      }),
    );
  });

  it("is never made worse by one more ticket", () => {
    fc.assert(
      fc.property(any.hash32, fc.integer({ min: 1, max: 7 }), (lh, tickets) => {
        const score = scorer(SEED);
        expect(compare(score(lh, tickets + 1), score(lh, tickets))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("does not depend on what was scored before", () => {
    const score = scorer(SEED);
    const [first, second] = [H(u32(0)), H(u32(1))];
    const alone = hex(score(first, 1));
    score(second, 8);
    expect(hex(score(first, 1))).toBe(alone);
  });
});

describe("what a result commits to", () => {
  const drawn = drawPool({ pool: 7, stock: 2, wait: 2 }, table(5), SEED);
  const rankRow = (name: string, rank: number, { lh, score }: Ranked) => join(utf8(`draw1/${name}\n`), u32(rank), lh, score);

  it("is every winner with rank from 0, and every waiting one with the rank going on", () => {
    expect(hex(drawn.winRoot)).toBe(hex(treeHash(drawn.winners.map((ranked, at) => rankRow("win", at, ranked)))));
    expect(hex(drawn.waitRoot)).toBe(hex(treeHash(drawn.waits.map((ranked, at) => rankRow("wait", 2 + at, ranked)))));
  });

  it("is pool, stock, n, winners, waits, cut-off and two roots, in 116 bytes", () => {
    const body = resultBody(drawn);
    expect(body.length).toBe(RESULT_BODY);
    expect(hex(body)).toBe(
      `0000000700000002000000050000000200000002${hex(drawn.cutoff)}${hex(drawn.winRoot)}${hex(drawn.waitRoot)}`,
    );
  });

  it("is one tagged row per pool under the result's root", () => {
    const other = drawPool({ pool: 9, stock: 0, wait: 0 }, [], SEED);
    const rows = [drawn, other].map((result) => join(utf8("draw1/result\n"), resultBody(result)));
    expect(hex(resultRoot(join(resultBody(drawn), resultBody(other))))).toBe(hex(treeHash(rows)));
  });

  it("is hashed under a tag of its own", () => {
    expect(hex(resultHash(utf8("{}")))).toBe(hex(H(utf8("draw1/result-object\n{}"))));
  });
});
