// Makes the public part of one entry's proof from published files: no object is called, no row of D1 is read, however many ask at once.
import type { Bytes } from "../../domain/bytes.ts";
import { readEntryBody } from "../../domain/draw/entry.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import { readResultBundle, resultBody } from "../../domain/draw/rank.ts";
import { positionIn } from "../../domain/draw/table.ts";
import { noteText } from "../../domain/log/note.ts";
import { parseProof } from "../../domain/log/proof.ts";
import { exclusionAt, type Place, rankOf, rowIn } from "../../domain/proof/build.ts";
import { leanProof } from "../../domain/proof/lean.ts";
import type { PublicParts } from "../../domain/proof/proof.ts";
import type { SessionFacts } from "./facts.ts";
import { ProofFiles } from "./proof-files.ts";

/** The bytes of the public part; undefined where there is no such entry, or no result in the log yet. */
export async function proofAt(env: Env, facts: SessionFacts, place: Place): Promise<Bytes | undefined> {
  const { manifest, M } = facts;
  const files = new ProofFiles(env, manifest.session, M);
  const names = ["manifest.json", "seal.json", "result.json", "seal.tlog-proof", "result.tlog-proof"];
  // The result's proof comes last: once it is there, so is everything else.
  const drawn = await files.file("result.tlog-proof");
  if (!drawn || place.shard >= manifest.shards) return undefined;
  const [[plan, seal, result, sealed], entry] = await Promise.all([
    Promise.all(names.map((name) => files.file(name))),
    files.entry(place.shard, place.index),
  ]);
  if (!entry || !plan || !seal || !result || !sealed) return undefined;
  const [shards, standing] = await Promise.all([
    files.path("shards", manifest.shards, place.shard),
    standingOf(files, facts, place, entry),
  ]);
  const parts: PublicParts = {
    manifest: plan,
    shard: { n: entry.n, path: entry.path },
    shards,
    standing,
    seal,
    sealed: parseProof(noteText(sealed)),
    result,
    drawn: parseProof(noteText(drawn)),
  };
  return leanProof(parts, manifest);
}

async function standingOf(
  files: ProofFiles,
  { M, pools }: SessionFacts,
  place: Place,
  { body, lh }: { body: Bytes; lh: Bytes },
): Promise<PublicParts["standing"]> {
  const { at: position, ...pool } = pools.get(readEntryBody(body).pool) as Pool & { at: number };
  const table = await files.table(pool.pool);
  if (positionIn(table.bodies, lh) < 0) {
    const excluded = exclusionAt((await files.exclusions()) as Bytes, M, place);
    if (!excluded) throw new Error(`entry ${place.shard}/${place.index} is neither in its table nor excluded`);
    return excluded;
  }
  const size = pools.size;
  const [drawn, inTables, inPools, inResults] = await Promise.all([
    files.file(`results/${pool.pool}`),
    files.path("tables", size, position),
    files.path("pools", size, position),
    files.path("results", size, position),
  ]);
  const result = readResultBundle(drawn as Bytes, M, pool.pool);
  return {
    table: rowIn(table, lh),
    tables: { position, path: inTables },
    pool,
    pools: inPools,
    result: resultBody(result),
    results: inResults,
    ...rankOf(result, lh),
  };
}
