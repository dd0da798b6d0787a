// The published pools as a server keeps them, against the list that they were made of.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Malformed } from "../../../domain/bytes.ts";
import { numbered } from "../../../domain/draw/plan.ts";
import { PoolList } from "../../../domain/draw/pool-list.ts";
import { poolsBundle } from "../../../domain/draw/pools.ts";

const M = new Uint8Array(32).fill(7);
const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const allotment = fc
  .uniqueArray(fc.tuple(fc.constantFrom("ale", "plush", "wine", "茅台"), name), { selector: String, maxLength: 40 })
  .chain((places) =>
    fc.tuple(
      ...places.map(([sku, store]) =>
        fc.record({ sku: fc.constant(sku), store: fc.constant(store), stock: fc.nat(1000), wait: fc.nat(9) }),
      ),
    ),
  );

describe("the list of pools", () => {
  it("answers as the list does: by number, by SKU, and in all", () => {
    fc.assert(
      fc.property(allotment, (given) => {
        const pools = numbered(given);
        const list = new PoolList(poolsBundle(M, pools), M);
        expect(list.size).toBe(pools.length);
        expect([...list]).toEqual(pools);
        pools.forEach((pool, at) => {
          expect(list.get(pool.pool)).toEqual({ ...pool, at });
        });
        for (const none of [0, pools.length + 1, 0xffff_ffff]) expect(list.get(none)).toBeUndefined();
        const skus = [...new Set(pools.map(({ sku }) => sku))];
        for (const sku of skus) expect(list.of(sku)).toEqual(pools.filter((pool) => pool.sku === sku));
        expect(list.of("nothing")).toEqual([]);
        expect(list.offers).toEqual(
          skus.map((sku) => {
            const own = pools.filter((pool) => pool.sku === sku);
            return { sku, first: own[0]?.pool, pools: own.length, units: own.reduce((sum, { stock }) => sum + stock, 0) };
          }),
        );
      }),
    );
  });

  it("keeps 105,600 pools in little more than their file", () => {
    const pools = numbered(
      Array.from({ length: 105_600 }, (_, at) => ({
        sku: `sku-${at % 48}`,
        store: `store-${Math.floor(at / 48)}`,
        stock: 1,
        wait: 2,
      })),
    );
    const bundle = poolsBundle(M, pools);
    const list = new PoolList(bundle, M);
    expect(list.bytes).toBe(bundle.length + 4 * 105_600);
    expect([list.size, list.offers.length, list.get(105_600)?.at]).toEqual([105_600, 48, 105_599]);
  });

  it("refuses another manifest's file, and one that is cut or longer", () => {
    const bundle = poolsBundle(M, numbered([{ sku: "wine", store: "a", stock: 1, wait: 0 }]));
    for (let length = 0; length < bundle.length; length++)
      expect(() => new PoolList(bundle.slice(0, length), M), String(length)).toThrow(Malformed);
    expect(() => new PoolList(new Uint8Array([...bundle, 0]), M)).toThrow(Malformed);
    expect(() => new PoolList(bundle, new Uint8Array(32))).toThrow(Malformed);
  });
});
