// A log's tree read by its nodes, so that nobody has to hold all leaves: root, inclusion and consistency for any sizes (RFC 6962, section 2).
import { type Bytes, same } from "../bytes.ts";
import { EMPTY_ROOT, HASH, levelsOf, nodeHash } from "../merkle.ts";

/** Hash of the full subtree over the leaves [at * 2^level, (at + 1) * 2^level). Asked only for subtrees that are full. */
export type Nodes = (level: number, at: number) => Bytes;

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** MTH(D[from:to]), where `from` is a multiple of the next power of two from to - from. */
function rangeHash(nodes: Nodes, from: number, to: number): Bytes {
  const count = to - from;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return nodes(level, from / count);
  const split = from + splitOf(count);
  return nodeHash(rangeHash(nodes, from, split), rangeHash(nodes, split, to));
}

export const treeRoot = (nodes: Nodes, size: number): Bytes => (size === 0 ? EMPTY_ROOT : rangeHash(nodes, 0, size));

/** PATH(index, D[size]), bottom up. Throws a RangeError where there is no such leaf. */
export function inclusionPath(nodes: Nodes, index: number, size: number): Bytes[] {
  if (!(index >= 0 && index < size)) throw new RangeError("no such leaf");
  const path: Bytes[] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const split = from + splitOf(to - from);
    if (index < split) {
      path.unshift(rangeHash(nodes, split, to));
      to = split;
    } else {
      path.unshift(rangeHash(nodes, from, split));
      from = split;
    }
  }
  return path;
}

/** PROOF(older, D[newer]). Empty where both sizes are the same or the older tree is empty. */
export function consistencyPath(nodes: Nodes, older: number, newer: number): Bytes[] {
  if (!(older >= 0 && older <= newer)) throw new RangeError("sizes only grow");
  if (older === 0 || older === newer) return [];
  const path: Bytes[] = [];
  let from = 0;
  let to = newer;
  // Whether the range in hand begins the older tree, whose root the verifier has anyway.
  while (to > older) {
    const split = from + splitOf(to - from);
    if (older <= split) {
      path.unshift(rangeHash(nodes, split, to));
      to = split;
    } else {
      path.unshift(rangeHash(nodes, from, split));
      from = split;
    }
  }
  return from === 0 ? path : [rangeHash(nodes, from, to), ...path];
}

/** Whether the tree of `newer` leaves continues the one of `older` leaves (RFC 9162, section 2.1.4.2). */
export function consistent(
  older: number,
  newer: number,
  path: Uint8Array[],
  olderRoot: Uint8Array,
  newerRoot: Uint8Array,
): boolean {
  if (!(Number.isSafeInteger(older) && Number.isSafeInteger(newer) && older >= 0 && older <= newer)) return false;
  if (older === 0) return path.length === 0 && same(olderRoot, EMPTY_ROOT) && (newer > 0 || same(newerRoot, EMPTY_ROOT));
  if (older === newer) return path.length === 0 && same(olderRoot, newerRoot);
  if (!path.every((step) => step.length === HASH)) return false;
  // Where the older tree is full, its root is the first node of the path.
  const steps = Number.isInteger(Math.log2(older)) ? [olderRoot, ...path] : path;
  const [first, ...rest] = steps;
  if (!first) return false;
  let at = older - 1;
  let last = newer - 1;
  while (at % 2 === 1) {
    at = (at - 1) / 2;
    last = Math.floor(last / 2);
  }
  let oldHash = first;
  let newHash = first;
  for (const step of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldHash = nodeHash(step, oldHash);
      newHash = nodeHash(step, newHash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newHash = nodeHash(newHash, step);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(oldHash, olderRoot) && same(newHash, newerRoot);
}

/** The nodes of a tree whose leaf hashes are all at hand, packed. */
export function nodesOf(leaves: Uint8Array): Nodes {
  const levels = levelsOf(leaves);
  return (level, at) => (levels[level] as Bytes).slice(at * HASH, (at + 1) * HASH);
}
