// A phone proof as an object, to and from its parts. Everything but `own` and `group` is public; those two come from the receipt.
import { type Bytes, join, Reader, u8, u16, u32, u64, utf8 } from "../bytes.ts";
import { type Pool, poolBody, readPoolBody } from "../draw/pools.ts";
import { RESULT_BODY } from "../draw/rank.ts";
import { GROUP_MAX } from "../draw/receipt.ts";
import { noteText } from "../log/note.ts";
import type { LogProof } from "../log/proof.ts";
import { HASH } from "../merkle.ts";
import { Fault, need, type Reason, reading } from "./reasons.ts";
import { joinParts, type PartName, type Parts, PROOF_BYTES_MAX, splitParts } from "./wire.ts";

/** Who is asking: nonce and pid, or for other people's eyes only the eid that they give. */
export type Identity = { nonce: Bytes; pid: Bytes } | { eid: Bytes };
export type Own = { shard: number; index: number; tickets: number; s: number; pool: number; identity: Identity };
export type OwnGroup = { first: number; size: number; s: number; path: Bytes[]; sig: Bytes };

/** The own row in the table of the pool, and everything that ties it to the stock and the result. */
export type Drawn = {
  table: { position: number; n: number; sumTickets: number; path: Bytes[] };
  tables: { position: number; path: Bytes[] };
  pool: Pool;
  pools: Bytes[];
  /** The result row's 116 bytes. */
  result: Bytes;
  results: Bytes[];
  win?: { rank: number; path: Bytes[] };
  wait?: { rank: number; path: Bytes[] };
};
export type Exclusion = { position: number; reason: number; path: Bytes[] };

export type PublicParts = {
  manifest: Bytes;
  shard: { n: number; path: Bytes[] };
  shards: Bytes[];
  standing: { exclusion: Exclusion } | Drawn;
  seal: Bytes;
  sealed: LogProof;
  result: Bytes;
  drawn: LogProof;
};
export type Proof = PublicParts & { own: Own; group: OwnGroup };

const path = (hashes: Bytes[]): Bytes => join(...hashes);
const logged = ({ index, path: hashes }: LogProof): Bytes => join(u64(index), path(hashes));
const ranked = (row: { rank: number; path: Bytes[] } | undefined): Bytes | undefined => row && join(u32(row.rank), path(row.path));

function publicParts(proof: PublicParts): Parts {
  const { standing } = proof;
  return {
    manifest: proof.manifest,
    shard: join(u32(proof.shard.n), path(proof.shard.path)),
    shards: path(proof.shards),
    ...("exclusion" in standing
      ? { exclusion: join(u32(standing.exclusion.position), u8(standing.exclusion.reason), path(standing.exclusion.path)) }
      : drawnParts(standing)),
    seal: proof.seal,
    sealPath: logged(proof.sealed),
    sealCheckpoint: utf8(proof.sealed.checkpoint),
    drawn: proof.result,
    drawnPath: logged(proof.drawn),
    drawnCheckpoint: utf8(proof.drawn.checkpoint),
  };
}

function drawnParts({ table, tables, pool, pools, result, results, win, wait }: Drawn): Parts {
  const [winPart, waitPart] = [ranked(win), ranked(wait)];
  return {
    table: join(u32(table.position), u32(table.n), u32(table.sumTickets), path(table.path)),
    tables: join(u32(tables.position), path(tables.path)),
    pool: poolBody(pool),
    pools: path(pools),
    result,
    results: path(results),
    ...(winPart ? { win: winPart } : {}),
    ...(waitPart ? { wait: waitPart } : {}),
  };
}

/** The public part: what a server sends. It has no parts 2 and 3. */
export const publicProof = (proof: PublicParts): Bytes => joinParts(publicParts(proof));

/** The whole proof; throws where it is too long, or where the owner's nonce and pid are not at hand. */
export function proofBytes(proof: Proof): Bytes {
  const { shard, index, tickets, s, pool, identity } = proof.own;
  if (!("nonce" in identity)) throw new TypeError("a whole proof needs the owner's nonce");
  const { group } = proof;
  const bytes = joinParts({
    ...publicParts(proof),
    entry: join(u16(shard), u32(index), u8(tickets), u64(s), identity.nonce, identity.pid, u8(1), u32(pool)),
    group: join(u32(group.first), u16(group.size), u64(group.s), path(group.path), group.sig),
  });
  if (bytes.length > PROOF_BYTES_MAX) throw new RangeError(`a proof of ${bytes.length} bytes`);
  return bytes;
}

