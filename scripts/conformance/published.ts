// The reference session's published files, made from what it lists.
import { type Bytes, join, unhex } from "../../domain/bytes.ts";
import { beaconObject, seedOf } from "../../domain/draw/beacon.ts";
import { entryBody, leafHashes } from "../../domain/draw/entry.ts";
import { type Manifest, manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { type Pool, poolsBundle } from "../../domain/draw/pools.ts";
import { drawPool, resultBundle } from "../../domain/draw/rank.ts";
import { exclusionsBundle, sealHash, shardBundle } from "../../domain/draw/seal.ts";
import { ascending, tableBodies, tableBundle } from "../../domain/draw/table.ts";
import { HASH } from "../../domain/merkle.ts";

export type Listed = {
  manifest: Manifest;
  pools: [pool: number, sku: string, store: string, stock: number, wait: number][];
  entries: [shard: number, index: number, tickets: number, s: number, eid: string, pools: [number]][];
  exclusions: [shard: number, index: number, reason: number][];
  seal: object;
  beacon: { round: number; signature: string };
  result: object;
};

export function publishedFiles(data: Listed): Map<string, Bytes> {
  const { manifest, beacon } = data;
  const M = manifestHash(objectBytes(manifest));
  const pools: Pool[] = data.pools.map(([pool, sku, store, stock, wait]) => ({ pool, sku, store, stock, wait }));
  const exclusions = data.exclusions.map(([shard, index, reason]) => ({ shard, index, reason }));
  const signature = unhex(beacon.signature);
  const seed = seedOf(manifest.beacon.chain, beacon.round, signature, sealHash(objectBytes(data.seal)));
  const files = new Map<string, Bytes>([
    ["manifest.json", objectBytes(manifest)],
    ["pools", poolsBundle(M, pools)],
    ["exclusions", exclusionsBundle(M, exclusions)],
    ["seal.json", objectBytes(data.seal)],
    ["beacon.json", objectBytes(beaconObject(manifest.beacon.chain, beacon.round, signature))],
    ["result.json", objectBytes(data.result)],
  ]);
  const excluded = new Set(exclusions.map(({ shard, index }) => `${shard}/${index}`));
  const rows = new Map(pools.map(({ pool }) => [pool, [] as { lh: Bytes; tickets: number }[]]));
  for (let shard = 0; shard < manifest.shards; shard++) {
    const mine = data.entries.filter((entry) => entry[0] === shard);
    const bodies = join(...mine.map(([, , tickets, s, eid, [pool]]) => entryBody({ tickets, s, eid: unhex(eid), pool })));
    files.set(`shards/${shard}`, shardBundle(M, shard, [bodies]));
    const leaves = leafHashes(M, shard, 0, bodies);
    for (const [, index, tickets, , , [pool]] of mine) {
      const lh = leaves.slice(index * HASH, (index + 1) * HASH);
      if (!excluded.has(`${shard}/${index}`)) rows.get(pool)?.push({ lh, tickets });
    }
  }
  for (const pool of pools) {
    const table = ascending(rows.get(pool.pool) ?? []);
    files.set(`tables/${pool.pool}`, tableBundle(M, pool.pool, tableBodies(table, pool.pool)));
    files.set(`results/${pool.pool}`, resultBundle(M, drawPool(pool, table, seed)));
  }
  return files;
}

/** Reads from the files as the domain's functions ask for them. */
export const reader =
  (files: Map<string, Bytes>) =>
  (name: string): Bytes => {
    const bytes = files.get(name);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
