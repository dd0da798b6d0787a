// One whole reference session of draw1: from the manifest to the waves, every hash, signature and published file.
import { hex, join, unhex, utf8 } from "../../domain/bytes.ts";
import { seedOf, verifiedSignature } from "../../domain/draw/beacon.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { eidOf, entryBody, leafHashes, pidOf, shardOf } from "../../domain/draw/entry.ts";
import { type Manifest, manifestHash, objectBytes, receiptSeed, roundFor, sealDeadline } from "../../domain/draw/manifest.ts";
import { passBody, passKey, passMessage, passText, readPass, splitPass } from "../../domain/draw/pass.ts";
import { type Pool, poolsBundle, poolsRoot } from "../../domain/draw/pools.ts";
import { drawPool, resultBody, resultBundle, resultHash, resultRoot, scorer } from "../../domain/draw/rank.ts";
import {
  type Group,
  groupMessage,
  type Receipt,
  receiptText,
  refusalMessage,
  withdrawalMessage,
} from "../../domain/draw/receipt.ts";
import {
  exclusionRoot,
  exclusionsBundle,
  sealHash,
  shardBundle,
  shardRoot,
  shardsRoot,
  tablesRoot,
} from "../../domain/draw/seal.ts";
import { ascending, tableBodies, tableBundle, tableRoot } from "../../domain/draw/table.ts";
import { awardsRoot, lapsesRoot, type Wave, waveBundle } from "../../domain/draw/wave.ts";
import { publicKeyOf, signWith } from "../../domain/ed25519.ts";
import { hmac, sha256 } from "../../domain/hash.ts";
import { jcs } from "../../domain/jcs.ts";
import { HASH, rootOf } from "../../domain/merkle.ts";
import { type Check, equal } from "./check.ts";
import { secondWave } from "./second-wave.ts";

type Session = {
  test: { operatorSecret: string; pepper: string; receiptSeed: string; passKey: string; rules: string };
  manifest: Manifest;
  manifestHash: string;
  pools: [pool: number, sku: string, store: string, stock: number, wait: number][];
  entries: [shard: number, index: number, tickets: number, s: number, eid: string, pools: [number]][];
  groups: [shard: number, first: number, size: number, s: number][];
  exclusions: [shard: number, index: number, reason: number][];
  roots: {
    poolsRoot: string;
    shards: [number, string][];
    shardsRoot: string;
    exclusionRoot: string;
    tables: unknown;
    tablesRoot: string;
    resultRoot: string;
  };
  seal: object;
  sealHash: string;
  beacon: { round: number; signature: string };
  seed: string;
  scores: string[];
  results: {
    pool: number;
    stock: number;
    n: number;
    cutoff: string;
    winners: [number, number][];
    waits: [number, number][];
    winRoot: string;
    waitRoot: string;
  }[];
  result: object;
  resultHash: string;
  waves: Wave[];
  receipts: { person: string; receipt: Receipt }[];
  withdrawals: { shard: number; index: number; leaf: string; s: number; sig: string }[];
  refusals: { shard: number; pools: [number]; nonce: string; pid: string; code: number; s: number; sig: string }[];
  pass: string;
  overload: string;
  bundles: Record<string, { bytes: number; sha256: string }>;
};

