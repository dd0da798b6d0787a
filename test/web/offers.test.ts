// Which pool is where: what a page works out of a product's list of stores.
import { describe, expect, it } from "vitest";
import { poolsIn, skuOfPool } from "../../web/shop/offers.ts";

const offers = [
  { sku: "plush", first: 1, pools: 2, units: 5 },
  { sku: "wine", first: 3, pools: 1, units: 2 },
];

describe("a session's offers", () => {
  it.each([
    [0, undefined],
    [1, "plush"],
    [2, "plush"],
    [3, "wine"],
    [4, undefined],
  ])("pool %i is one of %s", (pool, sku) => {
    expect(skuOfPool({ offers }, pool)).toBe(sku);
  });

  it("list pools by number, in order of store", () => {
    expect(poolsIn({ sku: "plush", first: 1, stores: ["north", "south"], stock: [3, 2], wait: [6, 4] })).toEqual([
      { pool: 1, sku: "plush", store: "north", stock: 3 },
      { pool: 2, sku: "plush", store: "south", stock: 2 },
    ]);
  });
});
