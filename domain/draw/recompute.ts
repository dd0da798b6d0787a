// Draws a session again from nothing but its published files, and says step by step whether they agree. Needs no server and no secret.
import { type Bytes, hex, join, same } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { HASH, rootOf } from "../merkle.ts";
import { beaconObject, seedOf, verifiedSignature } from "./beacon.ts";
import type { Chain } from "./chains.ts";
import { ENTRY_BODY, leafHashes, readEntryBody } from "./entry.ts";
import { type Manifest, manifestHash, objectBytes, parseObject, roundFor } from "./manifest.ts";
import { type Pool, poolsRoot, readPoolsBundle } from "./pools.ts";
import { drawPool, type PoolResult, type Result, resultBody, resultBundle, resultRoot } from "./rank.ts";
import { EXCLUSION_REASONS } from "./reasons.ts";
import { exclusionRoot, readExclusionsBundle, readShardBundle, type Seal, sealHash, shardsRoot, tablesRoot } from "./seal.ts";
import { ascending, type TableRow, tableBodies, tableBundle, tableRoot } from "./table.ts";

export type Check = { name: string; good: boolean };

/** Gives a published file by its name below /draws/{session}/, or the rules document as "rules". Throws when it is not there. */
export type Files = (name: string) => Bytes;

export type Recomputed = {
  results: PoolResult[];
  entries: number;
  eids: Set<string>;
  leaves: Map<string, { shard: number; index: number }>;
};

/**
 * Runs all checks in order and returns what was recomputed. `chain` is the verifier's own pin of the beacon. A file of the wrong form
 * throws a RangeError or TypeError: the caller reports it as a failed check.
 */
export function* recompute(files: Files, chain: Chain): Generator<Check, Recomputed> {
  const manifestBytes = files("manifest.json");
  const manifest = parseObject<Manifest>(manifestBytes);
  const M = manifestHash(manifestBytes);
  const { beacon } = manifest;
  const pinned =
    beacon.chain === chain.hash &&
    beacon.scheme === chain.scheme &&
    beacon.genesis === chain.genesis &&
    beacon.period === chain.period;
  yield { name: "the beacon chain is the pinned one", good: pinned };
  yield {
    name: "the round follows from the closing time",
    good: beacon.round === roundFor(chain, manifest.close, manifest.leads) && manifest.fallback === "wait",
  };
  yield { name: "the manifest is of a form that this program knows", good: isKnownForm(manifest) };
  yield { name: "the rules document is the announced one", good: hex(sha256(files("rules"))) === manifest.rulesHash };
  const pools = readPoolsBundle(files("pools"), M);
  yield {
    name: "pools and stock are the announced ones",
    good: hex(poolsRoot(pools)) === manifest.poolsRoot && pools.length === manifest.pools,
  };

  const sealBytes = files("seal.json");
  const seal = parseObject<Seal>(sealBytes);
  const { checks, rows, counted, recomputed } = entriesOf(files, manifest, M, pools, seal);
  yield* checks;
  const tables = pools.map(({ pool }) => {
    const table = ascending(rows.get(pool) as TableRow[]);
    const bodies = tableBodies(table, pool);
    return {
      pool,
      table,
      bodies,
      n: table.length,
      sumTickets: table.reduce((sum, { tickets }) => sum + tickets, 0),
      root: tableRoot(bodies),
    };
  });
  yield {
    name: "tables = entries - exclusions",
    good: tables.every(({ pool, bodies }) => same(tableBundle(M, pool, bodies), files(`tables/${pool}`))),
  };
  yield { name: "the tables are the sealed ones", good: hex(tablesRoot(tables)) === seal.tablesRoot };
  const rebuilt: Seal = {
    v: 1,
    type: "seal",
    session: manifest.session,
    manifest: hex(M),
    ...counted,
    tickets: tables.reduce((sum, { sumTickets }) => sum + sumTickets, 0),
    pools: pools.length,
    tablesRoot: hex(tablesRoot(tables)),
    prev: seal.prev,
  };
  yield { name: "the seal says nothing else", good: same(objectBytes(rebuilt), sealBytes) && /^[0-9a-f]{64}$/.test(seal.prev) };

  const { round, signature } = parseObject<{ round: number; signature: string }>(files("beacon.json"));
  const canonical = verifiedSignature(chain, round, signature);
  const file = canonical && objectBytes(beaconObject(chain.hash, beacon.round, canonical));
  yield { name: "the beacon's signature verifies", good: file !== undefined && same(file, files("beacon.json")) };
  const seed = seedOf(chain.hash, round, canonical ?? new Uint8Array(), sealHash(sealBytes));
  const results = pools.map((pool, at) => drawPool(pool, tables[at]?.table ?? [], seed));
  yield {
    name: "the winners are the ones that seal and beacon give",
    good: results.every((result) => same(resultBundle(M, result), files(`results/${result.pool}`))),
  };
  const result: Result = {
    v: 1,
    type: "result",
    session: manifest.session,
    manifest: hex(M),
    seal: hex(sealHash(sealBytes)),
    round,
    signature,
    seed: hex(seed),
    pools: pools.length,
    winners: results.reduce((sum, { winners }) => sum + winners.length, 0),
    waits: results.reduce((sum, { waits }) => sum + waits.length, 0),
    resultRoot: hex(resultRoot(join(...results.map(resultBody)))),
  };
  yield { name: "the result object is the recomputed one", good: same(objectBytes(result), files("result.json")) };
  return { results, ...recomputed };
}

