// A pool's table: its entries that are not excluded, ascending by leaf hash. Public before the beacon round.
import { type Bytes, compare, join, Malformed, readU32, u32, writeU32 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { HASH, rootOf } from "../merkle.ts";
import { compareHashes } from "../packed.ts";
import { openBundle, tag } from "./tags.ts";

export type TableRow = { lh: Bytes; tickets: number };

/** lh, u8 tickets, u8 m, u32 pool. */
export const TABLE_BODY = 38;

export function tableBody({ lh, tickets }: TableRow, pool: number): Bytes {
  const body = new Uint8Array(TABLE_BODY);
  body.set(lh, 0);
  body[HASH] = tickets;
  body[HASH + 1] = 1;
  writeU32(body, HASH + 2, pool);
  return body;
}

export const ascending = (rows: TableRow[]): TableRow[] => rows.sort((a, b) => compare(a.lh, b.lh));

const ROW_TAG = tag("row");

/** Leaf hashes of T("row") || body, packed; bodies packed as in the published file. */
export function tableLeaves(bodies: Uint8Array): Bytes {
  const count = bodies.length / TABLE_BODY;
  const bytes = new Uint8Array(1 + ROW_TAG.length + TABLE_BODY);
  bytes.set(ROW_TAG, 1);
  const packed = new Uint8Array(count * HASH);
  for (let at = 0; at < count; at++) {
    bytes.set(bodies.subarray(at * TABLE_BODY, (at + 1) * TABLE_BODY), 1 + ROW_TAG.length);
    packed.set(sha256(bytes), at * HASH);
  }
  return packed;
}

export const tableRoot = (bodies: Uint8Array): Bytes => rootOf(tableLeaves(bodies));

/** Where the leaf stands in packed, ascending bodies; -1 where it does not. */
export function positionIn(bodies: Uint8Array, lh: Uint8Array): number {
  let low = 0;
  let high = bodies.length / TABLE_BODY;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(bodies.subarray(middle * TABLE_BODY, middle * TABLE_BODY + HASH), lh);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** Packs sorted rows into table bodies. */
export function tableBodies(rows: TableRow[], pool: number): Bytes {
  const bodies = new Uint8Array(rows.length * TABLE_BODY);
  rows.forEach((row, at) => {
    bodies.set(tableBody(row, pool), at * TABLE_BODY);
  });
  return bodies;
}

/** The published file `tables/{pool}`. */
export const tableBundle = (manifest: Uint8Array, pool: number, bodies: Uint8Array): Bytes =>
  join(tag("bundle-table"), manifest, u32(pool), u32(bodies.length / TABLE_BODY), bodies);

/** Bytes at the start of a table file that say how many entries it has: T("bundle-table") || M || u32 pool || u32 n. */
export const TABLE_HEAD_BYTES = tag("bundle-table").length + HASH + 8;

/** The number of entries in a pool, from the head of its table file; throws Malformed where it is another's. */
export const entriesInTable = (head: Uint8Array, manifest: Uint8Array, pool: number): number =>
  openBundle(head, "bundle-table", manifest, u32(pool)).u32();

/** The rows of a table file, packed; throws Malformed unless it is whole, for this pool, and strictly ascending. */
export function readTableBodies(bytes: Uint8Array, manifest: Uint8Array, pool: number): Bytes {
  const reader = openBundle(bytes, "bundle-table", manifest, u32(pool));
  const bodies = reader.take(reader.u32() * TABLE_BODY);
  reader.end();
  for (let at = HASH; at < bodies.length; at += TABLE_BODY) {
    if (bodies[at + 1] !== 1 || readU32(bodies, at + 2) !== pool) throw new Malformed("wrong-form", "a row of another pool");
  }
  for (let at = TABLE_BODY; at < bodies.length; at += TABLE_BODY) {
    if (compareHashes(bodies, at - TABLE_BODY, bodies, at) >= 0) throw new Malformed("not-ascending", "rows must ascend");
  }
  return bodies;
}

export function readTableBundle(bytes: Uint8Array, manifest: Uint8Array, pool: number): { rows: TableRow[]; bodies: Bytes } {
  const bodies = readTableBodies(bytes, manifest, pool);
  const rows: TableRow[] = [];
  for (let at = 0; at < bodies.length; at += TABLE_BODY) {
    rows.push({ lh: bodies.subarray(at, at + HASH) as Bytes, tickets: bodies[at + HASH] as number });
  }
  return { rows, bodies };
}
