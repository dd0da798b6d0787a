// Nonces at rest: XOR with a keystream that belongs to one session, pid and place, and is used once. The phone keeps the nonce itself.
import { type Bytes, join, u32 } from "../bytes.ts";
import { hkdf, hmacWith } from "../hash.ts";
import { tag } from "./tags.ts";

/** Nonce <-> masked nonce. The same call does both. */
export type NonceMask = (nonce: Uint8Array, pid: Uint8Array, place: number) => Bytes;

export function nonceMask(operatorSecret: Uint8Array, manifestHash: Uint8Array): NonceMask {
  const macOf = hmacWith(hkdf(operatorSecret, join(tag("nonce-key"), manifestHash)));
  return (nonce, pid, place) => {
    const masked = macOf(join(pid, u32(place)));
    for (let at = 0; at < masked.length; at++) masked[at] = (masked[at] as number) ^ (nonce[at] as number);
    return masked;
  };
}
