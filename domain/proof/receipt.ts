// Receipts as people hand them in: the owner's own text, or the one for other people's eyes, with eid instead of nonce and pid. draw1, section 5.
import { hex, unhex } from "../bytes.ts";
import { eidOf } from "../draw/entry.ts";
import { hash, hexOf, list, object, oneOf, session, whole } from "../draw/forms.ts";
import type { Receipt } from "../draw/receipt.ts";
import { jcs, parseJcs } from "../jcs.ts";
import type { Own, OwnGroup } from "./proof.ts";

/** A receipt that may be shown: it proves the place and names nobody. */
export type ShownReceipt = Omit<Receipt, "nonce" | "pid"> & { eid: string };

const COMMON = {
  v: oneOf(1),
  type: oneOf("receipt"),
  session,
  manifest: hash,
  shard: whole,
  index: whole,
  tickets: whole,
  s: whole,
  pools: list(whole, 1),
  leaf: hash,
  group: object({ first: whole, size: whole, s: whole }),
  path: list(hash, 8),
  sig: hexOf(64),
};
const OWN = object({ ...COMMON, nonce: hash, pid: hash });
const SHOWN = object({ ...COMMON, eid: hash });

/** Reads a receipt's text; throws a TypeError on anything that is not exactly one. */
export function parseReceipt(text: string): Receipt | ShownReceipt {
  const value = parseJcs(text);
  const fits = (OWN(value) || SHOWN(value)) && (value as { pools: number[] }).pools.length === 1;
  if (!fits) throw new TypeError("not a receipt");
  return value as Receipt | ShownReceipt;
}

/** The same receipt for a store, a newspaper or support. */
export function shownReceipt({ nonce, pid, ...receipt }: Receipt): string {
  return jcs({ ...receipt, eid: hex(eidOf(unhex(receipt.manifest), unhex(nonce), unhex(pid))) });
}

/** Parts 2 and 3 of a proof. */
export function ownParts(receipt: Receipt | ShownReceipt): { own: Own; group: OwnGroup } {
  const { shard, index, tickets, s, group, path, sig } = receipt;
  const identity = "eid" in receipt ? { eid: unhex(receipt.eid) } : { nonce: unhex(receipt.nonce), pid: unhex(receipt.pid) };
  return {
    own: { shard, index, tickets, s, pool: receipt.pools[0], identity },
    group: { ...group, path: path.map(unhex), sig: unhex(sig) },
  };
}
