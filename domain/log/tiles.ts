// How a log lies in files (C2SP tlog-tiles): hashes in tiles of 256, entries in bundles of 256, the last of each level partial.
import { type Bytes, join, Reader, u16 } from "../bytes.ts";
import { HASH, rootOf } from "../merkle.ts";
import type { Nodes } from "./tree.ts";

export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** Tile `at` of a level, or bundle `at` of the entries; `width` hashes or entries of at most 256. */
export type Tile = { level: number | "entries"; at: number; width: number };

/** 1234067 -> x001/x234/067 */
function indexPath(at: number): string {
  const groups = [];
  for (let rest = at; rest > 0 || groups.length === 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
  }
  const last = groups.pop();
  return [...groups.map((group) => `x${group}`), last].join("/");
}

/** The tile's path below the log: tile/0/x001/x234/067, or tile/entries/000.p/12 for a partial one. */
export const tilePath = ({ level, at, width }: Tile): string =>
  `tile/${level}/${indexPath(at)}${width === TILE_WIDTH ? "" : `.p/${width}`}`;

const PATH = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads a path; undefined where it is not the one spelling of a tile's. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, index, width] = PATH.exec(path) ?? [];
  if (!level || !index) return undefined;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    at: Number(index.replaceAll(/[x/]/g, "")),
    width: width ? Number(width) : TILE_WIDTH,
  };
  return tilePath(tile) === path ? tile : undefined;
}

/** The tiles and bundles that a tree of `size` leaves needs and one of `before` leaves did not have: full ones, and the last of each level. */
export function tilesOf(before: number, size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, was = before, is = size; is > was; level++) {
    for (let at = Math.floor(was / TILE_WIDTH); at * TILE_WIDTH < is; at++) {
      const width = Math.min(TILE_WIDTH, is - at * TILE_WIDTH);
      tiles.push({ level, at, width });
      if (level === 0) tiles.push({ level: "entries", at, width });
    }
    was = Math.floor(was / TILE_WIDTH);
    is = Math.floor(is / TILE_WIDTH);
  }
  return tiles;
}

/** A tile's bytes. */
export const tileBytes = (nodes: Nodes, level: number, at: number, width: number): Bytes =>
  join(...Array.from({ length: width }, (_, offset) => nodes(level * TILE_HEIGHT, at * TILE_WIDTH + offset)));

/** The nodes of a tree whose tiles are at hand: `tile` gives the bytes of the widest one there is. */
export const nodesInTiles =
  (tile: (level: number, at: number) => Uint8Array): Nodes =>
  (level, at) => {
    const below = level % TILE_HEIGHT;
    const first = at * 2 ** below;
    const from = (first % TILE_WIDTH) * HASH;
    const bytes = tile((level - below) / TILE_HEIGHT, Math.floor(first / TILE_WIDTH));
    const hashes = bytes.subarray(from, from + 2 ** below * HASH);
    if (hashes.length !== 2 ** below * HASH) throw new RangeError("the tile does not reach that far");
    return rootOf(hashes);
  };

/** An entry bundle: each entry after its length. */
export const entryBundle = (entries: Uint8Array[]): Bytes => join(...entries.flatMap((entry) => [u16(entry.length), entry]));

/** Reads a bundle of `width` entries; throws a RangeError unless it is whole and nothing follows. */
export function readEntryBundle(bytes: Uint8Array, width: number): Bytes[] {
  const reader = new Reader(bytes);
  const entries = Array.from({ length: width }, () => reader.take(reader.u16()));
  reader.end();
  return entries;
}
