// The draw of one pool with nothing but hexadecimal strings: score everybody, sort the strings, cut the list.
import { createHash } from "node:crypto";

export type NaiveRow = { lh: string; tickets: number };

const hashOfHex = (text: string): string => createHash("sha256").update(Buffer.from(text, "hex")).digest("hex");

/** "draw1/score" and a line feed. */
const SCORE_TAG = Buffer.from("draw1/score\n").toString("hex");

/** The lowest of the hashes that the tickets buy. */
export function naiveScore(seed: string, { lh, tickets }: NaiveRow): string {
  const scores = Array.from({ length: tickets }, (_, j) => hashOfHex(SCORE_TAG + seed + lh + j.toString(16).padStart(2, "0")));
  return scores.sort()[0] as string;
}

export function naiveDraw(rows: NaiveRow[], stock: number, wait: number, seed: string) {
  const order = rows
    .map((row) => `${naiveScore(seed, row)} ${row.lh}`)
    .sort()
    .map((line) => line.split(" ") as [score: string, lh: string]);
  const winners = order.slice(0, stock);
  const lastScore = winners.at(-1)?.[0] ?? "";
  const cutoff = stock === 0 ? "0".repeat(64) : rows.length <= stock ? "f".repeat(64) : lastScore;
  return {
    winners: winners.map(([, lh]) => lh),
    waits: order.slice(stock, stock + wait).map(([, lh]) => lh),
    cutoff,
  };
}
