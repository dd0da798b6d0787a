// Cosignatures and the quorum rule: who counts, until when, and which notes are refused as a whole.
import { describe, expect, it } from "vitest";
import { type Bytes, join, utf8 } from "../../../domain/bytes.ts";
import { publicKeyOf, signWith } from "../../../domain/ed25519.ts";
import { checkpointText } from "../../../domain/log/checkpoint.ts";
import {
  cosignatureBytes,
  cosignatureMessage,
  cosigned,
  cosignedAt,
  hasQuorum,
  timely,
  type Witnesses,
} from "../../../domain/log/cosignature.ts";
import { KEY_TYPE, type NoteKey, noteKey, noteOf, parseNote, signatureLine, vkeyOf } from "../../../domain/log/note.ts";

const TEXT = checkpointText({ origin: "shop.example/sessions", size: 12, root: new Uint8Array(32).fill(9) });
const seed = (at: number) => new Uint8Array(32).fill(at + 1);
const keyOf = (at: number, type: NoteKey["type"] = KEY_TYPE.cosignature) => noteKey(`w${at}.example`, type, publicKeyOf(seed(at)));
const sign = (at: number, time: number, text = TEXT) => signWith(seed(at), cosignatureMessage(text, time));
const line = (at: number, time: number, signature = sign(at, time)) => signatureLine(keyOf(at), cosignatureBytes(time, signature));
const witnesses = (k: number, count = 3): Witnesses => ({
  k,
  keys: Array.from({ length: count }, (_, at) => ({ key: vkeyOf(keyOf(at)), by: `witness ${at}`, brand: at === 0 })),
});
const note = (...lines: string[]) => parseNote(noteOf(TEXT, [signatureLine({ name: "log", id: 1 }, new Uint8Array(64)), ...lines]));

describe("a cosignature", () => {
  it("signs its time and the checkpoint", () => {
    expect(new TextDecoder().decode(cosignatureMessage(TEXT, 1700000000))).toBe(`cosignature/v1\ntime 1700000000\n${TEXT}`);
    expect(cosignedAt(note(line(0, 1700000000)), keyOf(0))).toBe(1700000000);
  });

  it("is absent when the witness gave none", () => {
    expect(cosignedAt(note(line(0, 100)), keyOf(1))).toBeUndefined();
  });

  const longer = join(cosignatureBytes(100, sign(0, 100)), Uint8Array.of(0)) as Bytes;
  it.each<[string, string]>([
    ["over another time", line(0, 101, sign(0, 100))],
    ["over another checkpoint", line(0, 100, sign(0, 100, TEXT.replace("12", "13")))],
    ["by another key under this name and id", line(0, 100, sign(1, 100))],
    ["of the note without a time", signatureLine(keyOf(0), signWith(seed(0), utf8(TEXT)))],
    ["with a byte more", signatureLine(keyOf(0), longer)],
    ["with a byte less", signatureLine(keyOf(0), longer.subarray(0, 71))],
    ["with a time above 2^53", signatureLine(keyOf(0), join(new Uint8Array(8).fill(255), sign(0, 100)))],
  ])("%s makes the note worthless", (_, bad) => {
    expect(() => cosignedAt(note(bad), keyOf(0))).toThrow(RangeError);
  });

  it("under a key for plain notes does not count", () => {
    const key = keyOf(0, KEY_TYPE.ed25519);
    expect(() => cosignedAt(note(signatureLine(key, cosignatureBytes(100, sign(0, 100)))), key)).toThrow(RangeError);
  });
});

describe("the quorum", () => {
  const DEADLINE = 1000;
  it.each<[string, string[], number, boolean]>([
    ["nobody is asked for", [], 0, true],
    ["one of two", [line(0, 10)], 2, false],
    ["two of two", [line(0, 10), line(1, 10)], 2, true],
    ["the second is one second before the deadline", [line(0, 10), line(1, 999)], 2, true],
    ["the second is at the deadline", [line(0, 10), line(1, 1000)], 2, false],
    ["a third that is late takes nothing away", [line(0, 10), line(1, 10), line(2, 5000)], 2, true],
    ["one that the manifest does not name does not count", [line(0, 10), line(7, 10)], 2, false],
  ])("%s", (_, lines, k, met) => {
    expect(hasQuorum(cosigned(note(...lines), witnesses(k)), witnesses(k), DEADLINE)).toBe(met);
  });

  it("says who signed and when, in the manifest's order", () => {
    const list = cosigned(note(line(2, 30), line(0, 1500)), witnesses(2));
    expect(list.map(({ by, brand, time }) => [by, brand, time])).toEqual([
      ["witness 0", true, 1500],
      ["witness 2", false, 30],
    ]);
    expect(timely(list, DEADLINE).map(({ by }) => by)).toEqual(["witness 2"]);
  });

  it("is of no use where one cosignature is bad", () => {
    expect(() => cosigned(note(line(0, 10), line(1, 10), line(2, 10, sign(2, 11))), witnesses(2))).toThrow("w2.example");
  });

  it("is of no use where one witness signed twice", () => {
    expect(() => cosigned(note(line(0, 10), line(0, 11)), witnesses(2))).toThrow("two signatures");
  });

  it("cannot be met by one key under two names", () => {
    const twin = noteKey("twin.example", KEY_TYPE.cosignature, publicKeyOf(seed(0)));
    const keys = [...witnesses(2, 1).keys, { key: vkeyOf(twin), by: "twin", brand: false }];
    const both = note(line(0, 10), signatureLine(twin, cosignatureBytes(10, sign(0, 10))));
    expect(() => cosigned(both, { k: 2, keys })).toThrow("two witnesses with one key");
  });
});
