// What was sealed: every entry of every shard, the exclusions, the tables of the pools, and the seal over them. draw1, sections 2, 3 and 7.
import { type Bytes, hex, join, readU32 } from "../bytes.ts";
import { ENTRY_BODY, leafHashes } from "../draw/entry.ts";
import { readSeal } from "../draw/forms.ts";
import type { Manifest } from "../draw/manifest.ts";
import type { Pool } from "../draw/pools.ts";
import { EXCLUSION_REASONS } from "../draw/reasons.ts";
import {
  type Exclusion,
  exclusionRoot,
  NO_PREVIOUS_SEAL,
  readExclusionsBundle,
  readShardBundle,
  type Seal,
  type ShardRoot,
  shardsRoot,
  type TableRoot,
  tablesRoot,
} from "../draw/seal.ts";
import { readTableBodies, TABLE_BODY, tableRoot } from "../draw/table.ts";
import { HASH, rootOf } from "../merkle.ts";
import { compareHashes, sorterBy } from "../packed.ts";
import { type Announced, readObject } from "./announced.ts";
import { byPool, type Places, placeCount, twice } from "./places.ts";
import { Broken, must, reading } from "./reasons.ts";
import { type Audited, read } from "./step.ts";

export type Sealed = {
  bytes: Bytes;
  seal: Seal;
  exclusions: Exclusion[];
  shards: ShardRoot[];
  tables: TableRoot[];
  places: Places;
  /** The entries of each pool that count, ascending by leaf hash, as numbers into `places`. */
  rowsOf: (pool: number) => Uint32Array;
};

/** Hashed between two signs of life. */
const STRIDE = 16_384;

export function* readSealed(announced: Announced, pools: Pool[]): Audited<Sealed> {
  const { manifest, M } = announced;
  const folder = `draws/${manifest.session}`;
  const bytes = yield* read(`${folder}/seal.json`);
  const seal = readObject(`${folder}/seal.json`, bytes, readSeal);
  const ours = seal.manifest === hex(M) && seal.session === manifest.session;
  must(ours, "file-foreign", `${folder}/seal.json`, "belongs to another manifest");
  const exclusions = yield* readExclusions(announced);
  const { places, shards } = yield* readShards(announced, pools, seal.entries);
  yield { passed: "every entry is in the window, in a known pool, within the ticket limit" };
  const same = twice(places.eids);
  must(!same, "eid-twice", undefined, `entries ${same} of all have one public id`);
  yield { passed: "every entry's public id is used once" };
  must(hex(shardsRoot(shards)) === seal.shardsRoot, "shards-not-sealed", undefined, "the entries are not the sealed ones");
  yield { passed: "the entries are the sealed ones" };
  for (const { shard, index } of exclusions) {
    const isThere = index < (shards[shard]?.n ?? 0);
    must(isThere, "exclusion-of-nobody", `${folder}/exclusions`, `shard ${shard} has no entry ${index}`);
    places.excluded[(places.firsts[shard] as number) + index] = 1;
  }
  yield { passed: "every exclusion is an entry with a known reason" };
  const sealed = hex(exclusionRoot(exclusions)) === seal.exclusionRoot;
  must(sealed, "exclusions-not-sealed", `${folder}/exclusions`, "not the exclusions that were sealed");
  yield { passed: "the exclusions are the sealed ones" };

  const { numbers, starts } = byPool(places, pools.length);
  const rowsOf = (pool: number) => numbers.subarray(starts[pool], starts[pool + 1]);
  const tables = yield* readTables(announced, pools, places, rowsOf);
  yield { passed: "tables = entries - exclusions" };
  must(hex(tablesRoot(tables)) === seal.tablesRoot, "tables-not-sealed", undefined, "the tables are not the sealed ones");
  yield { passed: "the tables are the sealed ones" };
  const counted = {
    entries: placeCount(places),
    excluded: exclusions.length,
    tickets: tables.reduce((sum, { sumTickets }) => sum + sumTickets, 0),
    shards: shards.length,
    pools: pools.length,
    // Only a slot can have a seal before it.
    ...(manifest.kind === "draw" && { prev: NO_PREVIOUS_SEAL }),
  };
  for (const [name, value] of Object.entries(counted)) {
    const told = seal[name as keyof typeof counted];
    must(told === value, "seal-wrong", `${folder}/seal.json`, `${name} is ${told}, the files give ${value}`);
  }
  yield { passed: "the seal says nothing else" };
  return { bytes, seal, exclusions, shards, tables, places, rowsOf };
}

function* readExclusions({ manifest, M }: Announced): Audited<Exclusion[]> {
  const file = `draws/${manifest.session}/exclusions`;
  const bytes = yield* read(file);
  const exclusions = reading(file, () => readExclusionsBundle(bytes, M));
  for (const { shard, index, reason } of exclusions) {
    const isKnown = Object.hasOwn(EXCLUSION_REASONS, reason);
    must(isKnown, "unknown-exclusion", file, `reason ${reason} for entry ${index} of shard ${shard}`);
  }
  return exclusions;
}

