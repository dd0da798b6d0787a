// The session's receipt key inside a shard: signs groups, withdrawals and refusals, and hides nonces at rest.

import { type Key, keyNamed } from "../../contracts/settings.ts";
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import { receiptSeed } from "../../domain/draw/manifest.ts";
import { type NonceMask, nonceMask } from "../../domain/draw/nonce.ts";
import { importSigningKey, sign } from "../keys.ts";
import type { ShardPlan } from "./messages.ts";

export class Signer {
  readonly #key: Promise<CryptoKey>;
  /** Nonce <-> masked nonce of one pid and place. */
  readonly mask: NonceMask;

  constructor(plan: ShardPlan, secrets: Key[]) {
    const secret = keyNamed(secrets, plan.kid)?.secret;
    if (!secret) throw new Error(`operator secret ${plan.kid} is not set: it signs a session that is under way`);
    this.#key = importSigningKey(receiptSeed(secret, plan.origin, plan.session));
    this.mask = nonceMask(secret, unhex(plan.manifest));
  }

  async ready(): Promise<void> {
    await this.#key;
  }

  /** Signature in hex. */
  async sign(message: Bytes): Promise<string> {
    return hex(await sign(await this.#key, message));
  }
}
