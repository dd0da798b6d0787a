// Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, signed by the log as a note.
import { type Bytes, utf8 } from "../bytes.ts";
import { publicKeyOf, verifies } from "../ed25519.ts";
import { HASH } from "../merkle.ts";
import { base64, unbase64 } from "./base64.ts";
import { KEY_TYPE, type Note, type NoteKey, noteKey, parseNote, signatureOf } from "./note.ts";

export type Checkpoint = { origin: string; size: number; root: Bytes };

/** A checkpoint as it came: what it says, and the note that says it. */
export type SignedCheckpoint = Checkpoint & { note: Note };

/** A log signs under its origin. */
export const logKeyOf = (origin: string, seed: Uint8Array): NoteKey => noteKey(origin, KEY_TYPE.ed25519, publicKeyOf(seed));

/** The note's text: what the log signs. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${base64(root)}\n`;

/** Whole numbers as the formats write them: no sign, no leading zero, below 2^53. */
export function parseSize(text: string): number {
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new RangeError("not a size");
  return size;
}

/** Reads a checkpoint's text; throws a RangeError unless it has exactly three lines: extension lines bind nobody and are refused. */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = "", size = "", hash = "", ...rest] = text.split("\n");
  const root = unbase64(hash);
  if (origin === "" || root?.length !== HASH || rest.length !== 1 || rest[0] !== "") throw new RangeError("not a checkpoint");
  return { origin, size: parseSize(size), root };
}

/** Reads a signed checkpoint; throws a RangeError on another form. Its signatures are still to be checked. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const parsed = parseNote(note);
  return { ...parseCheckpointText(parsed.text), note: parsed };
}

/** Whether this log signed the checkpoint: its origin is the key's name, and the signature verifies. */
export function isSignedBy(checkpoint: SignedCheckpoint, logKey: NoteKey): boolean {
  const signature = signatureOf(checkpoint.note, logKey);
  return (
    checkpoint.origin === logKey.name &&
    signature !== undefined &&
    verifies(logKey.publicKey, utf8(checkpoint.note.text), signature)
  );
}
