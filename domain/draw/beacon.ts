// Checks one beacon round: strict decoding, the pairing, and the canonical rule of draw1, section 1.
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { type Bytes, hex, join, same, u8, u64, unhex } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import type { Chain } from "./chains.ts";
import { tag } from "./tags.ts";

const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** What a round's signers sign: SHA-256(u64 round), hashed to a point of G1. */
export const messagePoint = (round: number) => bls12_381.shortSignatures.hash(sha256(u64(round)), DST);

/** Whether these are 48 bytes that encode a point of the group other than infinity, in its one canonical spelling. */
export const encodesPoint = (signatureHex: string): boolean => decoded(signatureHex) !== undefined;

type Point = ReturnType<typeof bls12_381.shortSignatures.Signature.fromBytes>;

function decoded(signatureHex: string): Point | undefined {
  try {
    const bytes = unhex(signatureHex);
    if (bytes.length !== 48) return undefined;
    const { Signature } = bls12_381.shortSignatures;
    const point = Signature.fromBytes(bytes);
    point.assertValidity();
    return !point.is0() && same(Signature.toBytes(point), bytes) ? point : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The canonical 48 bytes of a round's signature, or undefined where it does not verify. The bytes are decoded, verified, encoded
 * again and compared: a relay must not be able to choose between two spellings of one point, because the seed hashes them.
 */
export function verifiedSignature(chain: Chain, round: number, signatureHex: string): Bytes | undefined {
  const point = decoded(signatureHex);
  if (!point) return undefined;
  const { shortSignatures } = bls12_381;
  try {
    const good = shortSignatures.verify(point, messagePoint(round), publicKeyOf(chain));
    return good ? (shortSignatures.Signature.toBytes(point) as Bytes) : undefined;
  } catch {
    // A chain whose key is no point signs nothing.
    return undefined;
  }
}

const publicKeys = new Map<string, ReturnType<typeof bls12_381.G2.Point.fromBytes>>();

/** Decoding a key of G2 checks its subgroup, which costs as much as a pairing: once per chain is enough. */
function publicKeyOf(chain: Chain) {
  let point = publicKeys.get(chain.publicKey);
  if (!point) {
    point = bls12_381.G2.Point.fromHex(chain.publicKey);
    point.assertValidity();
    publicKeys.set(chain.publicKey, point);
  }
  return point;
}

/** seed = H(T("seed") || chainHash32 || u64 round || u8 len || canonical signature || sealHash). */
export const seedOf = (chainHash: string, round: number, signature: Uint8Array, sealHash: Uint8Array): Bytes =>
  sha256(join(tag("seed"), unhex(chainHash), u64(round), u8(signature.length), signature, sealHash));

/** The published beacon file, as an object. */
export const beaconObject = (chain: string, round: number, signature: Uint8Array) => ({
  v: 1 as const,
  type: "beacon" as const,
  chain,
  round,
  signature: hex(signature),
});
