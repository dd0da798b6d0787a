// A beacon for object tests: its own key, so that rounds exist for the test's clock.
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { type Bytes, hex } from "../../../domain/bytes.ts";
import { messagePoint } from "../../../domain/draw/beacon.ts";
import type { Chain } from "../../../domain/draw/chains.ts";

const { shortSignatures } = bls12_381;
const SECRET = new Uint8Array(32).fill(7);

export const TEST_CHAIN: Chain = {
  hash: "ab".repeat(32),
  scheme: "bls-unchained-g1-rfc9380",
  publicKey: hex(shortSignatures.getPublicKey(SECRET).toBytes() as Bytes),
  genesis: 1_700_000_000,
  period: 3,
  name: "test beacon",
  local: true,
};

const signed = new Map<number, string>();

export function signatureOf(round: number): string {
  let signature = signed.get(round);
  if (!signature) {
    signature = sign(round);
    signed.set(round, signature);
  }
  return signature;
}

const sign = (round: number): string =>
  hex(shortSignatures.Signature.toBytes(shortSignatures.sign(messagePoint(round), SECRET)) as Bytes);

/** What a relay answers for a path of drand's v1 API at `nowMs`. */
export function relay(path: string, nowMs: number): string | undefined {
  const round = Number(path.split("/").pop());
  const published = TEST_CHAIN.genesis + (round - 1) * TEST_CHAIN.period <= nowMs / 1000;
  return published ? JSON.stringify({ round, signature: signatureOf(round), randomness: "" }) : undefined;
}
