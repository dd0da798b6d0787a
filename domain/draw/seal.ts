// The frozen state: shard roots, exclusions, tables, and the seal object that fixes them. draw1, sections 2, 3 and 10.
import { type Bytes, concat, join, Malformed, u8, u16, u32 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { rootOf, rootOfRows } from "../merkle.ts";
import { ENTRY_BODY, leafHashes } from "./entry.ts";
import { openBundle, row, tag } from "./tags.ts";

export type ShardRoot = { shard: number; n: number; root: Bytes };
export type Exclusion = { shard: number; index: number; reason: number };
export type TableRoot = { pool: number; n: number; sumTickets: number; root: Bytes };

export const shardRoot = (manifest: Uint8Array, shard: number, bodies: Uint8Array): Bytes =>
  rootOf(leafHashes(manifest, shard, 0, bodies));

export const shardRow = ({ shard, n, root }: ShardRoot): Bytes => row("shard", u16(shard), u32(n), root);

/** Over every shard 0..shards-1, the empty ones too. */
export const shardsRoot = (shards: ShardRoot[]): Bytes => rootOfRows(shards.map(shardRow));

const exclusionBody = ({ shard, index, reason }: Exclusion): Bytes => join(u16(shard), u32(index), u8(reason));

export const exclusionRow = (exclusion: Exclusion): Bytes => row("excl", exclusionBody(exclusion));

/** Ascending (shard, index), each at most once. */
export const exclusionRoot = (exclusions: Exclusion[]): Bytes => rootOfRows(exclusions.map(exclusionRow));

export const tableRootRow = ({ pool, n, sumTickets, root }: TableRoot): Bytes =>
  row("table", u32(pool), u32(n), u32(sumTickets), root);

export const tablesRoot = (tables: TableRoot[]): Bytes => rootOfRows(tables.map(tableRootRow));

export const exclusionsBundle = (manifest: Uint8Array, exclusions: Exclusion[]): Bytes =>
  concat([tag("bundle-exclusions"), manifest, u32(exclusions.length), ...exclusions.map(exclusionBody)]);

/** Whether places ascend by (shard, index), each at most once. */
export const inOrder = (places: { shard: number; index: number }[]): boolean =>
  places.every((one, at) => {
    const before = places[at - 1];
    return !before || before.shard < one.shard || (before.shard === one.shard && before.index < one.index);
  });

/** Reads the file back; throws Malformed unless it is whole, for this manifest and strictly ascending. */
export function readExclusionsBundle(bytes: Uint8Array, manifest: Uint8Array): Exclusion[] {
  const reader = openBundle(bytes, "bundle-exclusions", manifest);
  const exclusions = Array.from({ length: reader.u32() }, () => ({
    shard: reader.u16(),
    index: reader.u32(),
    reason: reader.u8(),
  }));
  reader.end();
  if (!inOrder(exclusions)) throw new Malformed("not-ascending", "exclusions must ascend");
  return exclusions;
}

/** The published file `shards/{s}`; `bodies` are the entries' bodies in order of index. */
export const shardBundle = (manifest: Uint8Array, shard: number, bodies: Uint8Array[]): Bytes => {
  const n = bodies.reduce((sum, part) => sum + part.length, 0) / ENTRY_BODY;
  return join(tag("bundle-shard"), manifest, u16(shard), u32(n), ...bodies);
};

/** Where bodies lie in a shard file: behind T("bundle-shard") || M || u16 s || u32 n. */
export const bodiesRange = (first: number, count: number): { offset: number; length: number } => ({
  offset: tag("bundle-shard").length + 32 + 6 + first * ENTRY_BODY,
  length: count * ENTRY_BODY,
});

/** The bodies of a shard file, packed; throws Malformed unless it is whole and for this shard. */
export function readShardBundle(bytes: Uint8Array, manifest: Uint8Array, shard: number): Bytes {
  const reader = openBundle(bytes, "bundle-shard", manifest, u16(shard));
  const bodies = reader.take(reader.u32() * ENTRY_BODY);
  reader.end();
  return bodies;
}

export type Seal = {
  v: 1;
  type: "seal";
  session: string;
  manifest: string;
  entries: number;
  excluded: number;
  tickets: number;
  shards: number;
  pools: number;
  shardsRoot: string;
  exclusionRoot: string;
  tablesRoot: string;
  /** sealHash of the slot before; 64 zeros if none. */
  prev: string;
};

export const NO_PREVIOUS_SEAL = "0".repeat(64);

/** sealHash = H(T("seal") || JCS(seal)). */
export const sealHash = (bytes: Uint8Array): Bytes => sha256(join(tag("seal"), bytes));
