// Complaints: "I have a receipt that is not in the log". Only a receipt that the session's key has signed is taken, and only without what
// is private in it: whoever shows a receipt gives eid instead of nonce and pid (draw1, section 5).
import * as v from "valibot";
import { type Bytes, hex, same, unhex } from "../domain/bytes.ts";
import { entryBody, leafHashes } from "../domain/draw/entry.ts";
import { type Manifest, manifestHash, parseObject } from "../domain/draw/manifest.ts";
import { GROUP_MAX, groupMessage } from "../domain/draw/receipt.ts";
import { verifies } from "../domain/ed25519.ts";
import { rootThrough } from "../domain/merkle.ts";

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const whole = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const U32 = 0xffff_ffff;

const receipt = v.strictObject({
  v: v.literal(1),
  type: v.literal("receipt"),
  session: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)),
  manifest: hash,
  shard: whole(0xffff),
  index: whole(U32),
  tickets: v.pipe(whole(8), v.minValue(1)),
  s: whole(Number.MAX_SAFE_INTEGER),
  pools: v.tuple([whole(U32)]),
  eid: hash,
  leaf: hash,
  group: v.strictObject({
    first: whole(U32),
    size: v.pipe(whole(GROUP_MAX), v.minValue(1)),
    s: whole(Number.MAX_SAFE_INTEGER),
  }),
  path: v.pipe(v.array(hash), v.maxLength(8)),
  sig: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/)),
});

export const complaintInput = v.strictObject({
  v: v.literal(1),
  type: v.literal("complaint"),
  receipt,
  /** What happened, for whoever runs the witness. Never listed. */
  text: v.optional(v.pipe(v.string(), v.maxLength(500)), ""),
  /** How to be reached. Never listed. */
  contact: v.optional(v.pipe(v.string(), v.maxLength(200)), ""),
});

export type Complaint = v.InferOutput<typeof complaintInput>;

/** Whether the session of this manifest signed the receipt: the leaf is the one that it describes, and stands in the signed group. */
export function isSigned(shown: Complaint["receipt"], manifestBytes: Bytes): boolean {
  const manifest = parseObject<Manifest>(manifestBytes);
  const M = manifestHash(manifestBytes);
  if (shown.manifest !== hex(M) || shown.session !== manifest.session || shown.shard >= manifest.shards) return false;
  const body = entryBody({ tickets: shown.tickets, s: shown.s, eid: unhex(shown.eid), pool: shown.pools[0] });
  const leaf = leafHashes(M, shown.shard, shown.index, body);
  if (!same(leaf, unhex(shown.leaf))) return false;
  const { group, index, path } = shown;
  const root = rootThrough(leaf, index - group.first, group.size, path.map(unhex));
  return root !== undefined && verifies(unhex(manifest.receiptKey), groupMessage(M, shown.shard, group, root), unhex(shown.sig));
}
