// Helper files of trees: from a group of leaves and the head comes the same path as from the whole tree.
import { expect, it } from "vitest";
import { hex, utf8 } from "../../../domain/bytes.ts";
import { GROUP, groupRange, headBytes, pathInGroups, readTreeHead, treeFile, treeHead } from "../../../domain/draw/tree-file.ts";
import { HASH, leafHash, levelsOf, packHashes, pathIn } from "../../../domain/merkle.ts";

const M = new Uint8Array(32).fill(7);

it.each([1, 2, 255, 256, 257, 511, 512, 513, 700, 1025])("gives every path of a tree with %i leaves", (n) => {
  const rows = Array.from({ length: n }, (_, at) => utf8(`row ${at}`));
  const leaves = packHashes(rows, leafHash);
  const file = treeFile(M, rows);
  const head = readTreeHead(file.subarray(0, headBytes(n)), M);
  expect(head.n).toBe(n);
  expect(hex(treeHead(M, leaves))).toBe(hex(file.subarray(0, headBytes(n))));
  const levels = levelsOf(leaves);
  for (const index of [0, 1, GROUP - 1, GROUP, n >> 1, n - 2, n - 1].filter((at) => at >= 0 && at < n)) {
    const { offset, length } = groupRange(n, index);
    const group = file.slice(offset, offset + length);
    expect(group.length % HASH).toBe(0);
    expect(pathInGroups(group, head, index).map(hex), `leaf ${index}`).toEqual(pathIn(levels, index).map(hex));
  }
});

it("of no leaves has a head and nothing else", () => {
  expect(readTreeHead(treeFile(M, []), M)).toEqual({ n: 0, groups: new Uint8Array(0) });
});

it("of another plan is refused", () => {
  expect(() => readTreeHead(treeFile(M, []), new Uint8Array(32))).toThrow(RangeError);
});