export function* draw1Checks(data: Session): Iterable<Check> {
  const { manifest, test } = data;
  const M = manifestHash(objectBytes(manifest));
  yield equal("manifestHash", hex(M), data.manifestHash);
  yield equal("round formula", roundFor(QUICKNET, manifest.close, manifest.leads), manifest.beacon.round);
  yield equal("rulesHash", hex(sha256(utf8(test.rules))), manifest.rulesHash);

  const seed32 = receiptSeed(unhex(test.operatorSecret), manifest.origin, manifest.session);
  yield equal("receipt seed", hex(seed32), test.receiptSeed);
  yield equal("receipt key", hex(publicKeyOf(seed32)), manifest.receiptKey);

  const pools: Pool[] = data.pools.map(([pool, sku, store, stock, wait]) => ({ pool, sku, store, stock, wait }));
  yield equal("poolsRoot", hex(poolsRoot(pools)), data.roots.poolsRoot);
  yield* passes(data, M);

  const bodies = Array.from({ length: manifest.shards }, (_, shard) =>
    join(
      ...data.entries
        .filter((entry) => entry[0] === shard)
        .map(([, , tickets, s, eid, [pool]]) => entryBody({ tickets, s, eid: unhex(eid), pool })),
    ),
  );
  const leaves = bodies.map((part, shard) => leafHashes(M, shard, 0, part));
  const lhOf = (shard: number, index: number) => (leaves[shard] as Uint8Array).slice(index * HASH, (index + 1) * HASH);
  yield* signatures(data, M, seed32, leaves);

  const roots = bodies.map((part, shard) => ({
    shard,
    n: (leaves[shard] as Uint8Array).length / HASH,
    root: shardRoot(M, shard, part),
  }));
  yield equal(
    "shard roots",
    roots.map(({ n, root }) => [n, hex(root)]),
    data.roots.shards,
  );
  yield equal("shardsRoot", hex(shardsRoot(roots)), data.roots.shardsRoot);
  const exclusions = data.exclusions.map(([shard, index, reason]) => ({ shard, index, reason }));
  yield equal("exclusionRoot", hex(exclusionRoot(exclusions)), data.roots.exclusionRoot);

  const excluded = new Set(data.exclusions.map(([shard, index]) => `${shard}/${index}`));
  const tables = pools.map(({ pool }) => {
    const rows = data.entries
      .filter(([shard, index, , , , [wanted]]) => wanted === pool && !excluded.has(`${shard}/${index}`))
      .map(([shard, index, tickets]) => ({ lh: lhOf(shard, index), tickets }));
    const packed = tableBodies(ascending(rows), pool);
    return {
      pool,
      rows,
      bodies: packed,
      n: rows.length,
      sumTickets: rows.reduce((sum, { tickets }) => sum + tickets, 0),
      root: tableRoot(packed),
    };
  });
  yield equal(
    "table roots",
    tables.map(({ pool, n, sumTickets, root }) => [pool, n, sumTickets, hex(root)]),
    data.roots.tables,
  );
  yield equal("tablesRoot", hex(tablesRoot(tables)), data.roots.tablesRoot);
  const sealed = sealHash(objectBytes(data.seal));
  yield equal("sealHash", hex(sealed), data.sealHash);
  yield { name: "the seal's deadline lies after grace", good: sealDeadline(manifest) >= manifest.close + manifest.graceS };

  const signature = verifiedSignature(QUICKNET, data.beacon.round, data.beacon.signature);
  yield { name: "beacon verifies", good: signature !== undefined };
  if (!signature) return;
  const seed = seedOf(manifest.beacon.chain, data.beacon.round, signature, sealed);
  yield equal("seed", hex(seed), data.seed);
  const score = scorer(seed);
  const scores = data.entries.map(([shard, index, tickets]) =>
    excluded.has(`${shard}/${index}`) ? "" : hex(score(lhOf(shard, index), tickets)),
  );
  yield equal("scores", scores, data.scores);

  const results = pools.map((pool, at) => drawPool(pool, tables[at]?.rows ?? [], seed));
  const place = new Map(data.entries.map(([shard, index]) => [hex(lhOf(shard, index)), [shard, index]]));
  yield equal(
    "results",
    results.map(({ pool, stock, n, cutoff, winners, waits, winRoot, waitRoot }) => ({
      pool,
      stock,
      n,
      cutoff: hex(cutoff),
      winners: winners.map(({ lh }) => place.get(hex(lh))),
      waits: waits.map(({ lh }) => place.get(hex(lh))),
      winRoot: hex(winRoot),
      waitRoot: hex(waitRoot),
    })),
    data.results.map(({ pool, stock, n, cutoff, winners, waits, winRoot, waitRoot }) => ({
      pool,
      stock,
      n,
      cutoff,
      winners,
      waits,
      winRoot,
      waitRoot,
    })),
  );
  yield equal("resultRoot", hex(resultRoot(join(...results.map(resultBody)))), data.roots.resultRoot);
  yield equal("resultHash", hex(resultHash(objectBytes(data.result))), data.resultHash);

  const files: Record<string, Uint8Array> = { pools: poolsBundle(M, pools), exclusions: exclusionsBundle(M, exclusions) };
  for (const [shard, part] of bodies.entries()) files[`shards/${shard}`] = shardBundle(M, shard, [part]);
  for (const { pool, bodies: packed } of tables) files[`tables/${pool}`] = tableBundle(M, pool, packed);
  for (const result of results) files[`results/${result.pool}`] = resultBundle(M, result);
  const first = results.flatMap(({ pool, winners }) => winners.map(({ lh }, rank) => ({ pool, rank, lh })));
  yield equal("awardsRoot of wave 1", hex(awardsRoot(first)), data.waves[0]?.awardsRoot);
  files["waves/1"] = waveBundle(M, 1, first, []);
  const second = secondWave(data.waves[1] as Wave, results);
  yield equal(
    "wave 2",
    [hex(awardsRoot(second.awards)), hex(lapsesRoot(second.lapses))],
    [data.waves[1]?.awardsRoot, data.waves[1]?.lapsesRoot],
  );
  files["waves/2"] = waveBundle(M, 2, second.awards, second.lapses);
  for (const [name, { bytes, sha256: digest }] of Object.entries(data.bundles)) {
    const file = files[name];
    yield equal(`file ${name}`, file && [file.length, hex(sha256(file))], [bytes, digest]);
  }
}

