// Ed25519 where WebCrypto is not at hand or a key must be derived synchronously. Signatures are evidence, so every verifier must decide alike:
// draw1, section 2, asks for canonical encodings, no key of small order, and the equation without the cofactor (RFC 8032, 5.1.7).
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { type Bytes, join, same } from "./bytes.ts";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

export const publicKeyOf = (seed: Uint8Array): Bytes => ed25519.getPublicKey(seed) as Bytes;

export const signWith = (seed: Uint8Array, message: Uint8Array): Bytes => ed25519.sign(message, seed) as Bytes;

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** Whether S·B = R + k·A, exactly. noble's own check multiplies both sides by the cofactor and so accepts more. */
export function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (signature.length !== 64) return false;
    const R = signature.subarray(0, 32);
    const S = littleEndian(signature.subarray(32));
    const A = Point.fromBytes(publicKey, false);
    if (S >= ORDER || A.isSmallOrder()) return false;
    const k = littleEndian(sha512(join(R, publicKey, message))) % ORDER;
    // R is compared as bytes: an R that is not canonical differs.
    return same(Point.BASE.multiplyUnsafe(S).subtract(A.multiplyUnsafe(k)).toBytes(), R);
  } catch {
    return false;
  }
}
