// What a ticket is worth: P(A before B) = wA / (wA + wB), on fixed seeds, so that a run says the same every time (draw1, section 2).
import { describe, expect, it } from "vitest";
import { type Bytes, compare, u32 } from "../../../domain/bytes.ts";
import { drawPool, scorer } from "../../../domain/draw/rank.ts";
import { H } from "../../reference/naive-merkle.ts";

const DRAWS = 4000;
const lh = (name: number): Bytes => H(u32(0xa0000000 + name)) as Bytes;
const seed = (draw: number): Bytes => H(u32(draw)) as Bytes;

/** Four standard deviations of a share p among n independent draws: a right program leaves it once in 16,000. */
const bound = (p: number, n: number) => 4 * Math.sqrt((p * (1 - p)) / n);

describe("tickets", () => {
  it.each([
    [1, 1],
    [1, 2],
    [1, 8],
    [3, 2],
    [8, 5],
    [8, 8],
  ])("%i against %i come first as often as their share says", (a, b) => {
    let first = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const score = scorer(seed(draw));
      if (compare(score(lh(1), a), score(lh(2), b)) < 0) first++;
    }
    const share = a / (a + b);
    expect(Math.abs(first / DRAWS - share)).toBeLessThan(bound(share, DRAWS));
  });

  it("without weight give each of ten the same chance of two units", () => {
    const rows = Array.from({ length: 10 }, (_, at) => ({ lh: lh(at), tickets: 1 }));
    const wins = new Map(rows.map((row) => [row.lh.join(), 0]));
    for (let draw = 0; draw < 3000; draw++) {
      for (const winner of drawPool({ pool: 7, stock: 2, wait: 0 }, rows, seed(draw)).winners) {
        wins.set(winner.lh.join(), (wins.get(winner.lh.join()) ?? 0) + 1);
      }
    }
    for (const won of wins.values()) expect(Math.abs(won / 3000 - 0.2)).toBeLessThan(bound(0.2, 3000));
  });

  it("decide the first unit by their share of all tickets", () => {
    const weights = [1, 2, 3, 4];
    const rows = weights.map((tickets, at) => ({ lh: lh(at), tickets }));
    const firsts = weights.map(() => 0);
    for (let draw = 0; draw < DRAWS; draw++) {
      const winner = drawPool({ pool: 7, stock: 1, wait: 0 }, rows, seed(draw)).winners[0];
      const at = rows.findIndex((row) => winner && compare(row.lh, winner.lh) === 0);
      firsts[at] = (firsts[at] as number) + 1;
    }
    weights.forEach((weight, at) => {
      expect(Math.abs((firsts[at] as number) / DRAWS - weight / 10)).toBeLessThan(bound(weight / 10, DRAWS));
    });
  });
});
