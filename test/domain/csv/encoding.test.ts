// An uploaded file is UTF-8 or is refused by the name of what it is.
import { describe, expect, it } from "vitest";
import { textOfFile } from "../../../domain/csv/encoding.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);

/** 贵州,茅台,10:00 in GB18030, and 镕 as its four bytes have it elsewhere. */
const GB = bytes(0xb9, 0xf3, 0xd6, 0xdd, 0x2c, 0xc3, 0xa9, 0xcc, 0xa8, 0x2c, 0x31, 0x30, 0x3a, 0x30, 0x30);
const GB_FOUR = bytes(...GB, 0x81, 0x30, 0x84, 0x36, 0xb9, 0xf3);

describe("a file's text", () => {
  it.each([
    ["without a byte order mark", new TextEncoder().encode("a,贵州")],
    ["with one, which is not part of it", bytes(0xef, 0xbb, 0xbf, ...new TextEncoder().encode("a,贵州"))],
  ])("is read from UTF-8 %s", (_, file) => {
    expect(textOfFile(file)).toEqual({ ok: true, value: "a,贵州" });
  });

  it.each([
    ["GB18030 or GBK", "Chinese text as older spreadsheets save it", GB],
    ["GB18030 or GBK", "characters of four bytes", GB_FOUR],
    ["UTF-16", "a byte order mark of two bytes", bytes(0xff, 0xfe, ...utf16("a,b"))],
    ["UTF-16", "one of the other byte order", bytes(0xfe, 0xff, 0x00, 0x61)],
    ["UTF-16", "zero bytes and no mark", utf16("store,market\n贵州,b")],
    ["UTF-32", "a byte order mark of four bytes", bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)],
    ["unknown", "Western letters of one byte", bytes(0x4f, 0x72, 0x6c, 0xe9, 0x61, 0x6e, 0x73)],
    ["unknown", "a surrogate written as UTF-8", bytes(0xed, 0xa0, 0x80)],
  ])("is refused as %s: %s", (name, _, file) => {
    expect(textOfFile(file)).toEqual({ ok: false, refusal: name });
  });
});
