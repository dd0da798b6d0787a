// The reference session's log: its key, every checkpoint with its cosignatures, the places of manifest, seal and result.
import { hex, unhex, utf8 } from "../../domain/bytes.ts";
import { type Manifest, objectBytes, sealDeadline } from "../../domain/draw/manifest.ts";
import { checkpointText, isSignedBy, parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { cosigned, hasQuorum } from "../../domain/log/cosignature.ts";
import { parseVkey, vkeyOf } from "../../domain/log/note.ts";
import { covering, parseProof, proofText } from "../../domain/log/proof.ts";
import { entryBundle, nodesInTiles, readEntryBundle, tileBytes } from "../../domain/log/tiles.ts";
import { consistencyPath, consistent, inclusionPath, nodesOf, treeRoot } from "../../domain/log/tree.ts";
import { leafHash, packHashes, rootOfRows } from "../../domain/merkle.ts";
import { type Check, equal } from "./check.ts";

type Moment = "manifest" | "seal" | "result" | "end";

type Session = {
  test: { logKey: string };
  manifest: Manifest;
  seal: object;
  result: object;
  waves: object[];
  log: { before: object[]; index: Record<"manifest" | "seal" | "result", number>; checkpoints: Record<Moment, string> };
  proofs: { verdict: string; parts: { tag: number; bytes: number }[]; wire: string }[];
};

export function* logChecks(data: Session): Iterable<Check> {
  const { manifest, seal, result, waves, log } = data;
  const entries = [...log.before, manifest, seal, result, ...waves].map(objectBytes);
  const nodes = nodesOf(packHashes(entries, leafHash));
  const logKey = parseVkey(data.test.logKey);
  yield equal("log key", vkeyOf(logKey), data.test.logKey);
  const [announced, sealed, drawn, last] = (["manifest", "seal", "result", "end"] as const).map((moment) =>
    parseCheckpoint(log.checkpoints[moment]),
  ) as [Signed, Signed, Signed, Signed];
  for (const checkpoint of [announced, sealed, drawn, last]) {
    const { origin, size, root, note } = checkpoint;
    yield equal(`checkpoint ${size}: root`, hex(treeRoot(nodes, size)), hex(root));
    yield equal(`checkpoint ${size}: text`, checkpointText({ origin: manifest.origin, size, root }), note.text);
    yield { name: `checkpoint ${size}: the log's signature`, good: origin === manifest.origin && isSignedBy(checkpoint, logKey) };
    yield { name: `checkpoint ${size}: quorum`, good: hasQuorum(cosigned(note, manifest.witnesses), manifest.witnesses) };
  }
  yield timely("manifest before open - lead", announced, manifest, manifest.open - manifest.leads.announceS);
  yield timely("seal before the deadline", sealed, manifest, sealDeadline(manifest));
  for (const older of [announced, sealed, drawn, last]) {
    const path = consistencyPath(nodes, older.size, last.size);
    yield {
      name: `${older.size} to ${last.size} consistent`,
      good: consistent(older.size, last.size, path, older.root, last.root),
    };
  }
  for (const [moment, index] of Object.entries(log.index) as [keyof typeof log.index, number][]) {
    const checkpoint = log.checkpoints[moment];
    const proof = parseProof(proofText({ index, path: inclusionPath(nodes, index, parseCheckpoint(checkpoint).size), checkpoint }));
    yield { name: `${moment} in the log`, good: covering(proof, entries[index] as Uint8Array) !== undefined };
  }
  const tile = tileBytes(nodes, 0, 0, entries.length);
  yield equal(
    "root from the tile",
    hex(
      treeRoot(
        nodesInTiles(() => tile),
        entries.length,
      ),
    ),
    hex(last.root),
  );
  const bundled = readEntryBundle(entryBundle(entries), entries.length);
  yield equal("root from the entry bundle", hex(rootOfRows(bundled)), hex(last.root));
  yield* phoneParts(data, nodes);
}

type Signed = ReturnType<typeof parseCheckpoint>;

function timely(name: string, { note }: Signed, { witnesses }: Manifest, before: number): Check {
  return { name, good: hasQuorum(cosigned(note, witnesses), witnesses, before) };
}

/** Parts 16, 17, 19 and 20 of the phone proofs are a place in the log and the checkpoint that covers it. */
function* phoneParts({ log, proofs }: Session, nodes: ReturnType<typeof nodesOf>): Iterable<Check> {
  for (const { verdict, parts, wire } of proofs) {
    const bytes = unhex(wire);
    let at = utf8("draw1/proof\n").length;
    for (const { tag, bytes: length } of parts) {
      const part = hex(bytes.subarray(at + 3, at + 3 + length));
      at += 3 + length;
      if (tag === 17 || tag === 20) {
        const checkpoint = log.checkpoints[tag === 17 ? "seal" : "result"];
        yield equal(`${verdict} proof, part ${tag}`, part, hex(utf8(checkpoint)));
      }
      if (tag === 16 || tag === 19) {
        const moment = tag === 16 ? "seal" : "result";
        const index = log.index[moment];
        const path = inclusionPath(nodes, index, parseCheckpoint(log.checkpoints[moment]).size);
        yield equal(`${verdict} proof, part ${tag}`, part, [index.toString(16).padStart(16, "0"), ...path.map(hex)].join(""));
      }
    }
  }
}
