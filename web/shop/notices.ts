// Before the draw: whether operators have excluded an own reservation. A small public file says in which shards there is something to ask; only
// whoever has a place in one of these asks, once for each change.
import type { AppealInput, Notice, Notices, OwnExclusions } from "../../contracts/review.ts";
import type { PublishedSession } from "../../contracts/session-view.ts";
import { account } from "../shared/account.ts";
import { call, type Failure } from "../shared/api.ts";
import { noticesEveryS } from "./due.ts";
import { type Kept, kept, patch, receiptOf } from "./kept.ts";
import { drawFile } from "./result.ts";

let looked = { session: "", atMs: Number.NEGATIVE_INFINITY };

/** What cannot be had now is asked for again. */
export async function lookForNotices(published: PublishedSession, nowS: number, hasty: boolean): Promise<void> {
  const { session } = published.manifest;
  const mine = kept.value.filter((entry) => entry.session === session && entry.receipt && !entry.withdrawn);
  const everyS = noticesEveryS(published, nowS, hasty);
  if (mine.length === 0 || !account.value || everyS === undefined) return;
  if (looked.session === session && performance.now() - looked.atMs < everyS * 1000) return;
  looked = { session, atMs: performance.now() };
  const file = await call<Notices>(drawFile(session, "notices.json"));
  if (!file.ok) return;
  const { at, shards } = file.value;
  const concerned = mine.filter((entry) => entry.noticesAt !== at && shards.includes(receiptOf(entry)?.shard ?? -1));
  if (concerned.length === 0) return;
  const own = await call<OwnExclusions>(`/v1/sessions/${session}/exclusions`);
  if (!own.ok) return;
  for (const entry of concerned) {
    const notice = own.value.exclusions.find(({ pool }) => pool === entry.pool);
    patch(entry, { noticesAt: at, ...(notice ? { notice } : {}) });
  }
}

export async function sendAppeal(entry: Kept, text: string): Promise<Failure | undefined> {
  const json: AppealInput = { pool: entry.pool, text: text.trim().normalize("NFC") };
  const outcome = await call<Notice>(`/v1/sessions/${entry.session}/appeals`, { json });
  if (!outcome.ok) return outcome.refusal;
  patch(entry, { notice: outcome.value });
  return undefined;
}