function* passes(data: Session, M: Uint8Array): Iterable<Check> {
  const key = passKey(unhex(data.test.operatorSecret), M);
  yield equal("pass key", hex(key), data.test.passKey);
  for (const [type, text] of [
    ["pass", data.pass],
    ["overload", data.overload],
  ] as const) {
    const parts = splitPass(text);
    const body = parts && passBody(readPass(parts.body));
    yield equal(`${type} text`, body && passText(body, hmac(key, passMessage(type, body))), text);
  }
}

function* signatures(data: Session, M: Uint8Array, seed: Uint8Array, leaves: Uint8Array[]): Iterable<Check> {
  const { manifest } = data;
  for (const [at, { person, receipt }] of data.receipts.entries()) {
    const pid = pidOf(unhex(data.test.pepper), unhex(person), M);
    const [, first, size, s] = data.groups.find(
      ([shard, from, count]) => shard === receipt.shard && receipt.index >= from && receipt.index < from + count,
    ) as [number, number, number, number];
    const group: Group = { first, size, s };
    const groupLeaves = (leaves[receipt.shard] as Uint8Array).slice(first * HASH, (first + size) * HASH);
    const sig = hex(signWith(seed, groupMessage(M, receipt.shard, group, rootOf(groupLeaves))));
    const entry = data.entries.find(
      ([shard, index]) => shard === receipt.shard && index === receipt.index,
    ) as Session["entries"][number];
    yield equal(`receipt ${at}: shard of the pid`, shardOf(pid, manifest.shards), receipt.shard);
    yield equal(`receipt ${at}: eid`, hex(eidOf(M, unhex(receipt.nonce), pid)), entry[4]);
    const text = receiptText({
      session: manifest.session,
      manifest: hex(M),
      shard: receipt.shard,
      index: receipt.index,
      tickets: entry[2],
      s: entry[3],
      pool: entry[5][0],
      nonce: receipt.nonce,
      pid: hex(pid),
      group,
      sig,
      leaves: groupLeaves,
    });
    yield equal(`receipt ${at}: bytes`, text, jcs(receipt));
  }
  for (const [at, { shard, index, leaf, s, sig }] of data.withdrawals.entries()) {
    yield equal(`withdrawal ${at}`, hex(signWith(seed, withdrawalMessage(M, shard, index, unhex(leaf), s))), sig);
  }
  for (const [
    at,
    {
      shard,
      pools: [pool],
      nonce,
      pid,
      code,
      s,
      sig,
    },
  ] of data.refusals.entries()) {
    const eid = eidOf(M, unhex(nonce), unhex(pid));
    yield equal(`refusal ${at}`, hex(signWith(seed, refusalMessage(M, shard, eid, pool, code, s))), sig);
  }
}
