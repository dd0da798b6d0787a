// Entry passes and overload tickets: one form, read strictly, for one session (draw1, section 5).
import { hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, join, utf8 } from "../../../domain/bytes.ts";
import { type Pass, passBody, passKey, passMessage, passText, readPass, splitPass } from "../../../domain/draw/pass.ts";
import { hmac } from "../../../domain/hash.ts";
import { type Json, jcs } from "../../../domain/jcs.ts";
import * as any from "../../support/arbitraries.ts";

const PASS: Pass = {
  v: 1,
  type: "pass",
  manifest: "ab".repeat(32),
  market: "CN",
  pid: "cd".repeat(32),
  tickets: { spirits: 2, wine: 0 },
  ageOk: true,
  exp: 1_692_806_353,
};
const MAC = new Uint8Array(32).fill(9);
const GOOD = passText(passBody(PASS), MAC);
const [BODY, TAIL] = GOOD.split(".") as [string, string];

describe("a pass", () => {
  it("survives being written and read", () => {
    const split = splitPass(GOOD);
    expect(split && readPass(split.body)).toEqual(PASS);
    expect(split && hex(split.mac)).toBe(hex(MAC));
  });

  it("splits back into any body and MAC", () => {
    fc.assert(
      fc.property(any.bytes(1, 80), any.hash32, (body, mac) => {
        expect(splitPass(passText(body, mac))).toEqual({ body, mac });
      }),
    );
  });

  it.each([
    ["no dot", BODY],
    ["no body", `.${TAIL}`],
    ["no MAC", `${BODY}.`],
    ["a third part", `${GOOD}.AAAA`],
    ["a MAC of 31 bytes", passText(passBody(PASS), MAC.subarray(1))],
    ["a MAC of 33 bytes", passText(passBody(PASS), new Uint8Array(33))],
    ["a second spelling of the MAC", `${GOOD.slice(0, -1)}l`],
    ["padding", `${GOOD}=`],
    ["a space before it", ` ${GOOD}`],
    ["a line feed after it", `${GOOD}\n`],
    ["plain JSON", JSON.stringify(PASS)],
    ["nothing", ""],
  ])("with %s is not split", (_, text) => {
    expect(splitPass(text)).toBeUndefined();
  });

  it("is written as canonical JSON and reads back as what it was", () => {
    expect(new TextDecoder().decode(passBody(PASS))).toBe(jcs(PASS as Json));
    expect(readPass(passBody(PASS))).toEqual(PASS);
  });

  it("signs its type, so that an overload ticket never stands in for a pass", () => {
    const body = passBody(PASS);
    expect(hex(passMessage("pass", body))).toBe(hex(join(utf8("draw1/pass\n"), body)));
    expect(hex(passMessage("overload", body))).toBe(hex(join(utf8("draw1/overload\n"), body)));
  });

  it("has a key of its own for every manifest, derived as specified", () => {
    fc.assert(
      fc.property(any.hash32, any.hash32, any.hash32, (secret, one, other) => {
        fc.pre(hex(one) !== hex(other));
        const derived = hkdfSync("sha256", secret, new Uint8Array(0), join(utf8("draw1/pass-key\n"), one), 32);
        expect(hex(passKey(secret, one))).toBe(Buffer.from(derived).toString("hex"));
        expect(hex(hmac(passKey(secret, one), passMessage("pass", passBody(PASS))))).not.toBe(
          hex(hmac(passKey(secret, other), passMessage("pass", passBody(PASS)))),
        );
      }),
      { numRuns: 20 },
    );
  });
});
