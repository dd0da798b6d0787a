// The session's receipt key inside a shard: signs groups, withdrawals and refusals, and hides nonces at rest.

import { type Key, keyNamed } from "../../contracts/settings.ts";
import { type Bytes, hex, join, u32, unhex } from "../../domain/bytes.ts";
import { receiptSeed } from "../../domain/draw/manifest.ts";
import { tag } from "../../domain/draw/tags.ts";
import { hkdf, hmacWith } from "../../domain/hash.ts";
import { importSigningKey, sign } from "../keys.ts";
import type { ShardPlan } from "./messages.ts";

export class Signer {
  readonly #key: Promise<CryptoKey>;
  readonly #nonceMac: (message: Uint8Array) => Bytes;

  constructor(plan: ShardPlan, secrets: Key[]) {
    const secret = keyNamed(secrets, plan.kid)?.secret;
    if (!secret) throw new Error(`operator secret ${plan.kid} is not set: it signs a session that is under way`);
    this.#key = importSigningKey(receiptSeed(secret, plan.origin, plan.session));
    this.#nonceMac = hmacWith(hkdf(secret, join(tag("nonce-key"), unhex(plan.manifest))));
  }

  async ready(): Promise<void> {
    await this.#key;
  }

  /** Signature in hex. */
  async sign(message: Bytes): Promise<string> {
    return hex(await sign(await this.#key, message));
  }

  /** Nonce <-> encrypted nonce, XOR with a keystream that belongs to one pid and place and is used once. */
  mask(nonce: Uint8Array, pid: Uint8Array, place: number): Bytes {
    const masked = this.#nonceMac(join(pid, u32(place)));
    for (let at = 0; at < masked.length; at++) masked[at] = (masked[at] as number) ^ (nonce[at] as number);
    return masked;
  }
}
