// Base64url without padding: RFC 4648's own examples, Node as the oracle, and one spelling per byte string.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { b64url, hex, unb64url, unhex, utf8 } from "../../domain/bytes.ts";
import * as any from "../support/arbitraries.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

describe("base64url", () => {
  // RFC 4648, section 10, without the padding that section 5 lets us leave out.
  it.each([
    ["", ""],
    ["f", "Zg"],
    ["fo", "Zm8"],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg"],
    ["fooba", "Zm9vYmE"],
    ["foobar", "Zm9vYmFy"],
  ])("spells %j as %j", (plain, text) => {
    expect(b64url(utf8(plain))).toBe(text);
    expect(unb64url(text)).toEqual(utf8(plain));
  });

  it("spells 62 and 63 as - and _ (RFC 4648, table 2)", () => {
    expect(b64url(unhex("fbefff"))).toBe("--__");
    expect(hex(unb64url("--__") ?? new Uint8Array())).toBe("fbefff");
  });

  it("writes what Node writes, and reads it back", () => {
    fc.assert(
      fc.property(any.bytes(0, 100), (bytes) => {
        expect(b64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(unb64url(b64url(bytes))).toEqual(bytes);
      }),
    );
  });

  it("takes a text only if writing its bytes gives the same text", () => {
    const digits = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 12 });
    fc.assert(
      fc.property(digits, (text) => {
        const rewritten = Buffer.from(text, "base64url").toString("base64url");
        const bytes = unb64url(text);
        expect(bytes ? b64url(bytes) : undefined).toBe(rewritten === text ? text : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a single digit", "A"],
    ["a single digit after a whole group", "AAAAA"],
    ["padding", "Zg=="],
    ["unused bits that are not zero, two digits", "Zh"],
    ["unused bits that are not zero, three digits", "Zm9"],
    ["the plus of plain base64", "--+_"],
    ["the slash of plain base64", "--/_"],
    ["a space", "Zm 9"],
    ["a line feed at the end", "Zm9v\n"],
    ["a letter beyond ASCII", "Zm9é"],
    ["a dot", "Zm.v"],
  ])("refuses %s", (_, text) => {
    expect(unb64url(text)).toBeUndefined();
  });
});
