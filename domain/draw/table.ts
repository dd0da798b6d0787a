// A pool's table: its entries that are not excluded, ascending by leaf hash. Public before the beacon round.
import { type Bytes, compare, join, Reader, u32, writeU32 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { HASH, rootOf } from "../merkle.ts";
import { tag } from "./tags.ts";

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

/** Reads a table file; throws a RangeError unless it is whole, for this pool, and strictly ascending. */
export function readTableBundle(bytes: Uint8Array, manifest: Uint8Array, pool: number): { rows: TableRow[]; bodies: Bytes } {
  const reader = new Reader(bytes);
  reader.expect(tag("bundle-table"));
  reader.expect(manifest);
  reader.expect(u32(pool));
  const count = reader.u32();
  const bodies = reader.take(count * TABLE_BODY);
  reader.end();
  const rows: TableRow[] = [];
  for (let at = 0; at < count; at++) {
    const body = new Reader(bodies.subarray(at * TABLE_BODY, (at + 1) * TABLE_BODY));
    const row = { lh: body.take(HASH), tickets: body.u8() };
    if (body.u8() !== 1 || body.u32() !== pool) throw new RangeError("a row of another pool");
    if (at > 0 && compare((rows[at - 1] as TableRow).lh, row.lh) >= 0) throw new RangeError("rows must ascend");
    rows.push(row);
  }
  return { rows, bodies };
}
