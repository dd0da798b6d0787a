// A slow and obvious draw: hex strings, Node's own hash, and a sort. draw1, section 2, without any of the shop's code.
import { createHash } from "node:crypto";

const sha256 = (hexText: string): string => createHash("sha256").update(Buffer.from(hexText, "hex")).digest("hex");
const ascii = (text: string): string => Buffer.from(text, "ascii").toString("hex");

export type NaiveRow = { lh: string; tickets: number };
export type NaiveResult = { winners: string[]; waits: string[]; scores: string[]; cutoff: string };

/** score = min over j < tickets of H(T("score") || seed || lh || u8 j), as hex. */
export function naiveScore(seed: string, { lh, tickets }: NaiveRow): string {
  const all = Array.from({ length: tickets }, (_, j) => sha256(`${ascii("draw1/score\n")}${seed}${lh}0${j}`));
  return all.sort()[0] as string;
}

/** Sorts everyone by score, gives the first `stock` a unit and the next `wait` a place on the waitlist. */
export function naiveDraw(stock: number, wait: number, rows: NaiveRow[], seed: string): NaiveResult {
  const order = rows
    .map((row) => `${naiveScore(seed, row)} ${row.lh}`)
    .sort()
    .map((line) => line.split(" ") as [string, string]);
  const winners = order.slice(0, stock);
  const waits = order.slice(stock, stock + wait);
  const lastScore = winners.at(-1)?.[0];
  return {
    winners: winners.map(([, lh]) => lh),
    waits: waits.map(([, lh]) => lh),
    scores: [...winners, ...waits].map(([score]) => score),
    cutoff: stock === 0 ? "00".repeat(32) : order.length <= stock ? "ff".repeat(32) : (lastScore as string),
  };
}
