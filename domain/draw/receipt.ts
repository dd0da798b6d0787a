// What a shard signs: a group of reservations, a withdrawal, a refusal; and the receipt made of it. draw1, section 5.
import { type Bytes, hex, join, u8, u16, u32, u64, unhex } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import { HASH, levelsOf, pathIn } from "../merkle.ts";
import { tag } from "./tags.ts";

export type Group = { first: number; size: number; s: number };

export type Receipt = {
  v: 1;
  type: "receipt";
  session: string;
  manifest: string;
  shard: number;
  index: number;
  tickets: number;
  s: number;
  pools: [number];
  nonce: string;
  pid: string;
  leaf: string;
  group: Group;
  path: string[];
  sig: string;
};

/** Most reservations in one group: one flush, one transaction, one signature. */
export const GROUP_MAX = 256;

export const groupMessage = (manifest: Uint8Array, shard: number, group: Group, root: Uint8Array): Bytes =>
  join(tag("receipt"), manifest, u16(shard), u32(group.first), u16(group.size), root, u64(group.s));

export const withdrawalMessage = (manifest: Uint8Array, shard: number, index: number, lh: Uint8Array, s: number): Bytes =>
  join(tag("withdrawal"), manifest, u16(shard), u32(index), lh, u64(s));

export const refusalMessage = (
  manifest: Uint8Array,
  shard: number,
  eid: Uint8Array,
  pool: number,
  code: number,
  s: number,
): Bytes => join(tag("refusal"), manifest, u16(shard), eid, u8(1), u32(pool), u8(code), u64(s));

export type ReceiptParts = Omit<Receipt, "v" | "type" | "pools" | "path" | "leaf"> & { pool: number; leaves: Uint8Array };

/** The receipt's exact text: canonical JSON, so the same reservation gives the same bytes for ever. */
export function receiptText(parts: ReceiptParts, levels = levelsOf(parts.leaves)): string {
  const at = parts.index - parts.group.first;
  const { group, index, manifest, nonce, pid, pool, s, session, shard, sig, tickets } = parts;
  const leaf = hex(parts.leaves.subarray(at * HASH, (at + 1) * HASH));
  const path = pathIn(levels, at).map((hash) => `"${hex(hash)}"`);
  // Written out in the order that RFC 8785 asks for; a test holds it against jcs(). Hex and whole numbers need no escape.
  return (
    `{"group":{"first":${group.first},"s":${group.s},"size":${group.size}},"index":${index},"leaf":"${leaf}",` +
    `"manifest":"${manifest}","nonce":"${nonce}","path":[${path.join(",")}],"pid":"${pid}","pools":[${pool}],"s":${s},` +
    `"session":${jcs(session)},"shard":${shard},"sig":"${sig}","tickets":${tickets},"type":"receipt","v":1}`
  );
}

/** Signed texts that are not stored: a repeat of the request makes the same bytes again. */
export function withdrawalText(fields: {
  session: string;
  manifest: string;
  shard: number;
  index: number;
  leaf: string;
  s: number;
  sig: string;
}): string {
  return jcs({ ...fields, v: 1, type: "withdrawal" });
}

export function refusalText(fields: {
  session: string;
  manifest: string;
  shard: number;
  pools: [number];
  nonce: string;
  pid: string;
  code: number;
  s: number;
  sig: string;
}): string {
  return jcs({ ...fields, v: 1, type: "refusal" });
}

/** The message whose signature a receipt carries, rebuilt from the receipt alone. */
export const signedPart = (receipt: Receipt, groupRoot: Uint8Array): Bytes =>
  groupMessage(unhex(receipt.manifest), receipt.shard, receipt.group, groupRoot);
