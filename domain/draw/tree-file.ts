// Helper files for servers that hand out paths: one hash per 256 leaves of a tree, so that a path costs two short reads and not the whole
// tree. They hold nothing that does not follow from the published files, and are evidence of nothing.
import { type Bytes, join, Reader, u32 } from "../bytes.ts";
import { HASH, leafHash, levelsOf, packHashes, pathIn, rootOf } from "../merkle.ts";
import { tag } from "./tags.ts";

/** Leaves per group: 8 levels of the tree lie inside one, and a group of hashes is 8 kB. */
export const GROUP = 256;

/** What is read first and kept: the tree's size and the hash of each group. */
export type TreeHead = { n: number; groups: Bytes };

const groupsOf = (leaves: Uint8Array): Bytes =>
  join(
    ...Array.from({ length: Math.ceil(leaves.length / HASH / GROUP) }, (_, at) =>
      rootOf(leaves.subarray(at * GROUP * HASH, (at + 1) * GROUP * HASH)),
    ),
  );

/** The head alone, where the leaves can be made from another file. `leaves` are leaf hashes, packed. */
export const treeHead = (manifest: Uint8Array, leaves: Uint8Array): Bytes =>
  join(tag("tree"), manifest, u32(leaves.length / HASH), groupsOf(leaves));

/** The head and then all leaf hashes. */
export function treeFile(manifest: Uint8Array, rows: Uint8Array[]): Bytes {
  const leaves = packHashes(rows, leafHash);
  return join(treeHead(manifest, leaves), leaves);
}

const HEAD_BYTES = tag("tree").length + HASH + 4;

/** Bytes of the head of a tree with `n` leaves; the leaves follow. */
export const headBytes = (n: number): number => HEAD_BYTES + Math.ceil(n / GROUP) * HASH;

/** Where in the file the group of leaf `index` lies. */
export function groupRange(n: number, index: number): { offset: number; length: number } {
  const first = Math.floor(index / GROUP) * GROUP;
  return { offset: headBytes(n) + first * HASH, length: Math.min(GROUP, n - first) * HASH };
}

/** Reads a head from a file that begins with it. */
export function readTreeHead(bytes: Uint8Array, manifest: Uint8Array): TreeHead {
  const reader = new Reader(bytes);
  reader.expect(tag("tree"));
  reader.expect(manifest);
  const n = reader.u32();
  return { n, groups: reader.take(Math.ceil(n / GROUP) * HASH) };
}

/** The inclusion path of leaf `index`, bottom up, from the leaf hashes of its group. */
export const pathInGroups = (groupLeaves: Bytes, { groups }: TreeHead, index: number): Bytes[] => [
  ...pathIn(levelsOf(groupLeaves), index % GROUP),
  ...pathIn(levelsOf(groups), Math.floor(index / GROUP)),
];
