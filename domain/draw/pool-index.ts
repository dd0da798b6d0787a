// Which SKU a pool sells, as a shard keeps it: pools are numbered in order of SKU, so a SKU is a run of numbers. 105,600 pools of 48 products are
// 292 bytes, in each of up to 512 shards.
import { type Bytes, readU32, writeU32 } from "../bytes.ts";
import type { Pool } from "./pools.ts";

const STEP = 6;
/** What comes before the runs: the last pool's number. By its length a list of runs differs from a list of pools. */
const HEAD = 4;

/** The SKUs by their numbers. */
export const skusOf = (pools: Pool[]): string[] => [...new Set(pools.map(({ sku }) => sku))];

/** u32 last pool, then (u32 first pool, u16 SKU number) of each run, ascending. Pools ascend, and their numbers have no gaps. */
export function packPoolIndex(pools: Pool[]): Bytes {
  const skus = skusOf(pools);
  const firsts = pools.filter(({ sku }, at) => sku !== pools[at - 1]?.sku);
  const packed = new Uint8Array(HEAD + firsts.length * STEP);
  writeU32(packed, 0, pools.at(-1)?.pool ?? 0);
  firsts.forEach(({ pool, sku }, run) => {
    const number = skus.indexOf(sku);
    const at = HEAD + run * STEP;
    writeU32(packed, at, pool);
    packed[at + 4] = number >>> 8;
    packed[at + 5] = number;
  });
  return packed;
}

/**
 * The number of the pool's SKU, or undefined for a pool that is not there. Shards that were prepared before there were runs hold a
 * (u32 pool, u16 SKU number) of each pool: a run of one.
 */
export function skuInIndex(packed: Uint8Array, pool: number): number | undefined {
  const hasRuns = packed.length % STEP === HEAD;
  const head = hasRuns ? HEAD : 0;
  if (hasRuns && pool > readU32(packed, 0)) return undefined;
  let low = 0;
  let high = (packed.length - head) / STEP;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (readU32(packed, head + middle * STEP) <= pool) low = middle + 1;
    else high = middle;
  }
  const at = head + (low - 1) * STEP;
  if (low === 0 || (!hasRuns && readU32(packed, at) !== pool)) return undefined;
  return (packed[at + 4] as number) * 256 + (packed[at + 5] as number);
}