const ALWAYS: PartName[] = [
  "manifest",
  "shard",
  "shards",
  "seal",
  "sealPath",
  "sealCheckpoint",
  "drawn",
  "drawnPath",
  "drawnCheckpoint",
];
const DRAWN: PartName[] = ["table", "tables", "pool", "pools", "result", "results"];

/** Reads what a server sends; throws a Fault with the reason. */
export function readPublicProof(bytes: Uint8Array): PublicParts {
  const parts = splitParts(bytes);
  need(!parts.entry && !parts.group, "surplus-part");
  return readParts(parts);
}

/** Reads a whole proof; throws a Fault with the reason. */
export function readProof(bytes: Uint8Array): Proof {
  const parts = splitParts(bytes);
  need(parts.entry !== undefined && parts.group !== undefined, "missing-part");
  const own = inPart(parts.entry, readOwn);
  const group = inPart(parts.group, readGroup);
  return { ...readParts(parts), own, group };
}

function readParts(parts: Parts): PublicParts {
  const excluded = parts.exclusion !== undefined;
  need(
    [...ALWAYS, ...(excluded ? [] : DRAWN)].every((name) => parts[name]),
    "missing-part",
  );
  const surplus = excluded ? [...DRAWN, "win" as const, "wait" as const].some((name) => parts[name]) : parts.win && parts.wait;
  need(!surplus, "surplus-part");
  const at = (name: PartName): Bytes => parts[name] as Bytes;
  return {
    manifest: at("manifest"),
    shard: inPart(at("shard"), (reader) => ({ n: reader.u32(), path: hashes(reader) })),
    shards: inPart(at("shards"), hashes),
    standing: excluded ? { exclusion: inPart(at("exclusion"), readExclusion) } : readDrawn(parts),
    seal: at("seal"),
    sealed: readLogged(at("sealPath"), at("sealCheckpoint")),
    result: at("drawn"),
    drawn: readLogged(at("drawnPath"), at("drawnCheckpoint")),
  };
}

function readDrawn(parts: Parts): Drawn {
  const at = (name: PartName): Bytes => parts[name] as Bytes;
  const rank = (reader: Reader) => ({ rank: reader.u32(), path: hashes(reader) });
  need(at("result").length === RESULT_BODY, "part-form");
  return {
    table: inPart(at("table"), (reader) => ({
      position: reader.u32(),
      n: reader.u32(),
      sumTickets: reader.u32(),
      path: hashes(reader),
    })),
    tables: inPart(at("tables"), (reader) => ({ position: reader.u32(), path: hashes(reader) })),
    pool: inPart(at("pool"), readPoolBody),
    pools: inPart(at("pools"), hashes),
    result: at("result"),
    results: inPart(at("results"), hashes),
    ...(parts.win ? { win: inPart(parts.win, rank) } : {}),
    ...(parts.wait ? { wait: inPart(parts.wait, rank) } : {}),
  };
}

function readOwn(reader: Reader): Own {
  const [shard, index, tickets, s] = [reader.u16(), reader.u32(), reader.u8(), reader.u64()];
  const identity = { nonce: reader.take(HASH), pid: reader.take(HASH) };
  // m = 1: one pool in mode "single".
  need(reader.u8() === 1, "part-form");
  return { shard, index, tickets, s, pool: reader.u32(), identity };
}

function readGroup(reader: Reader): OwnGroup {
  const [first, size, s] = [reader.u32(), reader.u16(), reader.u64()];
  need(size >= 1 && size <= GROUP_MAX && reader.left >= 64, "part-form");
  return { first, size, s, path: hashes(reader, 64), sig: reader.take(64) };
}

const readExclusion = (reader: Reader): Exclusion => ({ position: reader.u32(), reason: reader.u8(), path: hashes(reader) });

function readLogged(pathPart: Bytes, checkpoint: Bytes): LogProof {
  const { index, hashes: list } = inPart(pathPart, (reader) => ({ index: reader.u64(), hashes: hashes(reader) }));
  return { index, path: list, checkpoint: reading("checkpoint-form", () => noteText(checkpoint)) };
}

/** All that is left but the last `after` bytes, as hashes. */
function hashes(reader: Reader, after = 0): Bytes[] {
  const count = (reader.left - after) / HASH;
  if (!Number.isInteger(count)) throw new Fault("part-form");
  return Array.from({ length: count }, () => reader.take(HASH));
}

function inPart<Value>(bytes: Bytes, read: (reader: Reader) => Value, reason: Reason = "part-form"): Value {
  return reading(reason, () => {
    const reader = new Reader(bytes);
    const value = read(reader);
    reader.end();
    return value;
  });
}
