// A session of the size that draw1, section 11, reckons with, as far as one phone sees it: 8,800 pools, 512 shards of 40,000 entries, a log of
// 2^20 entries, two of three witnesses. The own pool's table and result are real; of every other tree only the path is made up.
import { type Bytes, hex, u32, utf8 } from "../../domain/bytes.ts";
import { seedOf } from "../../domain/draw/beacon.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { eidOf, entryBody, leafHasher, shardOf } from "../../domain/draw/entry.ts";
import { type Manifest, manifestHash, objectBytes, roundFor, sealDeadline } from "../../domain/draw/manifest.ts";
import { poolRow } from "../../domain/draw/pools.ts";
import { drawPool, resultBody, resultBundle, resultRow } from "../../domain/draw/rank.ts";
import { groupMessage } from "../../domain/draw/receipt.ts";
import { NO_PREVIOUS_SEAL, type Seal, sealHash, shardRow, tableRootRow } from "../../domain/draw/seal.ts";
import { ascending, tableBodies, tableBundle } from "../../domain/draw/table.ts";
import { publicKeyOf, signWith } from "../../domain/ed25519.ts";
import { sha256 } from "../../domain/hash.ts";
import { jcs } from "../../domain/jcs.ts";
import { checkpointText } from "../../domain/log/checkpoint.ts";
import { cosignatureBytes, cosignatureMessage } from "../../domain/log/cosignature.ts";
import { KEY_TYPE, noteKey, noteOf, signatureLine, vkeyOf } from "../../domain/log/note.ts";
import { leafHash, rootThrough } from "../../domain/merkle.ts";
import { rankOf, rowIn, tableOf } from "../../domain/proof/build.ts";
import { leanProof } from "../../domain/proof/lean.ts";

const SIZE = { pools: 8_800, shards: 512, perShard: 40_000, log: 2 ** 20, group: 256 };
const ORIGIN = "shop.example.org/sessions";
const SESSION = "20250814-daily";

let drawn = 0;
const random = (): Bytes => sha256(u32(drawn++));

/** A path of the length that this place asks for, and the root that it leads to. */
function place(leaf: Bytes, index: number, size: number): { path: Bytes[]; root: Bytes } {
  const path: Bytes[] = [];
  for (;;) {
    const root = rootThrough(leaf, index, size, path);
    if (root) return { path, root };
    path.push(random());
  }
}

