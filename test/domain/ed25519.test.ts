// Signatures are evidence: every verifier has to say the same of the same bytes (draw1, section 2).
import { createHash } from "node:crypto";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, join, unhex, utf8 } from "../../domain/bytes.ts";
import { publicKeyOf, signWith, verifies } from "../../domain/ed25519.ts";
import * as any from "../support/arbitraries.ts";

const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const P = 2n ** 255n - 19n;

const little = (value: bigint): Uint8Array => unhex(value.toString(16).padStart(64, "0")).reverse();
const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes.slice().reverse())}`);

// RFC 8032, section 7.1, test 1: an empty message.
const SEED = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const KEY = unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
const SIGNATURE = unhex(
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
);
const MESSAGE = utf8("a message");

/** A signature that the key's owner makes with this R instead of an honest one: s = r + H(R || A || message) * a. */
function signedWithR(r: bigint, R: Uint8Array): Uint8Array {
  const a = ed25519.utils.getExtendedPublicKey(SEED).scalar;
  const digest = createHash("sha512")
    .update(join(R, KEY, MESSAGE))
    .digest();
  const k = number(new Uint8Array(digest));
  return join(R, little((r + k * a) % L));
}

const honestR = ed25519.Point.BASE.multiply(12345n);

describe("Ed25519", () => {
  it("makes the key and signature of RFC 8032's first test", () => {
    expect(hex(publicKeyOf(SEED))).toBe(hex(KEY));
    expect(hex(signWith(SEED, new Uint8Array(0)))).toBe(hex(SIGNATURE));
    expect(verifies(KEY, new Uint8Array(0), SIGNATURE)).toBe(true);
  });

  it("verifies what was signed, and nothing with one bit changed", () => {
    fc.assert(
      fc.property(any.hash32, any.bytes(1, 60), fc.nat(), fc.integer({ min: 0, max: 7 }), (seed, message, at, bit) => {
        const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ (1 << bit) : byte));
        const [key, signature] = [publicKeyOf(seed), signWith(seed, message)];
        expect(verifies(key, message, signature)).toBe(true);
        expect(verifies(key, flipped(message), signature)).toBe(false);
        expect(verifies(key, message, flipped(signature))).toBe(false);
        expect(verifies(flipped(key), message, signature)).toBe(false);
      }),
      { numRuns: 15 },
    );
  });

  it("accepts a signature that is built like the refused ones below, from an honest R", () => {
    expect(verifies(KEY, MESSAGE, signedWithR(12345n, honestR.toBytes()))).toBe(true);
  });

  const IDENTITY = little(1n);
  const IDENTITY_ALIAS = little(P + 1n);
  const mixedR = honestR.add(ed25519.Point.fromHex(ED25519_TORSION_SUBGROUP[1] as string)).toBytes();
  const s = number(SIGNATURE.subarray(32));
  it.each<[string, Uint8Array, Uint8Array, Uint8Array]>([
    ["s + L instead of s", KEY, new Uint8Array(0), join(SIGNATURE.subarray(0, 32), little(s + L))],
    ["a key of small order", IDENTITY, MESSAGE, join(IDENTITY, little(0n))],
    ["a key whose y is not below the field prime", IDENTITY_ALIAS, MESSAGE, join(IDENTITY, little(0n))],
    ["an R whose y is not below the field prime", KEY, MESSAGE, signedWithR(0n, IDENTITY_ALIAS)],
    ["a signature that only the cofactored equation accepts", KEY, MESSAGE, signedWithR(12345n, mixedR)],
    ["a key that is not on the curve", little(2n), MESSAGE, SIGNATURE],
    ["a signature of 63 bytes", KEY, new Uint8Array(0), SIGNATURE.subarray(0, 63)],
    ["a signature of 65 bytes", KEY, new Uint8Array(0), join(SIGNATURE, Uint8Array.of(0))],
    ["a key of 31 bytes", KEY.subarray(0, 31), new Uint8Array(0), SIGNATURE],
  ])("refuses %s", (_, key, message, signature) => {
    expect(verifies(key, message, signature)).toBe(false);
  });
});
