// Which SKU a pool sells, packed for a shard, against the list that it was made of.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, unhex } from "../../../domain/bytes.ts";
import { packPoolIndex, skuInIndex } from "../../../domain/draw/pool-index.ts";
import * as any from "../../support/arbitraries.ts";

const pool = (number: number, sku: string) => ({ pool: number, sku, store: "s", stock: 1, wait: 0 });

describe("the pool index", () => {
  it("is the last pool, then the first pool and SKU number of each run, SKUs numbered as they first come", () => {
    expect(hex(packPoolIndex([pool(1, "a"), pool(2, "a"), pool(3, "b")]))).toBe("00000003000000010000000000030001");
  });

  it("answers for every pool as the list does, and for no other", () => {
    const list = fc
      .tuple(fc.nat(1000), fc.array(fc.nat(5), { maxLength: 60 }))
      .map(([before, skus]) => skus.map((sku, at) => pool(before + at + 1, `sku-${sku}`)));
    fc.assert(
      fc.property(list, fc.array(any.u32, { maxLength: 20 }), (pools, others) => {
        const packed = packPoolIndex(pools);
        const skus = [...new Set(pools.map(({ sku }) => sku))];
        for (const { pool: number, sku } of pools) expect(skus[skuInIndex(packed, number) ?? -1]).toBe(sku);
        const known = new Set(pools.map(({ pool: number }) => number));
        for (const number of [...others, ...pools.map(({ pool: number }) => number + 1), 0]) {
          if (!known.has(number)) expect(skuInIndex(packed, number)).toBeUndefined();
        }
      }),
    );
  });

  it("holds more than 256 SKUs", () => {
    const packed = packPoolIndex(Array.from({ length: 300 }, (_, at) => pool(at + 1, `sku-${at}`)));
    expect([1, 256, 257, 300].map((number) => skuInIndex(packed, number))).toEqual([0, 255, 256, 299]);
  });

  it("is some hundred bytes for 48 products in 2,200 stores", () => {
    const pools = Array.from({ length: 105_600 }, (_, at) => pool(at + 1, `sku-${Math.floor(at / 2200)}`));
    expect(packPoolIndex(pools).length).toBe(4 + 6 * 48);
  });

  // Shards that were prepared before there were runs keep (u32 pool, u16 SKU number) of each pool.
  it.each([
    [1, 0],
    [2, 1],
    [0x01020304, 0],
    [3, undefined],
    [0, undefined],
    [0xffffffff, undefined],
  ])("reads the list of an older shard: pool %i has SKU number %s", (number, sku) => {
    expect(skuInIndex(unhex("000000010000000000020001010203040000"), number)).toBe(sku);
  });
});
