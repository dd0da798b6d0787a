// Signed notes (C2SP signed-note): a text, a blank line, and one line per signature. Nothing here says whether a signature is good.
import { type Bytes, join, Reader, u8, u32, utf8 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { base64, unbase64 } from "./base64.ts";

/** What a key signs: the note as it is, or a cosignature with its time (C2SP tlog-cosignature). */
export const KEY_TYPE = { ed25519: 1, cosignature: 4 } as const;
export type KeyType = (typeof KEY_TYPE)[keyof typeof KEY_TYPE];

/** A verifier key. Name and id together say which key a signature line belongs to. */
export type NoteKey = { name: string; id: number; type: KeyType; publicKey: Bytes };

/** One signature line; `bytes` is what follows the key id. */
export type NoteSignature = { name: string; id: number; bytes: Bytes };

/** `text` ends with its newline; `signatures` may be of keys that nobody here knows. */
export type Note = { text: string; signatures: NoteSignature[] };

/** A note needs room for a log and its witnesses; the format asks for 16 at least. */
const SIGNATURES_MAX = 32;
const NAME = /^[^\s+]+$/u;
const DASH = "\u2014 ";

/** First four bytes of SHA-256(name || LF || type || public key). */
export function keyId(name: string, type: KeyType, publicKey: Uint8Array): number {
  return new Reader(sha256(join(utf8(`${name}\n`), u8(type), publicKey))).u32();
}

export const noteKey = (name: string, type: KeyType, publicKey: Bytes): NoteKey => ({
  name,
  id: keyId(name, type, publicKey),
  type,
  publicKey,
});

const hexId = (id: number): string => id.toString(16).padStart(8, "0");

/** The key as text: name+id+base64(type || public key). */
export const vkeyOf = ({ name, id, type, publicKey }: NoteKey): string =>
  `${name}+${hexId(id)}+${base64(join(u8(type), publicKey))}`;

/** Reads a key; throws a RangeError unless its id belongs to its name, type and bytes. */
export function parseVkey(vkey: string): NoteKey {
  const [, name, id, data] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(vkey) ?? [];
  const bytes = unbase64(data ?? "");
  if (!name || !id || bytes?.length !== 33) throw new RangeError("not a key of a note");
  const type = bytes[0] as KeyType;
  if (type !== KEY_TYPE.ed25519 && type !== KEY_TYPE.cosignature) throw new RangeError("a key of an unknown type");
  const key = noteKey(name, type, bytes.slice(1));
  if (hexId(key.id) !== id) throw new RangeError("the key's id does not belong to it");
  return key;
}

/** The line of one signature, with its newline. */
export const signatureLine = ({ name, id }: Pick<NoteKey, "name" | "id">, signature: Uint8Array): string =>
  `${DASH}${name} ${base64(join(u32(id), signature))}\n`;

/** A note from its text and its signature lines. */
export const noteOf = (text: string, lines: string[]): string => `${text}\n${lines.join("")}`;

/** Reads signature lines; throws a RangeError on a line of another form. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith("\n")) throw new RangeError("a signature line has no end");
  const list = lines.slice(0, -1).split("\n");
  if (list.length > SIGNATURES_MAX) throw new RangeError("too many signatures");
  return list.map((line) => {
    const [name = "", data = "", ...more] = line.startsWith(DASH) ? line.slice(DASH.length).split(" ") : [];
    const bytes = unbase64(data);
    if (!NAME.test(name) || more.length > 0 || !bytes || bytes.length < 5) throw new RangeError("not a signature line");
    return { name, id: new Reader(bytes.subarray(0, 4)).u32(), bytes: bytes.slice(4) };
  });
}

/** Reads a note; throws a RangeError where it is not exactly of the form. */
export function parseNote(note: string): Note {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these.
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new RangeError("a note with control characters");
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new RangeError("a note without signatures");
  return { text: note.slice(0, split + 1), signatures: parseSignatureLines(note.slice(split + 2)) };
}

/** The bytes of this key's signature; undefined where there is none. Throws a RangeError where there are two. */
export function signatureOf(note: Note, key: NoteKey): Bytes | undefined {
  const found = note.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (found.length > 1) throw new RangeError(`two signatures of ${key.name}`);
  return found[0]?.bytes;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of published bytes; throws a TypeError where they are not UTF-8. */
export const noteText = (bytes: Uint8Array): string => decoder.decode(bytes);
