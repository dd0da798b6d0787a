// The reference session's phone proofs: each is built again byte for byte, holds, and no longer holds once any byte of it is changed.
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { leafHashes } from "../../domain/draw/entry.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { groupMessage } from "../../domain/draw/receipt.ts";
import { readShardBundle } from "../../domain/draw/seal.ts";
import { signWith } from "../../domain/ed25519.ts";
import { parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { inclusionPath, nodesOf } from "../../domain/log/tree.ts";
import { HASH, leafHash, levelsOf, packHashes, pathIn, rootOf } from "../../domain/merkle.ts";
import { publicParts } from "../../domain/proof/build.ts";
import { checkProof } from "../../domain/proof/check.ts";
import { checkPool } from "../../domain/proof/pool.ts";
import { type OwnGroup, proofBytes, readProof } from "../../domain/proof/proof.ts";
import type { Step } from "../../domain/proof/reasons.ts";
import { proofText, readProofText } from "../../domain/proof/text.ts";
import type { Facts, Trust } from "../../domain/proof/work.ts";
import { type Check, equal } from "./check.ts";
import { type Listed, publishedFiles, reader } from "./published.ts";

type Session = Listed & {
  test: { logKey: string; receiptSeed: string };
  manifestHash: string;
  groups: [shard: number, first: number, size: number, s: number][];
  log: { before: object[]; index: { seal: number; result: number }; checkpoints: { seal: string; result: string } };
  proofs: { entry: [shard: number, index: number]; verdict: string; reason: number; score: string; wire: string }[];
};

const STANDING: { [verdict: string]: string } = { won: "won", waitlist: "wait", excluded: "excluded", lost: "lost" };

export function* proofChecks(data: Session): Iterable<Check> {
  const files = publishedFiles(data);
  const published = reader(files);
  const trust = { chains: [QUICKNET], logKeys: [data.test.logKey], seen: data.manifestHash };
  const logged = loggedIn(data);
  for (const { entry, verdict, reason, score, wire } of data.proofs) {
    const [shard, index] = entry;
    const bytes = unhex(wire);
    const theirs = readProof(bytes);
    const parts = publicParts(published, data.manifest.shards, { shard, index }, logged);
    const ours = { ...parts, own: theirs.own, group: groupOf(data, published(`shards/${shard}`), shard, index) };
    yield equal(`${verdict} proof: bytes`, hex(proofBytes(ours)), wire);
    const { steps, facts } = checked(bytes, trust);
    yield equal(
      `${verdict} proof: every step holds`,
      steps.filter(({ state }) => state !== "ok"),
      [],
    );
    yield equal(
      `${verdict} proof: verdict`,
      [facts.standing, facts.reason ?? 0, facts.score ?? ""],
      [STANDING[verdict], reason, score],
    );
    yield equal(`${verdict} proof: as text and back`, hex(proofBytes(readProofText(proofText(theirs)))), wire);
    if (facts.standing === "excluded") continue;
    const pool = { table: published(`tables/${theirs.own.pool}`), result: published(`results/${theirs.own.pool}`) };
    yield {
      name: `${verdict} proof: the whole pool follows`,
      good: [...checkPool(facts, pool)].every(({ state }) => state === "ok"),
    };
  }
  const [won] = data.proofs;
  if (won) yield everyByte(unhex(won.wire), trust);
}

function checked(bytes: Uint8Array, trust: Trust): { steps: Step[]; facts: Facts } {
  const run = checkProof(() => readProof(bytes), trust);
  const steps: Step[] = [];
  for (;;) {
    const { done, value } = run.next();
    if (done) return { steps, facts: value };
    steps.push(value);
  }
}

/** One bit of each byte, another one from byte to byte: no place of a proof is without weight. */
function everyByte(bytes: Bytes, trust: Trust): Check {
  let held = 0;
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] as number) ^ (1 << (at % 8));
    if (checked(changed, trust).steps.at(-1)?.state !== "failed") held++;
  }
  return { name: `${bytes.length} proofs with one changed bit are refused`, good: held === 0 };
}

function loggedIn({ log, manifest, seal, result }: Session) {
  const nodes = nodesOf(packHashes([...log.before, manifest, seal, result].map(objectBytes), leafHash));
  const proofOf = (index: number, checkpoint: string) => ({
    index,
    checkpoint,
    path: inclusionPath(nodes, index, parseCheckpoint(checkpoint).size),
  });
  return { sealed: proofOf(log.index.seal, log.checkpoints.seal), drawn: proofOf(log.index.result, log.checkpoints.result) };
}

/** Part 3 of a proof, signed anew. */
function groupOf(data: Session, bundle: Bytes, shard: number, index: number): OwnGroup {
  const M = manifestHash(objectBytes(data.manifest));
  const leaves = leafHashes(M, shard, 0, readShardBundle(bundle, M, shard));
  const [, first, size, s] = data.groups.find(
    ([other, from, count]) => other === shard && index >= from && index < from + count,
  ) as Session["groups"][number];
  const mine = leaves.slice(first * HASH, (first + size) * HASH);
  const group = { first, size, s };
  const sig = signWith(unhex(data.test.receiptSeed), groupMessage(M, shard, group, rootOf(mine)));
  return { ...group, path: pathIn(levelsOf(mine), index - first), sig };
}
