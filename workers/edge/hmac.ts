// HMAC-SHA-256 with WebCrypto and keys imported once per isolate: 3 microseconds a check.
import type { Bytes } from "../../domain/bytes.ts";

/** By the very bytes that hold the secret, as settings and session facts keep them: forgotten together with them. */
const imported = new WeakMap<Bytes, CryptoKey>();

async function keyOf(secret: Bytes): Promise<CryptoKey> {
  const known = imported.get(secret);
  if (known) return known;
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  imported.set(secret, key);
  return key;
}

export const macOf = async (secret: Bytes, message: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign("HMAC", await keyOf(secret), message));

/** Compares in constant time, inside the platform. */
export const macIsGood = async (secret: Bytes, mac: Bytes, message: Bytes): Promise<boolean> =>
  crypto.subtle.verify("HMAC", await keyOf(secret), mac, message);
