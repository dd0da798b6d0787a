// Checkpoints: exact form, the log's signature, and what passes for neither.
import { describe, expect, it } from "vitest";
import { type Bytes, unhex, utf8 } from "../../../domain/bytes.ts";
import { publicKeyOf, signWith } from "../../../domain/ed25519.ts";
import { checkpointText, isSignedBy, parseCheckpoint, parseCheckpointText, parseSize } from "../../../domain/log/checkpoint.ts";
import { KEY_TYPE, noteKey, noteOf, signatureLine } from "../../../domain/log/note.ts";

const SEED = new Uint8Array(32).fill(7);
const ROOT = unhex("ab".repeat(32));
const KEY = noteKey("shop.example/sessions", KEY_TYPE.ed25519, publicKeyOf(SEED));
const TEXT = checkpointText({ origin: KEY.name, size: 12, root: ROOT });
const signed = (text: string, key = KEY, message = text) => noteOf(text, [signatureLine(key, signWith(SEED, utf8(message)))]);

describe("a checkpoint", () => {
  it("is three lines", () => {
    expect(TEXT).toBe("shop.example/sessions\n12\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n");
    expect(parseCheckpointText(TEXT)).toEqual({ origin: "shop.example/sessions", size: 12, root: ROOT });
  });

  it.each([
    ["two lines", "a\n12\n"],
    ["an extension line", `${TEXT}more\n`],
    ["no newline at its end", TEXT.slice(0, -1)],
    ["an empty origin", TEXT.replace(KEY.name, "")],
    ["a leading zero", TEXT.replace("\n12\n", "\n012\n")],
    ["a sign", TEXT.replace("\n12\n", "\n+12\n")],
    ["a negative size", TEXT.replace("\n12\n", "\n-1\n")],
    ["an exponent", TEXT.replace("\n12\n", "\n1e3\n")],
    ["a size above 2^53", TEXT.replace("\n12\n", "\n9007199254740993\n")],
    ["no size", TEXT.replace("\n12\n", "\n\n")],
    ["a root of 31 bytes", checkpointText({ origin: "a", size: 1, root: ROOT.subarray(1) })],
    ["a root without padding", TEXT.replace("=", "")],
  ])("with %s is refused", (_, text) => {
    expect(() => parseCheckpointText(text)).toThrow(RangeError);
  });

  it("of an empty log has size 0", () => {
    expect(parseSize("0")).toBe(0);
  });
});

describe("the log's signature", () => {
  const otherSeed = new Uint8Array(32).fill(8);
  const other = noteKey(KEY.name, KEY_TYPE.ed25519, publicKeyOf(otherSeed));
  it.each<[string, string, typeof KEY, boolean]>([
    ["by the log's key", signed(TEXT), KEY, true],
    ["over another text", signed(TEXT, KEY, TEXT.replace("12", "13")), KEY, false],
    ["under another key of the same name", signed(TEXT), other, false],
    [
      "that claims the log's name and id, by another key",
      noteOf(TEXT, [signatureLine(KEY, signWith(otherSeed, utf8(TEXT)))]),
      KEY,
      false,
    ],
    ["of a log with another origin", signed(TEXT.replace(KEY.name, "shop.example/other")), KEY, false],
    ["cut short", noteOf(TEXT, [signatureLine(KEY, signWith(SEED, utf8(TEXT)).subarray(1) as Bytes)]), KEY, false],
  ])("%s counts: %s", (_, note, key, counts) => {
    expect(isSignedBy(parseCheckpoint(note), key)).toBe(counts);
  });
});
