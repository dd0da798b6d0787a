// Steps of level 1 in the log: seal and result stand in it, k witnesses saw both, the seal before its deadline. draw1, sections 4 and 11.
import { hex } from "../bytes.ts";
import { readResult } from "../draw/forms.ts";
import { isSignedBy, type SignedCheckpoint } from "../log/checkpoint.ts";
import { type Cosigned, cosigned, timely } from "../log/cosignature.ts";
import { KEY_TYPE, type NoteKey, parseVkey } from "../log/note.ts";
import { covering, type LogProof } from "../log/proof.ts";
import { Fault, need, type Reason, reading } from "./reasons.ts";
import type { Did, Work } from "./work.ts";

/** Seal and result stand in the brand's log, in this order, and the log signed both checkpoints. */
export function logged(work: Work): Did {
  const { proof, manifest, facts } = work;
  const keys = work.trust.logKeys.map(parseVkey).filter(({ name }) => name === manifest.origin);
  work.sealed = found(proof.sealed, proof.seal, "seal-not-logged");
  signed(work.sealed, manifest.origin, keys);
  work.result = reading("result-form", () => readResult(proof.result));
  const { result } = work;
  const ours = result.manifest === facts.M && result.session === manifest.session && result.seal === facts.sealHash;
  need(ours && result.pools === manifest.pools, "result-foreign");
  work.drawn = found(proof.drawn, proof.result, "result-not-logged");
  signed(work.drawn, manifest.origin, keys);
  need(proof.sealed.index < proof.drawn.index, "result-before-seal");
  Object.assign(facts, { sealIndex: proof.sealed.index, resultIndex: proof.drawn.index });
  return keys.length === 0 ? "log-key-unknown" : undefined;
}

function found(proof: LogProof, entry: Uint8Array, missing: Reason): SignedCheckpoint {
  const checkpoint = reading("checkpoint-form", () => covering(proof, entry));
  if (!checkpoint) throw new Fault(missing);
  return checkpoint;
}

function signed(checkpoint: SignedCheckpoint, origin: string, keys: NoteKey[]): void {
  need(checkpoint.origin === origin, "other-log");
  const good = keys.length === 0 || keys.some((key) => reading("log-signature", () => isSignedBy(checkpoint, key)));
  need(good, "log-signature");
}

/** k witnesses of the manifest cosigned both checkpoints. A line of nobody's that the plan names has no place in a proof. */
export function witnesses(work: Work): Did {
  const { k, keys } = work.manifest.witnesses;
  const known = reading("witness-keys", () => keys.map(({ key }) => parseVkey(key)));
  const ids = new Set(known.map(({ publicKey }) => hex(publicKey)));
  need(ids.size === known.length && known.every(({ type }) => type === KEY_TYPE.cosignature), "witness-keys");
  const sealed = cosigners(work, work.sealed, known);
  const drawn = cosigners(work, work.drawn, known);
  const independent = sealed.filter(({ brand }) => !brand).length;
  work.facts.witnesses = { k, n: keys.length, sealed, drawn, independent };
  need(sealed.length >= k && drawn.length >= k, "no-quorum");
  return sealed.length === 0 ? "no-witnesses" : undefined;
}

function cosigners({ manifest }: Work, { note, origin }: SignedCheckpoint, known: NoteKey[]): Cosigned[] {
  const ours = (name: string, id: number) => known.some((key) => key.name === name && key.id === id);
  const others = note.signatures.filter(({ name, id }) => !ours(name, id));
  // Whether the one that is left is good, the step before this has asked.
  need(others.length === 1 && others[0]?.name === origin, "foreign-signature");
  return reading("cosignature", () => cosigned(note, manifest.witnesses));
}

/** The seal is older than its deadline by the witnesses' clocks, and so older than the randomness. */
export function deadline(work: Work): Did {
  const { sealed, k } = work.facts.witnesses as NonNullable<Work["facts"]["witnesses"]>;
  need(timely(sealed, work.facts.deadline as number).length >= k, "seal-late");
  return sealed.length === 0 ? "no-witnesses-deadline" : undefined;
}
