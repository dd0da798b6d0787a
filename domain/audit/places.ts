// All entries of a session in flat arrays, so that a million of them fit in memory and none is an object: entry k over all shards in order.
import type { Bytes } from "../bytes.ts";
import { HASH } from "../merkle.ts";
import { compareHashes, sorterBy } from "../packed.ts";

export type Places = {
  /** Leaf hashes and public ids, packed. */
  leaves: Bytes;
  eids: Bytes;
  tickets: Uint8Array;
  /** Unix seconds. */
  seconds: Float64Array;
  /** Position of the entry's pool among all pools. */
  pools: Uint32Array;
  excluded: Uint8Array;
  /** Number of each shard's first entry, and the number of all entries at the end. */
  firsts: number[];
};

export const placeCount = ({ tickets }: Places): number => tickets.length;

/** Two numbers whose hashes are the same, or undefined. */
export function twice(packed: Uint8Array): [number, number] | undefined {
  const order = sorterBy(packed)(Uint32Array.from({ length: packed.length / HASH }, (_, at) => at));
  for (let at = 1; at < order.length; at++) {
    const [a, b] = [order[at - 1] as number, order[at] as number];
    if (compareHashes(packed, a * HASH, packed, b * HASH) === 0) return [a, b];
  }
  return undefined;
}

/** The entries that count, grouped by pool: those of pool p are numbers[starts[p] .. starts[p + 1]). */
export function byPool(places: Places, poolCount: number): { numbers: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(poolCount + 1);
  const count = placeCount(places);
  const counts = (at: number) => places.excluded[at] === 0;
  for (let at = 0; at < count; at++) if (counts(at)) (starts[(places.pools[at] as number) + 1] as number) += 1;
  for (let pool = 0; pool < poolCount; pool++) (starts[pool + 1] as number) += starts[pool] as number;
  const next = starts.slice();
  const numbers = new Uint32Array(starts[poolCount] as number);
  for (let at = 0; at < count; at++) if (counts(at)) numbers[(next[places.pools[at] as number] as number)++] = at;
  return { numbers, starts };
}
