// The phone proof as bytes: T("proof"), then parts in ascending order of their tags, each u8 tag || u16 length || bytes. draw1, section 11.
import { type Bytes, join, Reader, same, u8, u16 } from "../bytes.ts";
import { tag } from "../draw/tags.ts";
import { Fault, need } from "./reasons.ts";

/** "Under 8,192 bytes": what a phone downloads on a bad network in one breath, and what fits into two QR codes and a mail. */
export const PROOF_BYTES_MAX = 8191;

export const PART = {
  manifest: 1,
  entry: 2,
  group: 3,
  shard: 4,
  shards: 5,
  exclusion: 6,
  table: 7,
  tables: 8,
  pool: 9,
  pools: 10,
  result: 11,
  results: 12,
  win: 13,
  wait: 14,
  seal: 15,
  sealPath: 16,
  sealCheckpoint: 17,
  drawn: 18,
  drawnPath: 19,
  drawnCheckpoint: 20,
} as const;
export type PartName = keyof typeof PART;

export type Parts = { [Name in PartName]?: Bytes };

const NAMES = Object.entries(PART) as [PartName, number][];
const NAME_OF = new Map(NAMES.map(([name, number]) => [number, name]));
const HEAD = tag("proof");

export function joinParts(parts: Parts): Bytes {
  const pieces = NAMES.flatMap(([name, number]) => {
    const bytes = parts[name];
    return bytes ? [u8(number), u16(bytes.length), bytes] : [];
  });
  return join(HEAD, ...pieces);
}

/** Throws a Fault with the reason. Which parts belong together is the reader's next question. */
export function splitParts(proof: Uint8Array): Parts {
  need(proof.length >= HEAD.length && same(proof.subarray(0, HEAD.length), HEAD), "not-a-proof");
  need(proof.length <= PROOF_BYTES_MAX, "too-long");
  const reader = new Reader(proof.slice(HEAD.length));
  const parts: Parts = {};
  let before = 0;
  while (reader.left > 0) {
    const number = reader.u8();
    const name = NAME_OF.get(number);
    if (!name) throw new Fault("unknown-part");
    need(number > before, "part-order");
    before = number;
    need(reader.left >= 2, "truncated");
    const length = reader.u16();
    need(reader.left >= length, "truncated");
    parts[name] = reader.take(length);
  }
  return parts;
}
