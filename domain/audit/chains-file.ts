// The file of openings that an operator hands to an auditor: JCS, strictly of this form. It is not public and stands in no log.
import { SAMPLE_MAX } from "../draw/audit-sample.ts";
import { type Form, hash, list, object, oneOf, session, whole } from "../draw/forms.ts";
import { parseObject } from "../draw/manifest.ts";
import { TICKETS_MAX } from "../draw/tickets.ts";
import type { Json } from "../jcs.ts";

/** An entry with the nonce from which its public id follows, hex. */
export type ShownEntry = { shard: number; index: number; nonce: string };

/** `inner` is HMAC(pepper, person), hex; `chain` the losses, the newest first. */
export type Opening = ShownEntry & { inner: string; chain: (ShownEntry & { session: string })[] };

export type Chains = { v: 1; type: "chains"; session: string; manifest: string; openings: Opening[] };

const ENTRY = { shard: whole, index: whole, nonce: hash };

const CHAINS: Form = object({
  v: oneOf(1),
  type: oneOf("chains"),
  session,
  manifest: hash,
  openings: list(object({ ...ENTRY, inner: hash, chain: list(object({ ...ENTRY, session }), TICKETS_MAX) }), SAMPLE_MAX),
});

/** Throws a TypeError or SyntaxError on anything else. */
export function readChains(bytes: Uint8Array): Chains {
  const value = parseObject<Json>(bytes);
  if (!CHAINS(value)) throw new TypeError("not a file of openings");
  return value as Chains;
}
