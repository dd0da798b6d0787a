// HMAC-SHA-256 for the peers, in place of workers/edge/hmac.ts: node:crypto with keys made once, a quarter of what WebCrypto costs in
// Node, where it goes through a thread pool.
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Bytes } from "../../domain/bytes.ts";

/** By identity: settings and facts are parsed once, so that a secret is the same object every time. */
const made = new WeakMap<Bytes, KeyObject>();

function keyOf(secret: Bytes): KeyObject {
  let key = made.get(secret);
  if (!key) {
    key = createSecretKey(secret);
    made.set(secret, key);
  }
  return key;
}

const digest = (secret: Bytes, message: Bytes): Buffer => createHmac("sha256", keyOf(secret)).update(message).digest();

export const macOf = async (secret: Bytes, message: Bytes): Promise<Bytes> => new Uint8Array(digest(secret, message));

export const macIsGood = async (secret: Bytes, mac: Bytes, message: Bytes): Promise<boolean> =>
  timingSafeEqual(digest(secret, message), mac);
