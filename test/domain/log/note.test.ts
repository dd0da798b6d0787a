// Signed notes: the specification's own example, keys as text, and everything that is not a note.
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../domain/bytes.ts";
import { publicKeyOf, signWith } from "../../../domain/ed25519.ts";
import {
  KEY_TYPE,
  keyId,
  noteKey,
  noteOf,
  noteText,
  parseNote,
  parseSignatureLines,
  parseVkey,
  signatureLine,
  signatureOf,
  vkeyOf,
} from "../../../domain/log/note.ts";

const SEED = new Uint8Array(32).fill(7);
const KEY = noteKey("log.example/one", KEY_TYPE.ed25519, publicKeyOf(SEED));
const TEXT = "first line\n\nthird line\n";
const LINE = signatureLine(KEY, signWith(SEED, utf8(TEXT)));
const NOTE = noteOf(TEXT, [LINE]);

/** The example of c2sp.org/signed-note. */
const EXAMPLE =
  "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n" +
  "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

describe("a note", () => {
  it("splits at its last empty line, as the specification's example does", () => {
    const { text, signatures } = parseNote(EXAMPLE);
    expect(text).toBe("Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n");
    expect(signatures).toHaveLength(1);
    expect(signatures[0]).toMatchObject({ name: "quasimodo.example/salvatore", id: 0x367ba04b });
    expect(signatures[0]?.bytes).toHaveLength(64);
  });

  it("is written as it is read", () => {
    const { text, signatures } = parseNote(EXAMPLE);
    expect(
      noteOf(
        text,
        signatures.map((signature) => signatureLine(signature, signature.bytes)),
      ),
    ).toBe(EXAMPLE);
  });

  it("gives the signature of the key with this name and this id, and of no other", () => {
    const note = parseNote(NOTE);
    expect(hex(signatureOf(note, KEY) as Uint8Array)).toBe(hex(signWith(SEED, utf8(TEXT))));
    expect(signatureOf(note, { ...KEY, id: KEY.id ^ 1 })).toBeUndefined();
    expect(signatureOf(note, { ...KEY, name: "log.example/two" })).toBeUndefined();
  });

  it("with two signatures of one key is refused when that key is asked for", () => {
    expect(() => signatureOf(parseNote(NOTE + LINE), KEY)).toThrow("two signatures of log.example/one");
  });

  it("may carry 16 signatures and not a thousand", () => {
    const line = (at: number) => signatureLine({ name: `w${at}`, id: at }, new Uint8Array(64));
    expect(
      parseNote(
        noteOf(
          TEXT,
          Array.from({ length: 16 }, (_, at) => line(at)),
        ),
      ).signatures,
    ).toHaveLength(16);
    expect(() =>
      parseNote(
        noteOf(
          TEXT,
          Array.from({ length: 1000 }, (_, at) => line(at)),
        ),
      ),
    ).toThrow("too many signatures");
  });

  const body = NOTE.slice(0, TEXT.length + 1);
  it.each([
    ["nothing", ""],
    ["no blank line", "text\n— a AAAAAAA=\n"],
    ["no signature", `${TEXT}\n`],
    ["a signature without its newline", NOTE.slice(0, -1)],
    ["text after the signatures", `${NOTE}more\n`],
    ["a hyphen for the dash", NOTE.replace("— ", "- ")],
    ["no space after the dash", NOTE.replace("— ", "—")],
    ["a key name with plus", body + LINE.replace("log.example/one", "log+example")],
    ["a key name with a wide space", body + LINE.replace("log.example/one", "log\u3000example")],
    ["an empty key name", body + LINE.replace("log.example/one", "")],
    ["two spaces", body + LINE.replace("/one ", "/one  ")],
    ["a third word", body + LINE.replace("\n", " more\n")],
    ["base64 without padding", body + LINE.replace(/=+\n/, "\n")],
    ["base64 with loose bits", body + LINE.replace(/.=\n/, "B=\n")],
    ["a signature that is only a key id", body + signatureLine(KEY, new Uint8Array(0))],
    ["a carriage return", NOTE.replace("first line", "first line\r")],
    ["a tab", NOTE.replace("first line", "first\tline")],
    ["a zero byte", NOTE.replace("first line", "first\u0000line")],
    ["a lone surrogate", NOTE.replace("first line", "first \ud800")],
  ])("with %s is refused", (_, note) => {
    expect(() => parseNote(note)).toThrow(RangeError);
  });

  it("of bytes that are not UTF-8 is refused", () => {
    expect(() => noteText(Uint8Array.of(0xff, 0x0a))).toThrow(TypeError);
    expect(noteText(utf8("\ufefftext"))).toBe("\ufefftext");
  });

  it("has signature lines that can come alone, as a witness sends them", () => {
    expect(parseSignatureLines(LINE + LINE)).toHaveLength(2);
    expect(() => parseSignatureLines("")).toThrow(RangeError);
    expect(() => parseSignatureLines(`${LINE}\n`)).toThrow(RangeError);
  });
});

describe("a verifier key", () => {
  // The Go checksum database's key, as its documentation and every Go release print it.
  const GO = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  it("of the Go checksum database reads, and is written back the same", () => {
    const key = parseVkey(GO);
    expect(key).toMatchObject({ name: "sum.golang.org", id: 0x033de0ae, type: 1 });
    expect(vkeyOf(key)).toBe(GO);
  });

  it("has another id as a witness than as a log", () => {
    expect(keyId(KEY.name, KEY_TYPE.cosignature, KEY.publicKey)).not.toBe(KEY.id);
  });

  const text = vkeyOf(KEY);
  it.each([
    ["another name", text.replace("one", "two")],
    ["another id", text.replace(/\+[0-9a-f]{8}\+/, "+00000000+")],
    ["an id in capitals", GO.replace("033de0ae", "033DE0AE")],
    ["another type under the same id", vkeyOf({ ...KEY, type: KEY_TYPE.cosignature })],
    ["a type that nobody knows", vkeyOf(noteKey("a", 2 as never, KEY.publicKey))],
    ["a key of 31 bytes", vkeyOf(noteKey("a", KEY_TYPE.ed25519, KEY.publicKey.slice(1)))],
    ["a key of 33 bytes", vkeyOf(noteKey("a", KEY_TYPE.ed25519, new Uint8Array(33)))],
    ["no id", "name+AbCd"],
    ["a space in front", ` ${text}`],
    ["a newline behind", `${text}\n`],
    ["nothing", ""],
  ])("with %s is refused", (_, vkey) => {
    expect(() => parseVkey(vkey)).toThrow(RangeError);
  });
});
