// One whole draw over the shop's own functions: leaf hashes, shard roots, tables, their roots, scores, ranks, results and their root.
import { type Bytes, join, writeU32 } from "../../domain/bytes.ts";
import { ENTRY_BODY, entryBody, leafHashes } from "../../domain/draw/entry.ts";
import { drawPool, resultBody, resultRoot } from "../../domain/draw/rank.ts";
import { shardsRoot, tablesRoot } from "../../domain/draw/seal.ts";
import { ascending, type TableRow, tableBodies, tableRoot } from "../../domain/draw/table.ts";
import { sha256 } from "../../domain/hash.ts";
import { HASH, rootOf } from "../../domain/merkle.ts";

export type DrawInput = { entries: number; shards: Bytes[]; pools: { pool: number; stock: number; wait: number }[] };

const SHARDS = 4;
/** 4 products at 100 stores; about one entry in 62 wins, and twice as many wait. */
const POOLS = 400;
const MANIFEST = sha256(new Uint8Array(1));
const SEED = sha256(new Uint8Array(2));

/** Entries with one ticket each, as passes are issued today, spread evenly over the pools. */
export function drawInput(entries: number): DrawInput {
  const stock = Math.max(1, Math.round(entries / POOLS / 62));
  const eidOf = (at: number): Bytes => {
    const bytes = new Uint8Array(4);
    writeU32(bytes, 0, at);
    return sha256(bytes);
  };
  const perShard = Math.ceil(entries / SHARDS);
  const shards = Array.from({ length: SHARDS }, (_, shard) => {
    const count = Math.min(perShard, entries - shard * perShard);
    const bodies = new Uint8Array(count * ENTRY_BODY);
    for (let at = 0; at < count; at++) {
      const number = shard * perShard + at;
      bodies.set(
        entryBody({ tickets: 1, s: 1_800_000_000 + Math.floor(at / 100), eid: eidOf(number), pool: 1 + (number % POOLS) }),
        at * ENTRY_BODY,
      );
    }
    return bodies;
  });
  return { entries, shards, pools: Array.from({ length: POOLS }, (_, at) => ({ pool: at + 1, stock, wait: 2 * stock })) };
}

/** The root over all results, and on the way everything that seal and result contain. */
export function drawAll({ shards, pools }: DrawInput): Bytes {
  const tables = new Map<number, TableRow[]>(pools.map(({ pool }) => [pool, []]));
  const roots = shards.map((bodies, shard) => {
    const leaves = leafHashes(MANIFEST, shard, 0, bodies);
    for (let at = 0; at * HASH < leaves.length; at++) {
      const body = at * ENTRY_BODY;
      const pool = (bodies[body + 44] as number) * 256 + (bodies[body + 45] as number);
      tables.get(pool)?.push({ lh: leaves.subarray(at * HASH, (at + 1) * HASH), tickets: bodies[body] as number });
    }
    return { shard, n: leaves.length / HASH, root: rootOf(leaves) };
  });
  const sealed = pools.map(({ pool }) => {
    const rows = ascending(tables.get(pool) as TableRow[]);
    return { pool, n: rows.length, sumTickets: rows.length, root: tableRoot(tableBodies(rows, pool)) };
  });
  const seal = sha256(join(shardsRoot(roots), tablesRoot(sealed)));
  const results = pools.map((pool) => drawPool(pool, tables.get(pool.pool) as TableRow[], SEED));
  return sha256(join(seal, resultRoot(join(...results.map(resultBody)))));
}
