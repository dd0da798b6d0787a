// The small session in a log that three witnesses cosigned, and the phone proof of everybody in it; the log may lie too.
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { objectBytes, sealDeadline } from "../../domain/draw/manifest.ts";
import { publicKeyOf, signWith } from "../../domain/ed25519.ts";
import { sha256 } from "../../domain/hash.ts";
import { checkpointText } from "../../domain/log/checkpoint.ts";
import { cosignatureBytes, cosignatureMessage } from "../../domain/log/cosignature.ts";
import { KEY_TYPE, noteKey, noteOf, signatureLine, vkeyOf } from "../../domain/log/note.ts";
import type { LogProof } from "../../domain/log/proof.ts";
import { inclusionPath, nodesOf, treeRoot } from "../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../domain/merkle.ts";
import { proofFor, publicParts } from "../../domain/proof/build.ts";
import type { Proof } from "../../domain/proof/proof.ts";
import { parseReceipt } from "../../domain/proof/receipt.ts";
import type { Trust } from "../../domain/proof/work.ts";
import { filesOf, type Lies, smallSession } from "./small-session.ts";

const ORIGIN = "example.com/draws";
export const LOG_SEED = sha256(utf8("small log"));
export const LOG_KEY = noteKey(ORIGIN, KEY_TYPE.ed25519, publicKeyOf(LOG_SEED));

export const WITNESSES = [
  { name: "w1.example", by: "Consumer council (example)", brand: false },
  { name: "w2.example", by: "University lab (example)", brand: false },
  { name: "w3.example.com", by: "The brand (example)", brand: true },
].map(({ name, by, brand }) => {
  const seed = sha256(utf8(name));
  const key = noteKey(name, KEY_TYPE.cosignature, publicKeyOf(seed));
  return { seed, key, listed: { key: vkeyOf(key), by, brand } };
});

export const listedWitnesses = (k: number) => ({ k, keys: WITNESSES.map(({ listed }) => listed) });

/** What the log does otherwise. Times in seconds before the seal's deadline, one for each witness that signs. */
export type LogLies = {
  k?: number;
  origin?: string;
  seed?: Bytes;
  sealedBefore?: number[];
  drawnBefore?: number[];
  /** What stands in the log in the seal's place, and in the result's. */
  seal?: Bytes;
  resultFirst?: boolean;
};

export function provenSession(lies: Lies = {}, log: LogLies = {}) {
  const { k = 2, origin = ORIGIN, seed = LOG_SEED, sealedBefore = [5, 4], drawnBefore = [-20, -21] } = log;
  const session = smallSession({
    ...lies,
    manifest: (honest) => {
      const watched = { ...honest, witnesses: listedWitnesses(k) };
      return lies.manifest?.(watched) ?? watched;
    },
  });
  const { manifest, sealBytes, files } = session;
  const resultBytes = files.get("result.json") as Bytes;
  const sealEntry = log.seal ?? sealBytes;
  const before = [1, 2, 3].map((at) => objectBytes({ v: 1, type: "settled", session: `earlier-${at}` }));
  const last = log.resultFirst ? [resultBytes, sealEntry] : [sealEntry, resultBytes];
  const entries = [...before, files.get("manifest.json") as Bytes, ...last];
  const nodes = nodesOf(packHashes(entries, leafHash));
  const at = (entry: Bytes) => entries.indexOf(entry);
  const deadline = sealDeadline(manifest);

  /** A checkpoint over the first `size` entries, cosigned by as many witnesses as there are times. */
  const checkpoint = (size: number, secondsBefore: number[]): string => {
    const text = checkpointText({ origin, size, root: treeRoot(nodes, size) });
    const lines = secondsBefore.map((s, witness) => {
      const { seed: own, key } = WITNESSES[witness] as (typeof WITNESSES)[number];
      const time = deadline - s;
      return signatureLine(key, cosignatureBytes(time, signWith(own, cosignatureMessage(text, time))));
    });
    const logKey = noteKey(origin, KEY_TYPE.ed25519, publicKeyOf(LOG_SEED));
    return noteOf(text, [signatureLine(logKey, signWith(seed, utf8(text))), ...lines]);
  };
  const proofOf = (index: number, size: number, times: number[]): LogProof => ({
    index,
    path: inclusionPath(nodes, index, size),
    checkpoint: checkpoint(size, times),
  });
  const sizeFor = (entry: Bytes) => (log.resultFirst ? entries.length : at(entry) + 1);
  const logged = {
    sealed: proofOf(at(sealEntry), sizeFor(sealEntry), sealedBefore),
    drawn: proofOf(at(resultBytes), entries.length, drawnBefore),
  };
  const trust: Trust = { chains: [QUICKNET], logKeys: [vkeyOf(LOG_KEY)], seen: hex(session.M) };

  /** The phone proof of one person. */
  const proof = (person: number): Proof => {
    const place = session.places[person] as (typeof session.places)[number];
    const parts = publicParts(filesOf(files), manifest.shards, place, logged);
    return proofFor(parts, parseReceipt(session.receipts[person] as string));
  };
  return { ...session, trust, logged, proof };
}
