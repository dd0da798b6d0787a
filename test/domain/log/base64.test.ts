// Base64 with padding: RFC 4648's own examples, Node as the oracle, and one spelling per byte string.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../domain/bytes.ts";
import { base64, unbase64 } from "../../../domain/log/base64.ts";
import * as any from "../../support/arbitraries.ts";

describe("base64", () => {
  // RFC 4648, section 10.
  it.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foobar", "Zm9vYmFy"],
  ])("spells %j as %j", (plain, text) => {
    expect(base64(utf8(plain))).toBe(text);
    expect(unbase64(text)).toEqual(utf8(plain));
  });

  it("writes what Node writes, and reads it back", () => {
    fc.assert(
      fc.property(any.bytes(0, 100), (bytes) => {
        expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(unbase64(base64(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "=Zg=", "Zm8=Zg==", "-_==", "Zg==\n", " Zg==", "Zg\u0000="])(
    "refuses %j",
    (text) => {
      expect(unbase64(text)).toBeUndefined();
    },
  );
});
