// SHA-256, HMAC and HKDF: the one place that names the hash function, so that a faster one can take its place.
import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import type { Bytes } from "./bytes.ts";
import { sha256 as shortSha256 } from "./sha256.ts";

export const sha256 = (bytes: Uint8Array): Bytes => shortSha256(bytes);

/** HMAC under one key that is used again and again: its two blocks are hashed once. */
export function hmacWith(key: Uint8Array): (message: Uint8Array) => Bytes {
  const keyed = nobleHmac.create(nobleSha256, key);
  return (message) => keyed.clone().update(message).digest() as Bytes;
}

export const hmac = (key: Uint8Array, message: Uint8Array): Bytes => nobleHmac(nobleSha256, key, message) as Bytes;

/** HKDF-SHA-256 (RFC 5869) with an empty salt and 32 bytes out, as draw1 section 2 fixes it. */
export const hkdf = (secret: Uint8Array, info: Uint8Array): Bytes => nobleHkdf(nobleSha256, secret, undefined, info, 32) as Bytes;
