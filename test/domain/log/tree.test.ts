// Roots, inclusion and consistency for any two sizes: against RFC 6962's own recursion, and every changed proof must fail.
import { describe, expect, it } from "vitest";
import { type Bytes, hex, u32, utf8 } from "../../../domain/bytes.ts";
import { consistencyPath, consistent, inclusionPath, type Nodes, nodesOf, treeRoot } from "../../../domain/log/tree.ts";
import { EMPTY_ROOT, included, leafHash, packHashes } from "../../../domain/merkle.ts";
import { auditPath, consistencyProof, treeHash } from "../../reference/naive-merkle.ts";

const MOST = 40;
const ROWS = Array.from({ length: MOST }, (_, at) => u32(at));
const LEAVES = packHashes(ROWS, leafHash);
const NODES = nodesOf(LEAVES);
const hexes = (path: Uint8Array[]) => path.map(hex);
const sizes = Array.from({ length: MOST }, (_, at) => at + 1);
const root = (size: number) => treeRoot(NODES, size);

describe("a tree read by its nodes", () => {
  it("has the root of RFC 6962 at every size", () => {
    expect(hex(root(0))).toBe(hex(EMPTY_ROOT));
    for (const size of sizes) expect(hex(root(size))).toBe(hex(treeHash(ROWS.slice(0, size))));
  });

  it("proves every leaf at every size, as RFC 6962 writes the path", () => {
    for (const size of sizes) {
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(NODES, index, size);
        expect(hexes(path)).toEqual(hexes(auditPath(index, ROWS.slice(0, size))));
        expect(included(leafHash(ROWS[index] as Bytes), index, size, path, root(size))).toBe(true);
      }
    }
  });

  it("asks only for subtrees that are full", () => {
    const asked: [number, number][] = [];
    const spy: Nodes = (level, at) => {
      asked.push([level, at]);
      return NODES(level, at);
    };
    for (const size of sizes) {
      asked.length = 0;
      treeRoot(spy, size);
      inclusionPath(spy, size - 1, size);
      consistencyPath(spy, Math.ceil(size / 2), size);
      expect(asked.every(([level, at]) => (at + 1) * 2 ** level <= size)).toBe(true);
    }
  });

  it.each([-1, 5, Number.NaN])("has no path for leaf %s of five", (index) => {
    expect(() => inclusionPath(NODES, index, 5)).toThrow(RangeError);
  });

  it("works above 2^32 leaves", () => {
    const one = leafHash(utf8("one"));
    const size = 2 ** 40 + 3;
    expect(inclusionPath(() => one, 2 ** 40 + 2, size)).toHaveLength(2);
    expect(consistencyPath(() => one, 2 ** 33 + 1, size).length).toBeGreaterThan(2);
  });
});

describe("consistency", () => {
  const pairs = sizes.flatMap((newer) => sizes.slice(0, newer).map((older) => [older, newer] as const));

  it("is proved for every two sizes, as RFC 6962 writes the path", () => {
    for (const [older, newer] of pairs) {
      const path = consistencyPath(NODES, older, newer);
      expect(hexes(path)).toEqual(hexes(consistencyProof(older, ROWS.slice(0, newer))));
      expect(consistent(older, newer, path, root(older), root(newer))).toBe(true);
    }
  });

  it("with the empty tree needs no path", () => {
    expect(consistent(0, 5, [], EMPTY_ROOT, root(5))).toBe(true);
    expect(consistent(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)).toBe(true);
    expect(consistencyPath(NODES, 0, 5)).toEqual([]);
  });

  it("is refused after any single change", () => {
    const flipped = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, at) => (at === 7 ? byte ^ 1 : byte));
    for (const [older, newer] of pairs) {
      const path = consistencyPath(NODES, older, newer);
      const [was, is] = [root(older), root(newer)];
      expect(consistent(older, newer, path, flipped(was), is)).toBe(false);
      expect(consistent(older, newer, path, was, flipped(is))).toBe(false);
      expect(consistent(older, newer, [...path, is], was, is)).toBe(false);
      expect(consistent(older, newer, [is, ...path], was, is)).toBe(false);
      path.forEach((step, at) => {
        expect(consistent(older, newer, path.with(at, flipped(step) as Bytes), was, is)).toBe(false);
        expect(consistent(older, newer, path.with(at, step.subarray(1)), was, is)).toBe(false);
        expect(consistent(older, newer, path.toSpliced(at, 1), was, is)).toBe(false);
      });
    }
  });

  it("does not hold between two histories", () => {
    const other = nodesOf(packHashes([utf8("another first"), ...ROWS.slice(1)], leafHash));
    for (const [older, newer] of pairs) {
      expect(consistent(older, newer, consistencyPath(NODES, older, newer), treeRoot(other, older), root(newer))).toBe(false);
      expect(consistent(older, newer, consistencyPath(other, older, newer), root(older), treeRoot(other, newer))).toBe(false);
    }
  });

  it.each<[string, number, number]>([
    ["backwards", 5, 3],
    ["from a negative size", -1, 5],
    ["from a broken size", 1.5, 5],
    ["to no number", 1, Number.NaN],
  ])("is refused %s", (_, older, newer) => {
    expect(consistent(older, newer, [], root(3), root(5))).toBe(false);
    expect(() => consistencyPath(NODES, 5, 3)).toThrow(RangeError);
  });

  it.each<[string, number, Uint8Array[], Uint8Array]>([
    ["of the empty tree with a path", 0, [root(1)], EMPTY_ROOT],
    ["of the empty tree with another root", 0, [], root(1)],
    ["without a path", 3, [], root(3)],
  ])("is refused %s", (_, older, path, was) => {
    expect(consistent(older, 5, path, was, root(5))).toBe(false);
  });
});
