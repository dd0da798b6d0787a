// Steps of level 1 from the sealed tree to the own result: exclusion or table row, stock, beacon, seed, score. draw1, section 11.
import { compare, hex, Reader, same, unhex } from "../bytes.ts";
import { seedOf, verifiedSignature } from "../draw/beacon.ts";
import { poolRow } from "../draw/pools.ts";
import { rankRow, resultRow, scorer } from "../draw/rank.ts";
import { EXCLUSION_REASONS } from "../draw/reasons.ts";
import { exclusionRow, tableRootRow } from "../draw/seal.ts";
import { tableBody, tableLeaves } from "../draw/table.ts";
import { HASH, included, leafHash, rootThrough } from "../merkle.ts";
import type { Drawn } from "./proof.ts";
import { Fault, need } from "./reasons.ts";
import { type Did, drawnOf, exclusionOf, type ResultRow, type Work } from "./work.ts";

/** The entry was excluded before the draw, with a reason of the published table. */
export function exclusion(work: Work): Did {
  const excluded = exclusionOf(work.proof);
  if (!excluded) return "none";
  const { shard, index } = work.proof.own;
  need(excluded.reason in EXCLUSION_REASONS, "unknown-exclusion");
  const leaf = leafHash(exclusionRow({ shard, index, reason: excluded.reason }));
  const { excluded: size, exclusionRoot } = work.seal;
  need(included(leaf, excluded.position, size, excluded.path, unhex(exclusionRoot)), "not-excluded");
  Object.assign(work.facts, { standing: "excluded", reason: excluded.reason });
}

/** The own row stands in the sealed table of the own pool. */
export function table(work: Work): Did {
  const drawn = drawnOf(work.proof);
  if (!drawn) return "none";
  const { own } = work.proof;
  const { position, n, sumTickets, path } = drawn.table;
  const mine = tableLeaves(tableBody({ lh: work.lh, tickets: own.tickets }, own.pool));
  const root = rootThrough(mine, position, n, path);
  if (!root) throw new Fault("not-in-table");
  work.facts.table = { n, sumTickets, root: hex(root) };
  const sealed = leafHash(tableRootRow({ pool: own.pool, n, sumTickets, root }));
  const { pools, tablesRoot } = work.seal;
  need(included(sealed, drawn.tables.position, pools, drawn.tables.path, unhex(tablesRoot)), "table-not-sealed");
}

/** Stock and waitlist are the announced ones, and the published result of the pool goes with them. */
export function stock(work: Work): Did {
  const drawn = drawnOf(work.proof);
  if (!drawn) return "none";
  const { own } = work.proof;
  const { pool } = drawn;
  need(pool.pool === own.pool, "other-pool");
  const { manifest, result } = work;
  const announced = leafHash(poolRow(pool));
  need(included(announced, drawn.tables.position, manifest.pools, drawn.pools, unhex(manifest.poolsRoot)), "pool-not-announced");
  work.row = consistentRow(drawn);
  const published = leafHash(resultRow(drawn.result));
  need(included(published, drawn.tables.position, result.pools, drawn.results, unhex(result.resultRoot)), "result-row");
  const { winners, waits, cutoff, winRoot, waitRoot } = work.row;
  const inHex = { cutoff: hex(cutoff), winRoot: hex(winRoot), waitRoot: hex(waitRoot) };
  Object.assign(work.facts, { pool, winners, waits, ...inHex });
}

const LOWEST = new Uint8Array(HASH);
const HIGHEST = new Uint8Array(HASH).fill(0xff);

function consistentRow({ pool, table: { n }, result }: Drawn): ResultRow {
  const reader = new Reader(result);
  const published: ResultRow = {
    pool: reader.u32(),
    stock: reader.u32(),
    n: reader.u32(),
    winners: reader.u32(),
    waits: reader.u32(),
    cutoff: reader.take(HASH),
    winRoot: reader.take(HASH),
    waitRoot: reader.take(HASH),
  };
  need(published.pool === pool.pool, "other-pool");
  need(published.stock === pool.stock, "stock-changed");
  need(published.n === n, "count-changed");
  need(published.winners === Math.min(pool.stock, n), "winners-count");
  need(published.waits === Math.min(pool.wait, n - published.winners), "waits-count");
  if (pool.stock === 0) need(same(published.cutoff, LOWEST), "cutoff-rule");
  else if (n <= pool.stock) need(same(published.cutoff, HIGHEST), "cutoff-rule");
  return published;
}

/** The random number is the announced round's, signed by the beacon, in its one spelling. */
export function beacon(work: Work): Did {
  const { result, chain, manifest } = work;
  need(result.round === manifest.beacon.round, "round-changed");
  need(verifiedSignature(chain, result.round, result.signature) !== undefined, "beacon-signature");
  return chain.local ? "local-beacon" : undefined;
}

/** The draw's number follows from beacon and seal. */
export function seed(work: Work): undefined {
  const { result, manifest } = work;
  work.seed = seedOf(manifest.beacon.chain, result.round, unhex(result.signature), work.sealHash);
  work.facts.seed = hex(work.seed);
  need(result.seed === work.facts.seed, "seed-changed");
}

/** I win if and only if my score is at or below the cut-off, and then I am in the list of winners. */
export function score(work: Work): Did {
  const drawn = drawnOf(work.proof);
  if (!drawn) return "none";
  const { row: published, facts } = work;
  const own = scorer(work.seed)(work.lh, work.proof.own.tickets);
  facts.score = hex(own);
  if (compare(own, published.cutoff) > 0) return beaten(work, drawn, own);
  const { win } = drawn;
  if (!win) throw new Fault("winner-left-out");
  const leaf = leafHash(rankRow("win", win.rank, work.lh, own));
  need(included(leaf, win.rank, published.winners, win.path, published.winRoot), "win-row");
  const isLast = win.rank === published.winners - 1;
  // Where not everybody wins, the cut-off is the score of the last winner and of nobody else.
  need(published.n <= published.stock || isLast === same(own, published.cutoff), "cutoff-not-last");
  Object.assign(facts, { standing: "won", rank: win.rank });
}

function beaten({ row: published, facts, lh }: Work, { win, wait }: Drawn, own: Uint8Array): undefined {
  need(!win, "winner-put-in");
  if (!wait) {
    need(published.winners + published.waits < published.n, "wait-left-out");
    facts.standing = "lost";
    return;
  }
  const leaf = leafHash(rankRow("wait", wait.rank, lh, own));
  const at = wait.rank - published.winners;
  need(included(leaf, at, published.waits, wait.path, published.waitRoot), "wait-row");
  Object.assign(facts, { standing: "wait", rank: wait.rank });
}
