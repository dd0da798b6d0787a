// Ed25519 where WebCrypto is not at hand or a key must be derived synchronously (RFC 8032, strict: not the ZIP 215 equation).
import { ed25519 } from "@noble/curves/ed25519.js";
import type { Bytes } from "./bytes.ts";

export const publicKeyOf = (seed: Uint8Array): Bytes => ed25519.getPublicKey(seed) as Bytes;

export const signWith = (seed: Uint8Array, message: Uint8Array): Bytes => ed25519.sign(message, seed) as Bytes;

export function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
