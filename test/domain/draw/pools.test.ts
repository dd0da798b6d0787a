// A pool's row and the root that the manifest commits to (draw1, section 2).
import { describe, expect, it } from "vitest";
import { hex, Reader, unhex, utf8 } from "../../../domain/bytes.ts";
import { type Pool, poolBody, poolsRoot, readPoolBody } from "../../../domain/draw/pools.ts";
import { treeHash } from "../../reference/naive-merkle.ts";

const POOL: Pool = { pool: 7, sku: "ab", store: "店", stock: 2, wait: 0x01020304 };
const BODY = "00000007000261620003e5ba970000000201020304";

describe("a pool", () => {
  it("is number, two texts with their lengths in bytes, stock and waitlist", () => {
    expect(hex(poolBody(POOL))).toBe(BODY);
    expect(readPoolBody(new Reader(unhex(BODY)))).toEqual(POOL);
  });

  it("changes the root with every field", () => {
    const changed: Partial<Pool>[] = [{}, { pool: 8 }, { sku: "ac" }, { store: "庄" }, { stock: 3 }, { wait: 0 }];
    const roots = changed.map((change) => hex(poolsRoot([{ ...POOL, ...change }])));
    expect(new Set(roots).size).toBe(changed.length);
  });

  it("cannot move a letter from its SKU to its store without changing the root", () => {
    const root = (sku: string, store: string) => hex(poolsRoot([{ ...POOL, sku, store }]));
    expect(root("ab", "c")).not.toBe(root("a", "bc"));
  });

  it("stands in the root as a tagged row", () => {
    const rows = [POOL, { ...POOL, pool: 9 }].map((pool) => new Uint8Array([...utf8("draw1/pool\n"), ...poolBody(pool)]));
    expect(hex(poolsRoot([POOL, { ...POOL, pool: 9 }]))).toBe(hex(treeHash(rows)));
  });
});