/** `told`: how many entries the seal speaks of, for the progress alone. */
function* readShards({ manifest, M }: Announced, pools: Pool[], told: number): Audited<{ places: Places; shards: ShardRoot[] }> {
  const files = Array.from({ length: manifest.shards }, (_, shard) => `draws/${manifest.session}/shards/${shard}`);
  yield { soon: files };
  const positions = new Map(pools.map(({ pool }, at) => [pool, at]));
  const shards: ShardRoot[] = [];
  const firsts = [0];
  const parts: Part[] = [];
  for (const [shard, file] of files.entries()) {
    const bytes = yield* read(file);
    const bodies = reading(file, () => readShardBundle(bytes, M, shard));
    const n = bodies.length / ENTRY_BODY;
    const leaves = new Uint8Array(n * HASH);
    for (let from = 0; from < n; from += STRIDE) {
      const part = bodies.subarray(from * ENTRY_BODY, (from + STRIDE) * ENTRY_BODY);
      leaves.set(leafHashes(M, shard, from, part), from * HASH);
      yield { doing: "entries", done: (firsts[shard] as number) + from, of: Math.max(told, (firsts[shard] as number) + n) };
    }
    parts.push({ leaves, ...openBodies(manifest, bodies, positions, file) });
    shards.push({ shard, n, root: rootOf(leaves) });
    firsts.push((firsts[shard] as number) + n);
  }
  return { places: joined(parts, firsts), shards };
}

type Part = Pick<Places, "leaves" | "eids" | "tickets" | "seconds" | "pools">;
type Limits = Pick<Manifest, "open" | "close" | "ticketsMax">;

/** Takes a shard's bodies apart (u8 tickets, u64 s, eid, u8 m = 1, u32 pool) and holds each entry against the manifest. */
function openBodies(
  { open, close, ticketsMax }: Limits,
  bodies: Bytes,
  positions: Map<number, number>,
  file: string,
): Omit<Part, "leaves"> {
  const n = bodies.length / ENTRY_BODY;
  const part = {
    eids: new Uint8Array(n * HASH),
    tickets: new Uint8Array(n),
    seconds: new Float64Array(n),
    pools: new Uint32Array(n),
  };
  for (let index = 0; index < n; index++) {
    const from = index * ENTRY_BODY;
    const tickets = bodies[from] as number;
    // Above 2^53 it is outside of the window whatever its last bits are.
    const s = readU32(bodies, from + 1) * 0x1_0000_0000 + readU32(bodies, from + 5);
    const pool = readU32(bodies, from + 42);
    const position = positions.get(pool);
    // Written out, so that a million good entries make no text.
    if (bodies[from + 41] !== 1) throw new Broken("file-wrong-form", file, `entry ${index} does not name one pool`);
    if (tickets < 1 || tickets > ticketsMax)
      throw new Broken("tickets-out-of-range", file, `entry ${index} has ${tickets} tickets`);
    if (s < open || s >= close) throw new Broken("outside-window", file, `entry ${index} came at ${s}`);
    if (position === undefined) throw new Broken("unknown-pool", file, `entry ${index} is for pool ${pool}`);
    part.eids.set(bodies.subarray(from + 9, from + 41), index * HASH);
    part.tickets[index] = tickets;
    part.seconds[index] = s;
    part.pools[index] = position;
  }
  return part;
}

function joined(parts: Part[], firsts: number[]): Places {
  const count = firsts[firsts.length - 1] as number;
  const seconds = new Float64Array(count);
  const pools = new Uint32Array(count);
  parts.forEach((part, shard) => {
    seconds.set(part.seconds, firsts[shard]);
    pools.set(part.pools, firsts[shard]);
  });
  return {
    leaves: join(...parts.map(({ leaves }) => leaves)),
    eids: join(...parts.map(({ eids }) => eids)),
    tickets: join(...parts.map(({ tickets }) => tickets)),
    seconds,
    pools,
    excluded: new Uint8Array(count),
    firsts,
  };
}

function* readTables({ manifest, M }: Announced, pools: Pool[], places: Places, rowsOf: Sealed["rowsOf"]): Audited<TableRoot[]> {
  const files = pools.map(({ pool }) => `draws/${manifest.session}/tables/${pool}`);
  yield { soon: files };
  const sort = sorterBy(places.leaves);
  const tables: TableRoot[] = [];
  let done = 0;
  for (const [at, { pool }] of pools.entries()) {
    const file = files[at] as string;
    const bytes = yield* read(file);
    const bodies = reading(file, () => readTableBodies(bytes, M, pool));
    const rows = sort(rowsOf(at));
    must(agree(bodies, rows, places), "table-differs", file, "not the entries of this pool less the exclusions");
    yield { doing: "table rows", done, of: placeCount(places) };
    done += rows.length;
    const sumTickets = rows.reduce((sum, row) => sum + (places.tickets[row] as number), 0);
    tables.push({ pool, n: rows.length, sumTickets, root: tableRoot(bodies) });
  }
  return tables;
}

/** Whether packed table bodies hold exactly these entries, with their tickets. */
function agree(bodies: Bytes, rows: Uint32Array, { leaves, tickets }: Places): boolean {
  if (bodies.length !== rows.length * TABLE_BODY) return false;
  return rows.every((row, at) => {
    const from = at * TABLE_BODY;
    return compareHashes(bodies, from, leaves, row * HASH) === 0 && bodies[from + HASH] === tickets[row];
  });
}
