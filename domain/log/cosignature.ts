// Cosignatures (C2SP tlog-cosignature, version 1): a witness says when it saw a checkpoint that continues all that it saw before.
import { type Bytes, join, Reader, u64, utf8 } from "../bytes.ts";
import { verifies } from "../ed25519.ts";
import { KEY_TYPE, type Note, type NoteKey, parseVkey, signatureOf } from "./note.ts";

/** The bytes that a witness signs; `time` in Unix seconds. */
export const cosignatureMessage = (checkpointText: string, time: number): Bytes =>
  utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`);

/** What stands in the note: u64 time || signature. */
export const cosignatureBytes = (time: number, signature: Uint8Array): Bytes => join(u64(time), signature);

/** The time of this witness's cosignature; undefined where it gave none. Throws a RangeError where it is not a good one. */
export function cosignedAt(note: Note, key: NoteKey): number | undefined {
  const bytes = signatureOf(note, key);
  if (!bytes) return undefined;
  const reader = new Reader(bytes);
  const time = reader.u64();
  const signature = reader.take(64);
  reader.end();
  if (key.type !== KEY_TYPE.cosignature || !verifies(key.publicKey, cosignatureMessage(note.text, time), signature)) {
    throw new RangeError(`the cosignature of ${key.name} does not verify`);
  }
  return time;
}

/** Witnesses as the manifest names them: k cosignatures are needed. */
export type Witnesses = { k: number; keys: { key: string; by: string; brand: boolean }[] };

export type Cosigned = { key: string; by: string; brand: boolean; time: number };

/** The witnesses of the manifest that cosigned, in its order. Throws a RangeError on a bad cosignature or a key that is named twice. */
export function cosigned(note: Note, { keys }: Witnesses): Cosigned[] {
  const list: Cosigned[] = [];
  const seen = new Set<string>();
  for (const witness of keys) {
    const key = parseVkey(witness.key);
    // A version 1 cosignature does not say the witness's name: the same key under two names would count twice.
    const id = String(key.publicKey);
    if (seen.has(id)) throw new RangeError("two witnesses with one key");
    seen.add(id);
    const time = cosignedAt(note, key);
    if (time !== undefined) list.push({ ...witness, time });
  }
  return list;
}

/** Cosignatures given before an instant, Unix seconds. */
export const timely = (list: Cosigned[], before: number): Cosigned[] => list.filter(({ time }) => time < before);

/** Whether k witnesses cosigned before an instant: draw1, section 4. Leave the instant out where any time will do. */
export const hasQuorum = (list: Cosigned[], { k }: Witnesses, before = Number.POSITIVE_INFINITY): boolean =>
  timely(list, before).length >= k;
