// RFC 6962 trees: public roots, agreement with the recursive definition, and paths that prove one leaf and no other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, hex, unhex, utf8 } from "../../domain/bytes.ts";
import { EMPTY_ROOT, included, leafHash, levelsOf, nodeHash, packHashes, pathIn, rootOf, rootOfRows } from "../../domain/merkle.ts";
import { auditPath, treeHash } from "../reference/naive-merkle.ts";
import * as any from "../support/arbitraries.ts";

// transparency-dev/merkle, testonly/constants.go and rfc6962/rfc6962_test.go: the leaves, and the root of the first n of them.
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(unhex);
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const rows = (max: number, min = 0): fc.Arbitrary<Bytes[]> => fc.array(any.bytes(0, 3), { minLength: min, maxLength: max });

/** A tree with one of its leaves, and the proof of it. */
const proved = rows(40, 1).chain((data) =>
  fc.nat({ max: data.length - 1 }).map((index) => {
    const packed = packHashes(data, leafHash);
    return {
      data,
      index,
      size: data.length,
      leaf: leafHash(data[index] as Bytes),
      path: pathIn(levelsOf(packed), index),
      root: rootOf(packed),
    };
  }),
);

describe("the root", () => {
  it.each(ROOTS.map((root, n) => [n, root] as const))("of the first %i public leaves is the published one", (n, root) => {
    expect(hex(rootOfRows(LEAVES.slice(0, n)))).toBe(root);
  });

  it("hashes leaves and nodes apart from each other, as published", () => {
    expect(hex(leafHash(utf8("L123456")))).toBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    const [left, right] = [leafHash(utf8("a")), leafHash(utf8("b"))];
    expect(hex(nodeHash(left, right))).toBe(hex(treeHash([utf8("a"), utf8("b")])));
    expect(hex(EMPTY_ROOT)).toBe(ROOTS[0]);
  });

  it("is the one that the recursive definition gives, for any rows", () => {
    fc.assert(
      fc.property(rows(70), (data) => {
        expect(hex(rootOfRows(data))).toBe(hex(treeHash(data)));
      }),
    );
  });

  it("of one leaf is a copy, not a view of what was handed in", () => {
    const packed = packHashes([utf8("a")], leafHash);
    const root = rootOf(packed);
    packed.fill(0);
    expect(hex(root)).toBe(hex(treeHash([utf8("a")])));
  });
});

describe("a path", () => {
  it("is the recursive audit path, for every leaf of every tree up to 33", () => {
    for (let size = 1; size <= 33; size++) {
      const data = Array.from({ length: size }, (_, at) => Uint8Array.of(at));
      const levels = levelsOf(packHashes(data, leafHash));
      for (let index = 0; index < size; index++) {
        expect(pathIn(levels, index).map(hex), `leaf ${index} of ${size}`).toEqual(auditPath(index, data).map(hex));
      }
    }
  });

  it("proves its leaf", () => {
    fc.assert(
      fc.property(proved, ({ leaf, index, size, path, root }) => {
        expect(included(leaf, index, size, path, root)).toBe(true);
      }),
    );
  });

  it("proves nothing once a bit of leaf, path or root is changed", () => {
    fc.assert(
      fc.property(proved, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ leaf, index, size, path, root }, which, bit) => {
        const parts = [leaf, root, ...path].map((part) => part.slice());
        const part = parts[which % parts.length] as Bytes;
        part[bit >> 3] = (part[bit >> 3] as number) ^ (1 << (bit & 7));
        const [changedLeaf, changedRoot, ...changedPath] = parts as [Bytes, Bytes, ...Bytes[]];
        expect(included(changedLeaf, index, size, changedPath, changedRoot)).toBe(false);
      }),
    );
  });

  it("proves nothing at another place", () => {
    fc.assert(
      fc.property(proved, fc.nat({ max: 60 }), ({ data, leaf, index, size, path, root }, other) => {
        fc.pre(other !== index && hex(leafHash(data[other] ?? utf8("none"))) !== hex(leaf));
        expect(included(leaf, other, size, path, root)).toBe(false);
      }),
    );
  });

  it("proves nothing when it is longer, shorter or turned round", () => {
    fc.assert(
      fc.property(proved, any.hash32, ({ leaf, index, size, path, root }, extra) => {
        expect(included(leaf, index, size, [...path, extra], root)).toBe(false);
        expect(included(leaf, index, size, [extra, ...path], root)).toBe(false);
        if (path.length > 0) {
          expect(included(leaf, index, size, path.slice(1), root)).toBe(false);
          expect(included(leaf, index, size, path.slice(0, -1), root)).toBe(false);
        }
        const turned = path.toReversed();
        if (turned.some((hash, at) => hex(hash) !== hex(path[at] as Bytes))) {
          expect(included(leaf, index, size, turned, root)).toBe(false);
        }
      }),
    );
  });

  const [a, b] = [leafHash(utf8("a")), leafHash(utf8("b"))] as [Bytes, Bytes];
  const root = nodeHash(a, b);
  it.each<[string, Uint8Array, number, number, Uint8Array[], Uint8Array]>([
    ["a place at the tree's size", a, 2, 2, [b], root],
    ["a place before the first", a, -1, 2, [b], root],
    ["a place that is no number", a, Number.NaN, 2, [b], root],
    ["a leaf of an empty tree", a, 0, 0, [], EMPTY_ROOT],
    ["a node as the leaf of a smaller tree", root, 0, 2, [], root],
    ["a right child as the only leaf", b, 0, 1, [a], root],
    ["a path hash of 31 bytes", a, 0, 2, [b.subarray(0, 31)], root],
    ["a path hash of 33 bytes", a, 0, 2, [new Uint8Array([...b, 0])], root],
    ["a root of 31 bytes", a, 0, 2, [b], root.subarray(0, 31)],
  ])("refuses %s", (_, leaf, index, size, path, top) => {
    expect(included(leaf, index, size, path, top)).toBe(false);
  });

  it("refuses a leaf hash that lost its last byte, whatever was checked just before", () => {
    expect(included(a, 0, 2, [b], root)).toBe(true);
    expect(included(a.subarray(0, 31), 0, 2, [b], root)).toBe(false);
  });

  it("refuses a leaf hash that is too long", () => {
    expect(included(new Uint8Array([...b, 0]), 1, 2, [a], root)).toBe(false);
  });
});