function entriesOf(files: Files, manifest: Manifest, M: Bytes, pools: Pool[], seal: Seal) {
  const checks: Check[] = [];
  const exclusions = readExclusionsBundle(files("exclusions"), M);
  const excluded = new Map(exclusions.map(({ shard, index, reason }) => [`${shard}/${index}`, reason]));
  const rows = new Map<number, TableRow[]>(pools.map(({ pool }) => [pool, []]));
  const eids = new Set<string>();
  const leaves: Recomputed["leaves"] = new Map();
  let entries = 0;
  let inWindow = true;
  const shards = Array.from({ length: manifest.shards }, (_, shard) => {
    const bodies = readShardBundle(files(`shards/${shard}`), M, shard);
    const hashes = leafHashes(M, shard, 0, bodies);
    const n = hashes.length / HASH;
    for (let index = 0; index < n; index++) {
      const { tickets, s, eid, pool } = readEntryBody(bodies.subarray(index * ENTRY_BODY, (index + 1) * ENTRY_BODY));
      const lh = hashes.slice(index * HASH, (index + 1) * HASH);
      eids.add(hex(eid));
      leaves.set(hex(lh), { shard, index });
      inWindow &&= s >= manifest.open && s < manifest.close && tickets >= 1 && tickets <= manifest.ticketsMax && rows.has(pool);
      if (!excluded.has(`${shard}/${index}`)) rows.get(pool)?.push({ lh, tickets });
    }
    entries += n;
    return { shard, n, root: rootOf(hashes) };
  });
  checks.push({ name: "every entry is in the window, in a known pool, within the ticket limit", good: inWindow });
  checks.push({ name: "every entry's public id is used once", good: eids.size === entries });
  const counted = {
    entries,
    excluded: exclusions.length,
    shards: shards.length,
    shardsRoot: hex(shardsRoot(shards)),
    exclusionRoot: hex(exclusionRoot(exclusions)),
  };
  checks.push({ name: "the entries are the sealed ones", good: counted.shardsRoot === seal.shardsRoot });
  checks.push({ name: "the exclusions are the sealed ones", good: counted.exclusionRoot === seal.exclusionRoot });
  const known = exclusions.every(({ shard, index, reason }) => index < (shards[shard]?.n ?? 0) && reason in EXCLUSION_REASONS);
  checks.push({ name: "every exclusion is an entry with a known reason", good: known });
  return { checks, rows, counted, recomputed: { entries, eids, leaves } };
}

/** What a verifier of draw1 can judge: another kind, rule or table of reasons would need another program. */
function isKnownForm({
  v,
  type,
  kind,
  mode,
  alg,
  reasons,
  leads,
  graceS,
  ticketsMax,
  shards,
  open,
  close,
  session,
}: Manifest): boolean {
  return (
    v === 1 &&
    type === "manifest" &&
    (kind === "draw" || kind === "slot") &&
    mode === "single" &&
    alg === "bottomk-sha256-tickets/1" &&
    reasons === "draw1-reasons/1" &&
    /^[a-z0-9][a-z0-9-]{0,63}$/.test(session) &&
    open < close &&
    graceS <= leads.reviewS &&
    ticketsMax >= 1 &&
    ticketsMax <= 8 &&
    shards >= 1 &&
    shards <= 4096
  );
}
