// Which operator secret a session's keys derive from: the one whose receipt key stands in the manifest.
import { type Bytes, hex } from "../domain/bytes.ts";
import { type Manifest, receiptSeed } from "../domain/draw/manifest.ts";
import { publicKeyOf } from "../domain/ed25519.ts";
import type { Key } from "./settings.ts";

/** Throws where it is not set any more. */
export function secretOfSession(keys: Key[], { origin, session, receiptKey }: Manifest): Bytes {
  const key = keys.find(({ secret }) => hex(publicKeyOf(receiptSeed(secret, origin, session))) === receiptKey);
  if (!key) throw new Error(`no operator secret belongs to the receipt key of ${session}`);
  return key.secret;
}
