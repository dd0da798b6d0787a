// What a receipt claims, checked against the stored leaves of its shard: the group's root carries its signature, and its path leads there.
import { unhex } from "../../domain/bytes.ts";
import { type Receipt, signedPart } from "../../domain/draw/receipt.ts";
import { verifies } from "../../domain/ed25519.ts";
import { HASH, included, rootOf } from "../../domain/merkle.ts";

/** `key` is the session's receipt key. */
export function proves(receipt: Receipt, leaves: Uint8Array, key: Uint8Array): boolean {
  const { first, size } = receipt.group;
  const root = rootOf(leaves.subarray(first * HASH, (first + size) * HASH));
  const isSigned = verifies(key, signedPart(receipt, root), unhex(receipt.sig));
  return isSigned && included(unhex(receipt.leaf), receipt.index - first, size, receipt.path.map(unhex), root);
}
