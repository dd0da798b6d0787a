// The reference session as it would be published, log and witnesses included: the audit has to find every check true.
import { audit } from "../../domain/audit/audit.ts";
import { Broken } from "../../domain/audit/reasons.ts";
import { runAudit } from "../../domain/audit/step.ts";
import { type Bytes, utf8 } from "../../domain/bytes.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { readResultBundle } from "../../domain/draw/rank.ts";
import { type Wave, waveBundle } from "../../domain/draw/wave.ts";
import { parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { proofText } from "../../domain/log/proof.ts";
import { entryBundle, tileBytes, tilePath } from "../../domain/log/tiles.ts";
import { inclusionPath, nodesOf } from "../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../domain/merkle.ts";
import type { Check } from "./check.ts";
import { type Listed, publishedFiles } from "./published.ts";
import { secondWave } from "./second-wave.ts";

type Moment = "manifest" | "seal" | "result";

type Session = Listed & {
  test: { logKey: string; rules: string };
  manifestHash: string;
  waves: [Wave, Wave];
  log: { before: object[]; index: Record<Moment, number>; checkpoints: Record<Moment | "end", string> };
};

export function* auditChecks(data: Session): Iterable<Check> {
  const files = siteOf(data);
  const passed: string[] = [];
  const steps = audit({ session: data.manifest.session, plan: data.manifestHash, logKey: data.test.logKey });
  try {
    const { outcome } = runAudit(
      steps,
      (path) => files.get(path),
      (step) => void ("passed" in step && passed.push(step.passed)),
    );
    yield* passed.map((name) => ({ name, good: true }));
    yield { name: "the audit knows no limit", good: outcome.limits.length === 0 };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    yield* passed.map((name) => ({ name, good: true }));
    yield { name: `the audit of the whole session: ${error.message} (${error.file})`, good: false };
  }
}

/** Every published file under its path. */
function siteOf(data: Session): Map<string, Bytes> {
  const { manifest, waves, log, test } = data;
  const folder = `draws/${manifest.session}`;
  const named = publishedFiles(data);
  const M = manifestHash(objectBytes(manifest));
  const results = data.pools.map(([pool]) => readResultBundle(named.get(`results/${pool}`) as Bytes, M, pool));
  const first = results.flatMap(({ pool, winners }) => winners.map(({ lh }, rank) => ({ pool, rank, lh })));
  const second = secondWave(waves[1], results);
  named.set("waves/1", waveBundle(M, 1, first, [])).set("waves/2", waveBundle(M, 2, second.awards, second.lapses));

  const entries = [...log.before, manifest, data.seal, data.result, ...waves].map(objectBytes);
  const nodes = nodesOf(packHashes(entries, leafHash));
  for (const [moment, index] of Object.entries(log.index) as [Moment, number][]) {
    const checkpoint = log.checkpoints[moment];
    const path = inclusionPath(nodes, index, parseCheckpoint(checkpoint).size);
    named.set(`${moment}.tlog-proof`, utf8(proofText({ index, path, checkpoint })));
  }
  const width = entries.length;
  return new Map([
    ...[...named].map(([name, bytes]): [string, Bytes] => [`${folder}/${name}`, bytes]),
    [`rules/${manifest.rulesHash}`, utf8(test.rules)],
    ["log/checkpoint", utf8(log.checkpoints.end)],
    [`log/${tilePath({ level: "entries", at: 0, width })}`, entryBundle(entries)],
    [`log/${tilePath({ level: 0, at: 0, width })}`, tileBytes(nodes, 0, 0, width)],
  ]);
}
