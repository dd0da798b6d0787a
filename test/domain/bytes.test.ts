// Byte strings: one value has one spelling, and whatever is not that spelling is refused.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compare,
  hex,
  join,
  Reader,
  readU32,
  same,
  u8,
  u16,
  u32,
  u64,
  unhex,
  utf8,
  writeU32,
  writeU64,
} from "../../domain/bytes.ts";
import * as any from "../support/arbitraries.ts";

describe("hexadecimal", () => {
  it("writes what Node writes, and reads it back", () => {
    fc.assert(
      fc.property(any.bytes(0, 70), (bytes) => {
        expect(hex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
        expect(unhex(hex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ["an odd number of digits", "abc"],
    ["a capital digit", "0A"],
    ["a digit beyond f", "0g"],
    ["a prefix", "0x00"],
    ["a space", "00 11"],
    ["a line feed at the end", "00\n"],
    ["a full-width digit", "０0"],
  ])("refuses %s", (_, text) => {
    expect(() => unhex(text)).toThrow(RangeError);
  });
});

describe("integers", () => {
  it.each([
    ["u8", u8(0xfe), "fe"],
    ["u16", u16(0x0102), "0102"],
    ["u16, the highest", u16(0xffff), "ffff"],
    ["u32", u32(0x01020304), "01020304"],
    ["u32 with the sign bit", u32(0x80000001), "80000001"],
    ["u64, zero", u64(0), "0000000000000000"],
    ["u64 below 2^32", u64(0xffff_ffff), "00000000ffffffff"],
    ["u64 of 2^32", u64(0x1_0000_0000), "0000000100000000"],
    ["u64 of 2^53-1", u64(Number.MAX_SAFE_INTEGER), "001fffffffffffff"],
  ])("writes %s with the high byte first", (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it("writes every whole number up to 2^53-1 as BigInt does, and reads it back", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(hex(u64(value))).toBe(BigInt(value).toString(16).padStart(16, "0"));
        expect(new Reader(u64(value)).u64()).toBe(value);
      }),
    );
  });

  it("reads back four bytes anywhere as the unsigned number that was written there", () => {
    fc.assert(
      fc.property(any.u32, fc.nat({ max: 9 }), (value, at) => {
        const bytes = new Uint8Array(13).fill(0xff);
        writeU32(bytes, at, value);
        expect(readU32(bytes, at)).toBe(value);
      }),
    );
  });

  it("writes into the middle of a byte string without touching its neighbours", () => {
    const bytes = new Uint8Array(14).fill(0xaa);
    writeU32(bytes, 1, 0xfffefdfc);
    writeU64(bytes, 5, 0x1_0203_0405_0607);
    expect(hex(bytes)).toBe("aafffefdfc0001020304050607aa");
  });
});

describe("joining and comparing", () => {
  it("joins as Node joins", () => {
    fc.assert(
      fc.property(fc.array(any.bytes(0, 9), { maxLength: 6 }), (parts) => {
        expect(hex(join(...parts))).toBe(Buffer.concat(parts).toString("hex"));
      }),
    );
  });

  it("orders as Node orders", () => {
    const few = fc.uint8Array({ maxLength: 4, max: 2 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(Buffer.compare(a, b));
        expect(same(a, b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
  });

  it.each([
    ["the first differing byte decides", "01ff", "0200"],
    ["a prefix comes first", "01", "0100"],
    ["bytes are not signed", "7f", "80"],
    ["nothing comes before something", "", "00"],
  ])("%s", (_, low, high) => {
    expect(compare(unhex(low), unhex(high))).toBeLessThan(0);
    expect(compare(unhex(high), unhex(low))).toBeGreaterThan(0);
    expect(same(unhex(low), unhex(high))).toBe(false);
  });
});

describe("a reader", () => {
  it("reads front to back what was joined", () => {
    const reader = new Reader(join(utf8("T\n"), u8(7), u16(515), u32(0xfedcba98), u64(9_007_199_254_740_991), unhex("0102")));
    reader.expect(utf8("T\n"));
    expect([reader.u8(), reader.u16(), reader.u32(), reader.u64()]).toEqual([7, 515, 0xfedcba98, 9_007_199_254_740_991]);
    expect(reader.left).toBe(2);
    expect(hex(reader.take(2))).toBe("0102");
    expect(() => reader.end()).not.toThrow();
  });

  it.each<[string, string, (reader: Reader) => unknown]>([
    ["a byte of nothing", "", (reader) => reader.u8()],
    ["two bytes of one", "01", (reader) => reader.u16()],
    ["four bytes of three", "010203", (reader) => reader.u32()],
    ["eight bytes of seven", "01020304050607", (reader) => reader.u64()],
    ["more than there is", "0102", (reader) => reader.take(3)],
    ["a number above 2^53-1", "0020000000000000", (reader) => reader.u64()],
    ["another header", "0102", (reader) => reader.expect(unhex("0103"))],
    ["half a header", "01", (reader) => reader.expect(unhex("0102"))],
    ["an end that is not there", "01", (reader) => reader.end()],
  ])("refuses %s", (_, bytes, read) => {
    expect(() => read(new Reader(unhex(bytes)))).toThrow(RangeError);
  });

  it("stays where it was when it refuses", () => {
    const reader = new Reader(unhex("0102"));
    expect(() => reader.take(3)).toThrow(RangeError);
    expect(reader.u16()).toBe(0x0102);
  });

  it("reads from the middle of a larger buffer", () => {
    expect(new Reader(unhex("ff0102ff").subarray(1, 3)).u16()).toBe(0x0102);
  });
});
