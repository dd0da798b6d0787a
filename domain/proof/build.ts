// Builds the public part of a proof from a session's published files and the log's proofs of seal and result: whole trees in memory, the
// plain way. A server with a crowd before it reads groups instead (see workers/edge/), and must come to the same bytes.
import { type Bytes, hex } from "../bytes.ts";
import { ENTRY_BODY, leafHashes, readEntryBody } from "../draw/entry.ts";
import { manifestHash } from "../draw/manifest.ts";
import { type Pool, poolRow, readPoolsBundle } from "../draw/pools.ts";
import { type PoolResult, rankRow, readResultBundle, resultBody, resultRow } from "../draw/rank.ts";
import type { Receipt } from "../draw/receipt.ts";
import { exclusionRow, readExclusionsBundle, readShardBundle, shardRow, tableRootRow } from "../draw/seal.ts";
import { positionIn, readTableBundle, tableLeaves } from "../draw/table.ts";
import type { LogProof } from "../log/proof.ts";
import { EMPTY_ROOT, HASH, leafHash, levelsOf, packHashes, pathIn, rootOf } from "../merkle.ts";
import type { Drawn, Proof, PublicParts } from "./proof.ts";
import { ownParts, type ShownReceipt } from "./receipt.ts";

/** Gives a published file by its name below /draws/{session}/. Throws when it is not there. */
export type Files = (name: string) => Bytes;

export type Place = { shard: number; index: number };

/** The log's proofs of a session's seal and result, with the cosignatures that count. */
export type Logged = { sealed: LogProof; drawn: LogProof };

export function publicParts(files: Files, shards: number, { shard, index }: Place, logged: Logged): PublicParts {
  const manifest = files("manifest.json");
  const M = manifestHash(manifest);
  const roots: Bytes[] = [];
  let mine: { leaves: Bytes; bodies: Bytes } | undefined;
  for (let at = 0; at < shards; at++) {
    const bodies = readShardBundle(files(`shards/${at}`), M, at);
    const leaves = leafHashes(M, at, 0, bodies);
    roots.push(shardRow({ shard: at, n: leaves.length / HASH, root: rootOf(leaves) }));
    if (at === shard) mine = { leaves, bodies };
  }
  const lh = mine?.leaves.slice(index * HASH, (index + 1) * HASH);
  if (!mine || lh?.length !== HASH) throw new RangeError("no such entry");
  const { pool } = readEntryBody(mine.bodies.subarray(index * ENTRY_BODY, (index + 1) * ENTRY_BODY));
  return {
    manifest,
    shard: { n: mine.leaves.length / HASH, path: pathIn(levelsOf(mine.leaves), index) },
    shards: pathOf(roots, shard),
    standing: exclusionAt(files("exclusions"), M, { shard, index }) ?? drawnOf(files, M, pool, lh),
    seal: files("seal.json"),
    result: files("result.json"),
    ...logged,
  };
}

const pathOf = (rows: Bytes[], at: number): Bytes[] => pathIn(levelsOf(packHashes(rows, leafHash)), at);

/** The excluded entry's position and path, or undefined for one that is in the draw. */
export function exclusionAt(file: Bytes, M: Uint8Array, { shard, index }: Place): PublicParts["standing"] | undefined {
  const exclusions = readExclusionsBundle(file, M);
  const position = exclusions.findIndex((one) => one.shard === shard && one.index === index);
  const found = exclusions[position];
  return found && { exclusion: { position, reason: found.reason, path: pathOf(exclusions.map(exclusionRow), position) } };
}

function drawnOf(files: Files, M: Uint8Array, pool: number, lh: Uint8Array): Drawn {
  const pools = readPoolsBundle(files("pools"), M);
  const position = pools.findIndex((one) => one.pool === pool);
  const tables = pools.map((one) => tableOf(files(`tables/${one.pool}`), M, one.pool));
  const results = pools.map((one) => readResultBundle(files(`results/${one.pool}`), M, one.pool));
  const [table, result] = [tables[position], results[position]];
  if (!table || !result) throw new RangeError("a pool that is not in the plan");
  return {
    table: rowIn(table, lh),
    tables: { position, path: pathOf(tables.map(tableRootRow), position) },
    pool: pools[position] as Pool,
    pools: pathOf(pools.map(poolRow), position),
    result: resultBody(result),
    results: pathOf(
      results.map((one) => resultRow(resultBody(one))),
      position,
    ),
    ...rankOf(result, lh),
  };
}

export type Table = { pool: number; n: number; sumTickets: number; root: Bytes; levels: Bytes[]; bodies: Bytes };

export function tableOf(file: Bytes, M: Uint8Array, pool: number): Table {
  const { rows, bodies } = readTableBundle(file, M, pool);
  const levels = levelsOf(tableLeaves(bodies));
  return {
    pool,
    n: rows.length,
    sumTickets: rows.reduce((sum, { tickets }) => sum + tickets, 0),
    root: levels.at(-1)?.length ? (levels.at(-1) as Bytes) : EMPTY_ROOT,
    levels,
    bodies,
  };
}

/** Where the own row stands in the table; throws a RangeError where it does not. */
export function rowIn({ n, sumTickets, levels, bodies }: Table, lh: Uint8Array): Drawn["table"] {
  const position = positionIn(bodies, lh);
  if (position < 0) throw new RangeError("an entry that is neither excluded nor in its table");
  return { position, n, sumTickets, path: pathIn(levels, position) };
}

/** The own win or wait row, if there is one. */
export function rankOf({ winners, waits }: PoolResult, lh: Uint8Array): Pick<Drawn, "win" | "wait"> {
  const wanted = hex(lh);
  const won = winners.findIndex((row) => hex(row.lh) === wanted);
  const waiting = waits.findIndex((row) => hex(row.lh) === wanted);
  const rows = (name: "win" | "wait", list: typeof winners, first: number) =>
    list.map((row, at) => rankRow(name, first + at, row.lh, row.score));
  if (won >= 0) return { win: { rank: won, path: pathOf(rows("win", winners, 0), won) } };
  if (waiting < 0) return {};
  return { wait: { rank: winners.length + waiting, path: pathOf(rows("wait", waits, winners.length), waiting) } };
}

/** The whole proof: the public part, and who asks. */
export const proofFor = (parts: PublicParts, receipt: Receipt | ShownReceipt): Proof => ({ ...parts, ...ownParts(receipt) });
