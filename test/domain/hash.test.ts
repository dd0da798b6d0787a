// The hash function and what is made of it give the published answers.
import { createHash, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, unhex, utf8 } from "../../domain/bytes.ts";
import { hkdf, hmac, hmacWith, sha256 } from "../../domain/hash.ts";
import * as any from "../support/arbitraries.ts";

describe("hashes", () => {
  it("SHA-256 of abc is the one of FIPS 180-4", () => {
    expect(hex(sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("SHA-256 is that of OpenSSL for every length around the ends of blocks, and does not depend on what was hashed before", () => {
    const long = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 131) & 255);
    for (const length of [...Array.from({ length: 300 }, (_, at) => at), 4095, 4096, 65_535, 100_000]) {
      const message = long.subarray(0, length);
      expect(hex(sha256(message)), `${length} bytes`).toBe(createHash("sha256").update(message).digest("hex"));
      expect(hex(sha256(long.subarray(7, 7 + (length % 97))))).toBe(
        createHash("sha256")
          .update(long.subarray(7, 7 + (length % 97)))
          .digest("hex"),
      );
    }
  });

  it("SHA-256 returns bytes of its own, which the next hash does not touch", () => {
    const first = sha256(utf8("abc"));
    const before = hex(first);
    sha256(utf8("abd"));
    expect(hex(first)).toBe(before);
  });

  // RFC 4231, test cases 1 and 2.
  it.each([
    ["case 1", "0b".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [
      "case 2",
      hex(utf8("Jefe")),
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
  ])("HMAC gives RFC 4231's %s", (_, key, message, expected) => {
    expect(hex(hmac(unhex(key), utf8(message)))).toBe(expected);
  });

  it("HKDF with an empty salt gives the first 32 bytes of RFC 5869's test case 3", () => {
    expect(hex(hkdf(unhex("0b".repeat(22)), new Uint8Array(0)))).toBe(
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
    );
  });

  it("HMAC with a key that is kept gives the same for message after message, whatever becomes of the key's bytes", () => {
    fc.assert(
      fc.property(any.bytes(0, 90), fc.array(any.bytes(0, 90), { minLength: 2, maxLength: 5 }), (key, messages) => {
        const expected = messages.map((message) => hex(hmac(key, message)));
        const keyed = hmacWith(key);
        key.fill(0);
        expect(messages.map((message) => hex(keyed(message)))).toEqual(expected);
      }),
    );
  });

  it("agree with Node's for any input", () => {
    fc.assert(
      fc.property(any.bytes(0, 150), any.bytes(0, 150), (a, b) => {
        expect(hex(sha256(a))).toBe(createHash("sha256").update(a).digest("hex"));
        expect(hex(hmac(a, b))).toBe(createHmac("sha256", a).update(b).digest("hex"));
        expect(hex(hkdf(a, b))).toBe(Buffer.from(hkdfSync("sha256", a, new Uint8Array(0), b, 32)).toString("hex"));
      }),
    );
  });
});
