// The pickup voucher: the QR text is read strictly, its step lives a minute and a half at most, and codes are eight digits.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, b64url, hex, join, unhex, utf8 } from "../../../domain/bytes.ts";
import {
  codeFrom,
  codeMessage,
  qrText,
  readQr,
  STEP_S,
  stepAt,
  stepIsLive,
  stepMessage,
  type Voucher,
  voucherMessage,
  voucherText,
} from "../../../domain/order/voucher.ts";
import { H } from "../../reference/naive-merkle.ts";
import * as any from "../../support/arbitraries.ts";

const VOUCHER: Voucher = {
  v: 1,
  type: "voucher",
  kid: "k1",
  order: "spring-1~7~0123456789abcdefghjkmnpqrs",
  store: "store-1",
  device: "BA".repeat(43),
  exp: 1_692_900_000,
};
const TEXT = utf8(voucherText(VOUCHER));
const SIG = new Uint8Array(64).fill(1);
const DEVICE_SIG = new Uint8Array(64).fill(2);
const GOOD = qrText(TEXT, SIG, 56_426_878, DEVICE_SIG);
const parts = GOOD.split(".") as [string, string, string, string, string];

/** The QR text with some of its five parts replaced. */
const withParts = (change: { [part: number]: string }): string => parts.map((part, at) => change[at] ?? part).join(".");
const ofText = (text: Uint8Array | string): string => withParts({ 1: b64url(typeof text === "string" ? utf8(text) : text) });

describe("a QR text", () => {
  it("gives back voucher, bytes, signatures and step", () => {
    expect(readQr(GOOD)).toEqual({ voucher: VOUCHER, text: TEXT, sig: SIG, step: 56_426_878, deviceSig: DEVICE_SIG });
  });

  it("survives being written and read, for any order, step and signatures", () => {
    fc.assert(
      fc.property(
        any.anyText(60),
        fc.nat({ max: 999_999_999_999 }),
        any.bytes(64),
        any.bytes(64),
        (order, step, sig, deviceSig) => {
          const text = utf8(voucherText({ ...VOUCHER, order }));
          expect(readQr(qrText(text, sig, step, deviceSig))).toEqual({
            voucher: { ...VOUCHER, order },
            text,
            sig,
            step,
            deviceSig,
          });
        },
      ),
    );
  });

  it.each([
    ["nothing", ""],
    ["another mark", withParts({ 0: "FP2" })],
    ["a mark in small letters", withParts({ 0: "fp1" })],
    ["no mark", parts.slice(1).join(".")],
    ["a part less", parts.slice(0, 4).join(".")],
    ["a part more", `${GOOD}.AAAA`],
    ["an empty part more", `${GOOD}.`],
    ["no voucher", withParts({ 1: "" })],
    ["no signature", withParts({ 2: "" })],
    ["no step", withParts({ 3: "" })],
    ["no device signature", withParts({ 4: "" })],
    ["a negative step", withParts({ 3: "-1" })],
    ["a step with a fraction", withParts({ 3: "1,5" })],
    ["a step in hexadecimal", withParts({ 3: "0x1f" })],
    ["a step with an exponent", withParts({ 3: "1e9" })],
    ["a step of 13 digits", withParts({ 3: "1234567890123" })],
    ["a step with a space", withParts({ 3: " 1" })],
    ["a signature of 63 bytes", withParts({ 2: b64url(SIG.subarray(1)) })],
    ["a signature of 65 bytes", withParts({ 2: b64url(new Uint8Array(65)) })],
    ["a device signature of 63 bytes", withParts({ 4: b64url(SIG.subarray(1)) })],
    ["a device signature of 65 bytes", withParts({ 4: b64url(new Uint8Array(65)) })],
    ["padding", `${GOOD}==`],
    ["plain base64", withParts({ 4: "++++".repeat(21) })],
    ["a second spelling of a signature", withParts({ 2: `${parts[2].slice(0, -1)}h` })],
    ["a voucher that is no JSON", ofText("voucher")],
    ["a voucher that is not canonical", ofText(JSON.stringify({ v: 1, type: "voucher" }))],
    ["a voucher that is null", ofText("null")],
    ["a voucher that is a text", ofText('"voucher"')],
    ["a voucher that is a list", ofText('["voucher"]')],
    ["another object", ofText(voucherText(VOUCHER).replace('"type":"voucher"', '"type":"pass"'))],
    ["a voucher with a byte order mark", ofText(join(unhex("efbbbf"), TEXT))],
    ["a voucher that is not UTF-8", ofText(Uint8Array.of(0x22, 0xff, 0x22))],
  ])("with %s is refused", (_, qr) => {
    expect(readQr(qr)).toBeUndefined();
  });
});

describe("what is signed", () => {
  it("by the server is the voucher's text under its tag", () => {
    expect(hex(voucherMessage(TEXT))).toBe(hex(join(utf8("draw1/voucher\n"), TEXT)));
  });

  it("by the device is the voucher's hash and the step", () => {
    expect(hex(stepMessage(TEXT, 258))).toBe(`${hex(utf8("draw1/voucher-step\n"))}${hex(H(TEXT))}0000000000000102`);
  });

  it("for a code is the order and the step", () => {
    expect(hex(codeMessage("a~1~b", 258))).toBe(`${hex(utf8("draw1/pickup-code\na~1~b"))}0000000000000102`);
  });
});

describe("a step", () => {
  const START = 100 * STEP_S * 1000;

  it.each([
    ["its first millisecond", START, true],
    ["its last millisecond", START + 29_999, true],
    ["the first millisecond of the next", START + 30_000, true],
    ["the last millisecond of the next", START + 59_999, true],
    ["a minute after it began", START + 60_000, false],
    ["the first millisecond of the one before", START - 30_000, true],
    ["a millisecond earlier", START - 30_001, false],
    ["a day later", START + 86_400_000, false],
  ])("counts in %s: %s", (_, nowMs, live) => {
    expect(stepIsLive(100, nowMs)).toBe(live);
  });

  it("changes every 30 seconds", () => {
    expect([START - 1, START, START + 29_999, START + 30_000].map(stepAt)).toEqual([99, 100, 100, 101]);
  });
});

describe("a code", () => {
  it.each([
    ["0000000000000000", "00000000"],
    ["0000000000000007", "00000007"],
    ["0000000005f5e0ff", "99999999"],
    ["0000000005f5e100", "00000000"],
    ["ffffffffffffffff", "09551615"],
  ])("from a MAC that begins with %s is %s", (start, code) => {
    expect(codeFrom(unhex(start + "ab".repeat(24)))).toBe(code);
  });

  it("is always eight digits, and does not look past the first eight bytes", () => {
    fc.assert(
      fc.property(any.bytes(32), any.bytes(24), (mac: Bytes, other: Bytes) => {
        expect(codeFrom(mac)).toMatch(/^[0-9]{8}$/);
        expect(codeFrom(join(mac.subarray(0, 8), other))).toBe(codeFrom(mac));
      }),
    );
  });
});
