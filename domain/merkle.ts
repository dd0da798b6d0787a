// RFC 6962 trees over SHA-256: root, inclusion path, and the check of a path. Hashes lie packed, 32 bytes each.
import { type Bytes, same } from "./bytes.ts";
import { sha256 } from "./hash.ts";

export const HASH = 32;

/** MTH of no leaves: SHA-256 of the empty string. */
export const EMPTY_ROOT: Bytes = sha256(new Uint8Array(0));

/** Leaf hash H(0x00 || data). */
export function leafHash(data: Uint8Array): Bytes {
  const bytes = new Uint8Array(1 + data.length);
  bytes.set(data, 1);
  return sha256(bytes);
}

const pair = new Uint8Array(1 + 2 * HASH);
pair[0] = 1;

/** Node hash H(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  pair.set(left, 1);
  pair.set(right, 1 + HASH);
  return sha256(pair);
}

/** The next level up: neighbours are paired, an odd last node moves up unchanged (the same as RFC 6962's split). */
function levelUp(level: Uint8Array): Bytes {
  const count = level.length / HASH;
  const up = new Uint8Array(Math.ceil(count / 2) * HASH);
  for (let at = 0; at < count; at += 2) {
    if (at + 1 === count) {
      up.set(level.subarray(at * HASH), (at / 2) * HASH);
      break;
    }
    pair.set(level.subarray(at * HASH, (at + 2) * HASH), 1);
    up.set(sha256(pair), (at / 2) * HASH);
  }
  return up;
}

/** Root of the tree whose leaf hashes are given, packed. */
export function rootOf(leaves: Uint8Array): Bytes {
  if (leaves.length === 0) return EMPTY_ROOT;
  let level = leaves as Bytes;
  while (level.length > HASH) level = levelUp(level);
  return level.slice();
}

/** MTH over rows: each row is hashed as a leaf. */
export function rootOfRows(rows: Iterable<Uint8Array>): Bytes {
  return rootOf(packHashes(rows, leafHash));
}

/** All levels of a tree, leaves first: paths for many leaves cost one pass. */
export function levelsOf(leaves: Uint8Array): Bytes[] {
  const levels = [leaves as Bytes];
  for (let top = leaves as Bytes; top.length > HASH; ) {
    top = levelUp(top);
    levels.push(top);
  }
  return levels;
}

/** Inclusion path of leaf `index`, bottom up. */
export function pathIn(levels: Bytes[], index: number): Bytes[] {
  const path: Bytes[] = [];
  let at = index;
  for (let level = 0; level + 1 < levels.length; level++) {
    const hashes = levels[level] as Bytes;
    const sibling = at ^ 1;
    if (sibling * HASH < hashes.length) path.push(hashes.slice(sibling * HASH, (sibling + 1) * HASH));
    at >>>= 1;
  }
  return path;
}

/** Whether `leaf` is leaf `index` of a tree with `size` leaves and this root (RFC 9162, section 2.1.3.2). */
export function included(leaf: Uint8Array, index: number, size: number, path: Uint8Array[], root: Uint8Array): boolean {
  const reached = rootThrough(leaf, index, size, path);
  return reached !== undefined && same(reached, root);
}

/** The root that the path leads to from leaf `index` of `size`; undefined where the path is not as long as that place asks for. */
export function rootThrough(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): Bytes | undefined {
  if (!(index >= 0 && index < size) || leaf.length !== HASH) return undefined;
  let at = index;
  let last = size - 1;
  let hash = leaf as Bytes;
  for (const step of path) {
    if (last === 0 || step.length !== HASH) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(step, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, step);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}

/** Packs one hash per item into one byte string. */
export function packHashes<Item>(items: Iterable<Item>, hashOf: (item: Item) => Uint8Array): Bytes {
  const list = [...items];
  const packed = new Uint8Array(list.length * HASH);
  list.forEach((item, at) => {
    packed.set(hashOf(item), at * HASH);
  });
  return packed;
}
