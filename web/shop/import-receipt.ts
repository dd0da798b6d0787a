// Puts a receipt back onto this device from a file or a picture of its QR code. Loaded only when somebody brings one.
import type { SessionView } from "../../contracts/sessions.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { eidOf, entryBody, leafHasher } from "../../domain/draw/entry.ts";
import { readManifest } from "../../domain/draw/forms.ts";
import { manifestHash } from "../../domain/draw/manifest.ts";
import { groupMessage, type Receipt } from "../../domain/draw/receipt.ts";
import { verifies } from "../../domain/ed25519.ts";
import { rootThrough } from "../../domain/merkle.ts";
import { parseReceipt } from "../../domain/proof/receipt.ts";
import { itemOfFile } from "../check/given.ts";
import { call } from "../shared/api.ts";
import { keptFile } from "../shared/files.ts";
import { keep, keptFor } from "./kept.ts";
import { findPool } from "./offers.ts";
import { drawFile } from "./result.ts";

export type Imported = "kept" | "not-a-receipt" | "shown-only" | "unknown-session" | "not-signed";

export async function importReceipt(file: File): Promise<Imported> {
  const item = await itemOfFile(file);
  if (item?.kind !== "receipt") return "not-a-receipt";
  const receipt = parseReceipt(item.text);
  // A receipt that was made for showing can be checked by anybody, but its owner's numbers are not in it.
  if ("eid" in receipt) return "shown-only";
  const [plan, view] = await Promise.all([
    keptFile(drawFile(receipt.session, "manifest.json")),
    call<SessionView>(`/v1/sessions/${receipt.session}`, { open: true }),
  ]);
  if (!plan.ok || !view.ok) return "unknown-session";
  if (!isSigned(receipt, plan.value)) return "not-signed";
  const pool = await findPool(view.value, receipt.pools[0]);
  if (!pool) return "not-signed";
  const { session, title, close } = view.value;
  const { sku, store } = pool;
  const { nonce, pools } = receipt;
  keep({ ...keptFor(session, sku), session, title, close, sku, store, pool: pools[0], nonce, receipt: item.text });
  return "kept";
}

/** Whether this shop signed it, for this very entry. */
function isSigned(receipt: Receipt, plan: Uint8Array): boolean {
  const M = manifestHash(plan);
  if (hex(M) !== receipt.manifest) return false;
  const { shard, index, tickets, s, pools, group, path, sig } = receipt;
  const eid = eidOf(M, unhex(receipt.nonce), unhex(receipt.pid));
  const lh = leafHasher(M, shard)(index, entryBody({ tickets, s, eid, pool: pools[0] }));
  const root = rootThrough(lh, index - group.first, group.size, path.map(unhex));
  if (!root || hex(lh) !== receipt.leaf) return false;
  return verifies(unhex(readManifest(plan).receiptKey), groupMessage(M, shard, group, root), unhex(sig));
}
