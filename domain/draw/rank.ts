// The draw: scores from the seed, ranks, winners, waitlist and cut-off. draw1, sections 2, 3 and 10. Anyone can run it again.
import { type Bytes, compare, join, u32 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { HASH, rootOfRows } from "../merkle.ts";
import { sorterBy } from "../packed.ts";
import type { TableRow } from "./table.ts";
import { openBundle, row, tag } from "./tags.ts";

export type Ranked = { lh: Bytes; score: Bytes };

export type PoolResult = {
  pool: number;
  stock: number;
  n: number;
  winners: Ranked[];
  waits: Ranked[];
  cutoff: Bytes;
  winRoot: Bytes;
  waitRoot: Bytes;
};

const SCORE_TAG = tag("score");

/** Makes score = min over j < tickets of H(T("score") || seed || lh || u8 j) for one seed. */
export function scorer(seed: Uint8Array): (lh: Uint8Array, tickets: number) => Bytes {
  const bytes = new Uint8Array(SCORE_TAG.length + 2 * HASH + 1);
  bytes.set(SCORE_TAG);
  bytes.set(seed, SCORE_TAG.length);
  const lhAt = SCORE_TAG.length + HASH;
  const ticketAt = lhAt + HASH;
  return (lh, tickets) => {
    bytes.set(lh, lhAt);
    bytes[ticketAt] = 0;
    let best = sha256(bytes);
    for (let ticket = 1; ticket < tickets; ticket++) {
      bytes[ticketAt] = ticket;
      const score = sha256(bytes);
      if (compare(score, best) < 0) best = score;
    }
    return best;
  };
}

/** One rank of a pool; ranks go on from the winners to the waitlist. */
export const rankRow = (name: "win" | "wait", rank: number, lh: Uint8Array, score: Uint8Array): Bytes =>
  row(name, u32(rank), lh, score);

const rankRoot = (name: "win" | "wait", rows: Ranked[], firstRank: number): Bytes =>
  rootOfRows(rows.map(({ lh, score }, at) => rankRow(name, firstRank + at, lh, score)));

/** What a pool has to give; `wait` is the waitlist's length as announced. */
type Lot = { pool: number; stock: number; wait: number };

/** Draws one pool. The table ascends by lh, so that the order of its rows decides between equal scores: ascending (score, lh). */
export function drawPool(lot: Lot, table: TableRow[], seed: Uint8Array): PoolResult {
  const score = scorer(seed);
  const scores = new Uint8Array(table.length * HASH);
  table.forEach(({ lh, tickets }, at) => {
    scores.set(score(lh, tickets), at * HASH);
  });
  const order = sorterBy(scores)(Uint32Array.from(table, (_, at) => at));
  return resultOf(lot, table.length, (rank) => {
    const at = order[rank] as number;
    return { lh: (table[at] as TableRow).lh, score: scores.slice(at * HASH, (at + 1) * HASH) };
  });
}

/** How many of `n` entries win, and how many ranks the result lists. */
export function countsOf({ stock, wait }: Lot, n: number): { winners: number; listed: number } {
  const winners = Math.min(stock, n);
  return { winners, listed: winners + Math.min(wait, n - winners) };
}

/** The result of `n` entries in rank order. */
export function resultOf(lot: Lot, n: number, at: (rank: number) => Ranked): PoolResult {
  const { pool, stock } = lot;
  const counts = countsOf(lot, n);
  const winners = Array.from({ length: counts.winners }, (_, rank) => at(rank));
  const waits = Array.from({ length: counts.listed - counts.winners }, (_, rank) => at(counts.winners + rank));
  return {
    pool,
    stock,
    n,
    winners,
    waits,
    cutoff: cutoffOf(stock, n, winners),
    winRoot: rankRoot("win", winners, 0),
    waitRoot: rankRoot("wait", waits, winners.length),
  };
}

/** 00..00 without stock; ff..ff when there is a unit for everyone; else the score of the last winner. I win iff score <= cut-off. */
function cutoffOf(stock: number, n: number, winners: Ranked[]): Bytes {
  if (stock === 0) return new Uint8Array(HASH);
  if (n <= stock) return new Uint8Array(HASH).fill(0xff);
  return (winners[winners.length - 1] as Ranked).score;
}

/** u32 pool, stock, n, winners, waits, then cut-off and the two roots. */
export const RESULT_BODY = 116;

export const resultBody = (result: PoolResult): Bytes =>
  join(
    u32(result.pool),
    u32(result.stock),
    u32(result.n),
    u32(result.winners.length),
    u32(result.waits.length),
    result.cutoff,
    result.winRoot,
    result.waitRoot,
  );

export const resultRow = (body: Uint8Array): Bytes => row("result", body);

/** The rows of packed result bodies. */
export function resultRows(bodies: Uint8Array): Bytes[] {
  const rows: Bytes[] = [];
  for (let at = 0; at < bodies.length; at += RESULT_BODY) rows.push(resultRow(bodies.subarray(at, at + RESULT_BODY)));
  return rows;
}

/** Over the packed result bodies of all pools, ascending. */
export const resultRoot = (bodies: Uint8Array): Bytes => rootOfRows(resultRows(bodies));

/** The published file `results/{pool}`. */
export const resultBundle = (manifest: Uint8Array, result: PoolResult): Bytes =>
  join(
    tag("bundle-result"),
    manifest,
    resultBody(result),
    ...[...result.winners, ...result.waits].flatMap(({ lh, score }) => [lh, score]),
  );

/** Reads a result file; throws Malformed unless it is whole and for this pool. */
export function readResultBundle(bytes: Uint8Array, manifest: Uint8Array, pool: number): PoolResult {
  const reader = openBundle(bytes, "bundle-result", manifest, u32(pool));
  const [stock, n, winners, waits] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
  const [cutoff, winRoot, waitRoot] = [reader.take(HASH), reader.take(HASH), reader.take(HASH)];
  const ranked = (count: number) => Array.from({ length: count }, () => ({ lh: reader.take(HASH), score: reader.take(HASH) }));
  const result = { pool, stock, n, winners: ranked(winners), waits: ranked(waits), cutoff, winRoot, waitRoot };
  reader.end();
  return result;
}

export type Result = {
  v: 1;
  type: "result";
  session: string;
  manifest: string;
  seal: string;
  round: number;
  signature: string;
  seed: string;
  pools: number;
  winners: number;
  waits: number;
  resultRoot: string;
};

/** resultHash = H(T("result-object") || JCS(result)). */
export const resultHash = (bytes: Uint8Array): Bytes => sha256(join(tag("result-object"), bytes));
