// The public log as its files hold it (C2SP tlog-tiles): all entries under the newest checkpoint, checked against tiles and root.
import { type Bytes, same } from "../bytes.ts";
import { isSignedBy, parseCheckpoint, type SignedCheckpoint } from "../log/checkpoint.ts";
import { cosigned, type Witnesses } from "../log/cosignature.ts";
import { type NoteKey, noteText } from "../log/note.ts";
import { parseProof } from "../log/proof.ts";
import { readEntryBundle, TILE_WIDTH, type Tile, tileBytes, tilePath, tilesOf } from "../log/tiles.ts";
import { type Nodes, nodesOf, treeRoot } from "../log/tree.ts";
import { HASH, included, leafHash, packHashes, rootOf } from "../merkle.ts";
import { Broken, must, reading } from "./reasons.ts";
import { type Audited, read } from "./step.ts";

export const CHECKPOINT = "log/checkpoint";

/** Whose log it is, and whose cosignatures matter. */
export type LogIdentity = { origin: string; key: NoteKey; witnesses: Witnesses };

export type PublishedLog = { identity: LogIdentity; checkpoint: SignedCheckpoint; entries: Bytes[]; leaves: Bytes; nodes: Nodes };

const pathOf = (tile: Tile): string => `log/${tilePath(tile)}`;

/** Reads a checkpoint that has to be this log's. One bad cosignature of a known witness spoils it. */
export function openCheckpoint(file: string, note: () => string, { origin, key, witnesses }: LogIdentity): SignedCheckpoint {
  const checkpoint = reading(file, () => parseCheckpoint(note()), "checkpoint-form");
  must(checkpoint.origin === origin, "other-log", file, `of the log ${checkpoint.origin}`);
  const good = reading(file, () => isSignedBy(checkpoint, key), "checkpoint-form");
  must(good, "log-signature", file, `not signed by ${key.name}`);
  reading(file, () => cosigned(checkpoint.note, witnesses), "cosignature");
  return checkpoint;
}

export function* readLog(checkpointBytes: Bytes, identity: LogIdentity): Audited<PublishedLog> {
  const checkpoint = openCheckpoint(CHECKPOINT, () => noteText(checkpointBytes), identity);
  const tiles = tilesOf(0, checkpoint.size);
  const bundles = tiles.filter(({ level }) => level === "entries");
  yield { soon: bundles.map(pathOf) };
  const entries: Bytes[] = [];
  for (const tile of bundles) {
    const bytes = yield* read(pathOf(tile));
    entries.push(...reading(pathOf(tile), () => readEntryBundle(bytes, tile.width)));
  }
  const leaves = packHashes(entries, leafHash);
  const log = { identity, checkpoint, entries, leaves, nodes: nodesOf(leaves) };
  const hashTiles = tiles.filter(({ level }) => level !== "entries") as HashTile[];
  yield* checkTiles(
    log,
    hashTiles.sort((a, b) => a.level - b.level || a.at - b.at),
  );
  return log;
}

type HashTile = Tile & { level: number };

/** Entries, tiles and checkpoint must agree; where two of them do, the third is named. `tiles` from the lowest level up. */
function* checkTiles({ checkpoint, leaves, nodes }: PublishedLog, tiles: HashTile[]): Audited<void> {
  const isRight = same(treeRoot(nodes, checkpoint.size), checkpoint.root);
  yield { soon: tiles.map(pathOf) };
  const lowest: Bytes[] = [];
  for (const tile of tiles) {
    const file = pathOf(tile);
    const bytes = yield* read(file);
    const length = tile.width * HASH;
    must(bytes.length >= length, "file-truncated", file, `${bytes.length} bytes, not ${length}`);
    must(bytes.length <= length, "file-too-long", file, `${bytes.length} bytes, not ${length}`);
    if (isRight) {
      const expected = tileBytes(nodes, tile.level, tile.at, tile.width);
      must(same(bytes, expected), "log-tile-wrong", file, "other hashes than those of the entries");
    } else if (tile.level === 0) {
      lowest.push(bytes);
    } else break;
  }
  if (!isRight) blame(checkpoint, leaves, lowest);
}

function blame(checkpoint: SignedCheckpoint, leaves: Bytes, lowest: Bytes[]): never {
  const told = new Uint8Array(leaves.length);
  lowest.forEach((bytes, at) => {
    told.set(bytes, at * TILE_WIDTH * HASH);
  });
  if (!same(rootOf(told), checkpoint.root)) {
    throw new Broken("log-root-wrong", CHECKPOINT, "not the root of the published entries");
  }
  const at = Math.floor(leaves.findIndex((byte, place) => byte !== told[place]) / HASH);
  const bundle = Math.floor(at / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, checkpoint.size - bundle * TILE_WIDTH);
  throw new Broken("log-entry-wrong", pathOf({ level: "entries", at: bundle, width }), `entry ${at} is not the tree's`);
}

/** An older checkpoint must be of the same history. */
export function checkOlder(log: PublishedLog, older: SignedCheckpoint, file: string): void {
  const { size } = log.checkpoint;
  must(older.size <= size, "log-inconsistent", file, `size ${older.size}, the newest has ${size}`);
  const agrees = same(rootOf(log.leaves.subarray(0, older.size * HASH)), older.root);
  must(agrees, "log-inconsistent", file, `another history: its root of ${older.size} entries differs`);
}

/** The checkpoint by which an entry was covered, from its published proof. */
export function openProof(log: PublishedLog, file: string, bytes: Bytes, index: number): SignedCheckpoint {
  const proof = reading(file, () => parseProof(noteText(bytes)), "proof-form");
  const checkpoint = openCheckpoint(file, () => proof.checkpoint, log.identity);
  const leaf = log.leaves.subarray(index * HASH, (index + 1) * HASH);
  const leads = proof.index === index && included(leaf, index, checkpoint.size, proof.path, checkpoint.root);
  must(leads, "proof-wrong", file, `does not lead from entry ${index} to its checkpoint`);
  checkOlder(log, checkpoint, file);
  return checkpoint;
}
