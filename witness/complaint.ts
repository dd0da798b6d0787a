// Complaints: "I have a receipt that is not in the log". Only a receipt that the session's key has signed is taken, and only without what
// is private in it: whoever shows a receipt gives eid instead of nonce and pid (draw1, section 5).
import * as v from "valibot";
import { type Bytes, hex, same, unhex } from "../domain/bytes.ts";
import { entryBody, leafHashes } from "../domain/draw/entry.ts";
import { type Manifest, manifestHash, parseObject } from "../domain/draw/manifest.ts";
import { GROUP_MAX, groupMessage } from "../domain/draw/receipt.ts";
import { verifies } from "../domain/ed25519.ts";
import { type Json, jcs } from "../domain/jcs.ts";
import { rootThrough } from "../domain/merkle.ts";
import { parseReceipt, type ShownReceipt } from "../domain/proof/receipt.ts";

function isShownReceipt(value: unknown): boolean {
  try {
    return "eid" in parseReceipt(jcs(value as Json));
  } catch {
    return false;
  }
}

export const complaintInput = v.strictObject({
  v: v.literal(1),
  type: v.literal("complaint"),
  receipt: v.custom<ShownReceipt>(isShownReceipt),
  /** What happened, for whoever runs the witness. Never listed. */
  text: v.optional(v.pipe(v.string(), v.maxLength(500)), ""),
  /** How to be reached. Never listed. */
  contact: v.optional(v.pipe(v.string(), v.maxLength(200)), ""),
});

export type Complaint = v.InferOutput<typeof complaintInput>;

const fits = (value: number, bits: 8 | 16 | 32): boolean => value < 2 ** bits;

/** Whether the session of this manifest signed the receipt: the leaf is the one that it describes, and stands in the signed group. */
export function isSigned(shown: ShownReceipt, manifestBytes: Bytes): boolean {
  const manifest = parseObject<Manifest>(manifestBytes);
  const M = manifestHash(manifestBytes);
  const {
    group,
    index,
    path,
    pools: [pool],
    shard,
    tickets,
  } = shown;
  if (shown.manifest !== hex(M) || shown.session !== manifest.session || shard >= manifest.shards) return false;
  // A number that does not fit its field would be cut off, and another receipt would pass for this one.
  if (!fits(index, 32) || !fits(pool, 32) || !fits(tickets, 8) || !fits(group.first, 32) || group.size > GROUP_MAX) return false;
  const leaf = leafHashes(M, shard, index, entryBody({ tickets, s: shown.s, eid: unhex(shown.eid), pool }));
  if (!same(leaf, unhex(shown.leaf))) return false;
  const root = rootThrough(leaf, index - group.first, group.size, path.map(unhex));
  return root !== undefined && verifies(unhex(manifest.receiptKey), groupMessage(M, shard, group, root), unhex(shown.sig));
}
