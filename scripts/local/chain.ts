// The local beacon's chain: its own key, one round every three seconds, the form of drand quicknet. Whoever holds the key can foresee
// rounds, which is why pages say that it is local and why deployed builds do not know it.

import { createHash } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { messagePoint } from "../../domain/draw/beacon.ts";
import { type Chain, type ChainInfo, chainHash } from "../../domain/draw/chains.ts";

const PERIOD_S = 3;
/** Any fixed instant before the first session: 2026-01-01T00:00:00Z. */
const GENESIS = 1767225600;
const BEACON_ID = "fairpour-local";

export type LocalChain = Chain & ChainInfo;

const { shortSignatures, fields } = bls12_381;

/** A scalar from 32 random bytes; zero is as unlikely as a collision of SHA-256. */
const secretOf = (key: string): Bytes => fields.Fr.toBytes(fields.Fr.create(BigInt(`0x${key}`))) as Bytes;

export function localChain(key: string): LocalChain {
  const publicKey = hex(shortSignatures.getPublicKey(secretOf(key)).toBytes() as Bytes);
  const groupHash = createHash("sha256").update(`${BEACON_ID}\n${publicKey}`).digest("hex");
  const info = { publicKey, genesis: GENESIS, period: PERIOD_S, groupHash, beaconId: BEACON_ID };
  return { hash: chainHash(info), scheme: "bls-unchained-g1-rfc9380", name: "local beacon", local: true, ...info };
}

/** The round's signature, 48 bytes, hex. */
export function signRound(key: string, round: number): string {
  const point = shortSignatures.sign(messagePoint(round), secretOf(key));
  return hex(shortSignatures.Signature.toBytes(point) as Bytes);
}