/** Published files by their address, and the receipt whose owner checks. `rows` is the size of the own pool's table. */
export function phoneSession(chain: Chain, signRound: (round: number) => string, rows: number) {
  const receiptSeed = sha256(utf8("receipt key"));
  const witnesses = ["w1.witness.example", "w2.witness.example", "w3.shop.example.org"].map((name) => {
    const seed = sha256(utf8(name));
    return { seed, key: noteKey(name, KEY_TYPE.cosignature, publicKeyOf(seed)) };
  });
  const pool = { pool: 4_711, sku: "flying-500", store: "GZ-0001", stock: 15, wait: 30 };
  const inPools = place(leafHash(poolRow(pool)), pool.pool - 1, SIZE.pools);
  const leads = { announceS: 86_400, reviewS: 300, sealLeadS: 60 };
  const close = chain.genesis + 1_000_000;
  const manifest: Manifest = {
    v: 1,
    type: "manifest",
    origin: ORIGIN,
    session: SESSION,
    kind: "draw",
    mode: "single",
    market: "CN",
    open: close - 3_600,
    close,
    graceS: 120,
    leads,
    beacon: {
      chain: chain.hash,
      scheme: chain.scheme,
      genesis: chain.genesis,
      period: chain.period,
      round: roundFor(chain, close, leads),
    },
    fallback: "wait",
    alg: "bottomk-sha256-tickets/1",
    ticketsMax: 1,
    shards: SIZE.shards,
    receiptKey: hex(publicKeyOf(receiptSeed)),
    poolsRoot: hex(inPools.root),
    pools: SIZE.pools,
    rulesHash: hex(random()),
    reasons: "draw1-reasons/1",
    staffHash: hex(random()),
    assurance: "person",
    witnesses: {
      k: 2,
      keys: witnesses.map(({ key }, at) => ({ key: vkeyOf(key), by: `Witness ${at + 1} (example)`, brand: at === 2 })),
    },
  };
  const plan = objectBytes(manifest);
  const M = manifestHash(plan);

  const [nonce, pid] = [random(), random()];
  const [shard, index, s] = [shardOf(pid, SIZE.shards), 20_000, close - 1_800];
  const lh = leafHasher(M, shard)(index, entryBody({ tickets: 1, s, eid: eidOf(M, nonce, pid), pool: pool.pool }));
  const group = { first: index - 100, size: SIZE.group, s };
  const inGroup = place(lh, 100, SIZE.group);
  const sig = signWith(receiptSeed, groupMessage(M, shard, group, inGroup.root));
  const inShard = place(lh, index, SIZE.perShard);
  const inShards = place(leafHash(shardRow({ shard, n: SIZE.perShard, root: inShard.root })), shard, SIZE.shards);

  const table = ascending([{ lh, tickets: 1 }, ...Array.from({ length: rows - 1 }, () => ({ lh: random(), tickets: 1 }))]);
  const tableFile = tableBundle(M, pool.pool, tableBodies(table, pool.pool));
  const own = tableOf(tableFile, M, pool.pool);
  const inTables = place(leafHash(tableRootRow(own)), pool.pool - 1, SIZE.pools);
  const seal: Seal = {
    v: 1,
    type: "seal",
    session: SESSION,
    manifest: hex(M),
    entries: SIZE.shards * SIZE.perShard,
    excluded: 2_048,
    tickets: SIZE.shards * SIZE.perShard - 2_048,
    shards: SIZE.shards,
    pools: SIZE.pools,
    shardsRoot: hex(inShards.root),
    exclusionRoot: hex(random()),
    tablesRoot: hex(inTables.root),
    prev: NO_PREVIOUS_SEAL,
  };
  const sealBytes = objectBytes(seal);
  const signature = signRound(manifest.beacon.round);
  const seed = seedOf(chain.hash, manifest.beacon.round, Uint8Array.from(Buffer.from(signature, "hex")), sealHash(sealBytes));
  const result = drawPool(pool, table, seed);
  const inResults = place(leafHash(resultRow(resultBody(result))), pool.pool - 1, SIZE.pools);
  const resultBytes = objectBytes({
    v: 1,
    type: "result",
    session: SESSION,
    manifest: hex(M),
    seal: hex(sealHash(sealBytes)),
    round: manifest.beacon.round,
    signature,
    seed: hex(seed),
    pools: SIZE.pools,
    winners: 132_000,
    waits: 264_000,
    resultRoot: hex(inResults.root),
  });

  const logSeed = sha256(utf8("log key"));
  const logKey = noteKey(ORIGIN, KEY_TYPE.ed25519, publicKeyOf(logSeed));
  const logged = (entry: Bytes, at: number, time: number) => {
    const { path, root } = place(leafHash(entry), at, SIZE.log);
    const text = checkpointText({ origin: ORIGIN, size: SIZE.log, root });
    const lines = witnesses
      .slice(0, 2)
      .map(({ seed: key, key: known }) =>
        signatureLine(known, cosignatureBytes(time, signWith(key, cosignatureMessage(text, time)))),
      );
    return { index: at, path, checkpoint: noteOf(text, [signatureLine(logKey, signWith(logSeed, utf8(text))), ...lines]) };
  };
  const deadline = sealDeadline(manifest);
  const parts = {
    manifest: plan,
    shard: { n: SIZE.perShard, path: inShard.path },
    shards: inShards.path,
    standing: {
      table: rowIn(own, lh),
      tables: { position: pool.pool - 1, path: inTables.path },
      pool,
      pools: inPools.path,
      result: resultBody(result),
      results: inResults.path,
      ...rankOf(result, lh),
    },
    seal: sealBytes,
    sealed: logged(sealBytes, 700_000, deadline - 10),
    result: resultBytes,
    drawn: logged(resultBytes, 700_001, deadline + 70),
  };
  const receipt = jcs({
    v: 1,
    type: "receipt",
    session: SESSION,
    manifest: hex(M),
    shard,
    index,
    tickets: 1,
    s,
    pools: [pool.pool],
    nonce: hex(nonce),
    pid: hex(pid),
    leaf: hex(lh),
    group,
    path: inGroup.path.map(hex),
    sig: hex(sig),
  });
  const base = `/draws/${SESSION}`;
  const files = new Map<string, Bytes>([
    [`${base}/proofs/${shard}/${index}`, leanProof(parts, manifest)],
    [`${base}/tables/${pool.pool}`, tableFile],
    [`${base}/results/${pool.pool}`, resultBundle(M, result)],
    ["/log/vkey", utf8(`${vkeyOf(logKey)}\n`)],
    ["/v1/beacons", utf8(JSON.stringify({ beacons: [chain] }))],
  ]);
  return { files, receipt, proofPath: `${base}/proofs/${shard}/${index}` };
}

export type PhoneSession = ReturnType<typeof phoneSession>;
