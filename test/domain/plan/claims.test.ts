// Which session holds which units while it is open.
import { describe, expect, it } from "vitest";
import { beyondUnits, claimed, overlapsWith } from "../../../domain/plan/claims.ts";

const pool = (sku: string, store: string, stock: number) => ({ sku, store, stock });

describe("claims", () => {
  it("are the stores with units, by SKU", () => {
    const pools = [pool("plush", "a", 1), pool("plush", "b", 0), pool("wine", "a", 2), pool("wine", "c", 3)];
    expect(claimed(pools)).toEqual([
      { sku: "plush", units: 1, stores: ["a"] },
      { sku: "wine", units: 5, stores: ["a", "c"] },
    ]);
  });

  it("overlap where the same SKU is at the same store", () => {
    const mine = claimed([pool("wine", "a", 1), pool("wine", "b", 1), pool("plush", "c", 1)]);
    const others = [
      { session: "x", sku: "wine", stores: ["b", "c"] },
      { session: "x", sku: "plush", stores: ["a", "b"] },
      { session: "y", sku: "other", stores: ["a"] },
    ];
    expect(overlapsWith(mine, others)).toEqual([{ session: "x", sku: "wine", stores: ["b"] }]);
  });

  it.each([
    ["nothing planned", undefined, []],
    ["as many as planned", { wine: 5, plush: 1 }, []],
    ["more than planned", { wine: 4, plush: 1 }, ["wine"]],
    ["a SKU of which none are planned", { wine: 5 }, ["plush"]],
  ])("%s", (_, planned, over) => {
    const skus = claimed([pool("plush", "a", 1), pool("wine", "a", 5)]);
    expect(beyondUnits(skus, planned).map(({ sku }) => sku)).toEqual(over);
  });
});
