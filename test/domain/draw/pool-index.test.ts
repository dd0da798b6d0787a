// Which SKU a pool sells, packed for a shard, against the list that it was made of.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../../../domain/bytes.ts";
import { packPoolIndex, skuInIndex } from "../../../domain/draw/pool-index.ts";
import * as any from "../../support/arbitraries.ts";

const pool = (number: number, sku: string) => ({ pool: number, sku, store: "s", stock: 1, wait: 0 });

describe("the pool index", () => {
  it("is pool and SKU number, six bytes each, SKUs numbered as they first come", () => {
    expect(hex(packPoolIndex([pool(1, "b"), pool(2, "a"), pool(0x01020304, "b")]))).toBe("000000010000000000020001010203040000");
  });

  it("answers for every pool as the list does, and for no other", () => {
    const list = fc
      .uniqueArray(any.u32, { maxLength: 60 })
      .map((numbers) => numbers.sort((a, b) => a - b))
      .chain((numbers) => fc.tuple(...numbers.map((number) => fc.nat({ max: 5 }).map((sku) => pool(number, `sku-${sku}`)))));
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
});
