// A shard's private file of who held which place: what a loss is shown with later, when the shard is gone. Never served. Sorted by pid, with
// a table of where each first byte of a pid begins, so that one person costs two short reads and not the whole file.
import { type Bytes, compare, concat, join, Reader, readU32, u8, u16, u32, utf8 } from "../bytes.ts";
import { tag } from "./tags.ts";

/** Where it lies, in the bucket that nothing serves. */
export const placesKey = (brand: string, session: string, shard: number): string => `${brand}/places/${session}/${shard}`;

export type HeldPlace = {
  pid: Bytes;
  index: number;
  /** Number of the SKU; the file's list says its family. */
  sku: number;
  /** Masked: domain/draw/nonce.ts. */
  nonce: Bytes;
};

/** pid, u32 index, u8 SKU, masked nonce. */
const ROW = 32 + 4 + 1 + 32;

const FANOUT = 256;

/**
 * Read first, in one piece: tag, M, u16 shard, u16 length of the list of families as JSON (one per SKU, at most 48 of 64 letters: 3.2 kB), and
 * u32 n for each first byte of a pid: how many rows lie before it.
 */
export const PLACES_HEAD = 4_608;

/** `families` by the number of the SKU. */
export type PlacesHead = { families: string[]; starts: number[] };

export function placesFile(manifest: Uint8Array, shard: number, families: string[], places: HeldPlace[]): Bytes {
  const sorted = [...places].sort((a, b) => compare(a.pid, b.pid) || a.index - b.index);
  const counts = Array.from({ length: FANOUT }, () => 0);
  for (const { pid } of sorted) (counts[pid[0] as number] as number) += 1;
  let before = 0;
  const starts = [...counts, 0].map((count) => {
    const start = before;
    before += count;
    return u32(start);
  });
  const list = utf8(JSON.stringify(families));
  const head = join(tag("places"), manifest, u16(shard), u16(list.length), list, ...starts);
  if (head.length > PLACES_HEAD) throw new RangeError("more families than the head of a file of places has room for");
  const rows = sorted.map(({ pid, index, sku, nonce }) => join(pid, u32(index), u8(sku), nonce));
  return concat([head, new Uint8Array(PLACES_HEAD - head.length), ...rows]);
}

/** Reads a head from a file that begins with it. Throws Malformed where it is that of another session or shard. */
export function readPlacesHead(bytes: Uint8Array, manifest: Uint8Array, shard: number): PlacesHead {
  const reader = new Reader(bytes);
  reader.expect(tag("places"));
  reader.expect(manifest, "foreign");
  reader.expect(u16(shard), "misplaced");
  const families = JSON.parse(new TextDecoder().decode(reader.take(reader.u16()))) as string[];
  return { families, starts: Array.from({ length: FANOUT + 1 }, () => reader.u32()) };
}

/** Where the rows lie among which this person's would be; its length is 0 where there are none. */
export function placesRange({ starts }: PlacesHead, pid: Uint8Array): { offset: number; length: number } {
  const [from, to] = [starts[pid[0] as number] as number, starts[(pid[0] as number) + 1] as number];
  return { offset: PLACES_HEAD + from * ROW, length: (to - from) * ROW };
}

/** All rows of a piece of the file. */
export function* readPlaces(rows: Bytes): Iterable<HeldPlace> {
  for (let at = 0; at < rows.length; at += ROW) {
    yield {
      pid: rows.subarray(at, at + 32) as Bytes,
      index: readU32(rows, at + 32),
      sku: rows[at + 36] as number,
      nonce: rows.subarray(at + 37, at + ROW) as Bytes,
    };
  }
}
