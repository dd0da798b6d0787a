// One entry's bytes: who (pid), the salted public id (eid), the leaf and its hash. draw1, sections 2 and 5.
import { type Bytes, join, Reader, readU32, writeU32, writeU64 } from "../bytes.ts";
import { hmac, hmacWith, sha256 } from "../hash.ts";
import { HASH } from "../merkle.ts";
import { tag } from "./tags.ts";

/** The public part of an entry; `pools` holds one pool in mode "single". */
export type Entry = { tickets: number; s: number; eid: Bytes; pool: number };

/** Body length in the shard bundle: u8 tickets, u64 s, 32 eid, u8 m, u32 pool. */
export const ENTRY_BODY = 46;

/** HMAC(pepper, person): links the pids of one person, and of nobody else. Opened to an auditor only (section 6). */
export function innerKeyOf(pepper: Uint8Array, person: Uint8Array): Bytes {
  let keyed = peppered.get(pepper);
  if (!keyed) {
    keyed = hmacWith(pepper);
    peppered.set(pepper, keyed);
  }
  return keyed(person);
}

/** pid = HMAC(HMAC(pepper, person), M): one person's id in one session, unlinkable to any other. */
export const pidOf = (pepper: Uint8Array, person: Uint8Array, manifestHash: Uint8Array): Bytes =>
  pidFrom(innerKeyOf(pepper, person), manifestHash);

export const pidFrom = (innerKey: Uint8Array, manifestHash: Uint8Array): Bytes => hmac(innerKey, manifestHash);

const peppered = new WeakMap<Uint8Array, (message: Uint8Array) => Bytes>();

/** shard = u32(pid[0..4]) mod shards. */
export const shardOf = (pid: Uint8Array, shards: number): number => new Reader(pid.subarray(0, 4)).u32() % shards;

export const eidOf = (manifestHash: Uint8Array, nonce: Uint8Array, pid: Uint8Array): Bytes =>
  sha256(join(tag("eid"), manifestHash, nonce, pid));

export function entryBody(entry: Entry): Bytes {
  const body = new Uint8Array(ENTRY_BODY);
  body[0] = entry.tickets;
  writeU64(body, 1, entry.s);
  body.set(entry.eid, 9);
  body[41] = 1;
  writeU32(body, 42, entry.pool);
  return body;
}

/** Reads a body; throws a RangeError unless it names exactly one pool. */
export function readEntryBody(body: Uint8Array): Entry {
  if (body.length !== ENTRY_BODY) throw new RangeError("not the length of an entry");
  if (body[41] !== 1) throw new RangeError("an entry names one pool");
  const s = readU32(body, 1) * 0x1_0000_0000 + readU32(body, 5);
  if (!Number.isSafeInteger(s)) throw new RangeError("a number above 2^53-1");
  return { tickets: body[0] as number, s, eid: body.subarray(9, 41) as Bytes, pool: readU32(body, 42) };
}

const LEAF_TAG = tag("entry");
const BODY_AT = 1 + LEAF_TAG.length + 32 + 2 + 4;

/**
 * Makes lh = H(0x00 || leaf) for one shard, leaf = T("entry") || M || u16 shard || u32 index || body. The first bytes are the same for
 * a whole shard and are written once: this runs for every reservation and again in every audit.
 */
export function leafHasher(manifestHash: Uint8Array, shard: number): (index: number, body: Uint8Array) => Bytes {
  const bytes = new Uint8Array(BODY_AT + ENTRY_BODY);
  bytes.set(LEAF_TAG, 1);
  bytes.set(manifestHash, 1 + LEAF_TAG.length);
  bytes[BODY_AT - 6] = shard >>> 8;
  bytes[BODY_AT - 5] = shard;
  return (index, body) => {
    writeU32(bytes, BODY_AT - 4, index);
    bytes.set(body, BODY_AT);
    return sha256(bytes);
  };
}

/** All leaf hashes of consecutive bodies from `first` on, packed. */
export function leafHashes(manifestHash: Uint8Array, shard: number, first: number, bodies: Uint8Array): Bytes {
  const count = bodies.length / ENTRY_BODY;
  const hashOf = leafHasher(manifestHash, shard);
  const packed = new Uint8Array(count * HASH);
  for (let at = 0; at < count; at++) {
    packed.set(hashOf(first + at, bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY)), at * HASH);
  }
  return packed;
}
