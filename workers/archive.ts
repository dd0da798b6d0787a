// Every day: orders and deliveries of sessions that ended long ago move from D1 to the archive bucket, and are found there again.
// docs/architecture.md describes the files.
import { settingsOf } from "../contracts/settings.ts";
import { type Bytes, hex, utf8 } from "../domain/bytes.ts";
import { archiveBefore } from "../domain/order/keep.ts";
import { readOrderId } from "../domain/order/order-id.ts";
import {
  archivedPart,
  type Kind,
  markArchived,
  moveOut,
  nextPart,
  type OrderLine,
  type Part,
  sessionsToArchive,
} from "../records/archive.ts";
import { type Records, recordsOf } from "../records/database.ts";

export type Limits = {
  /** Rows in one file: some 400 kB of text, which D1 takes as one value (2 MB) and a look-up reads in a moment. */
  rows: number;
  /** Files in one run: 100,000 rows, two and a half times 40,000 orders a day, at 4 queries each of the 1,000 that an invocation has. */
  files: number;
  /** Sessions in one run: days that were missed are caught up with. */
  sessions: number;
};
const LIMITS: Limits = { rows: 1_000, files: 100, sessions: 50 };

export type Archive = { records: Records; bucket: R2Bucket };
type Done = { files: number; rows: number };

export const archiveOf = (env: Env): Archive => ({ records: recordsOf(env.DB, settingsOf(env).BRAND), bucket: env.ARCHIVE });

const keyOf = (brand: string, kind: Kind, session: string, sha256: string): string => `${brand}/${kind}/${session}/${sha256}.jsonl`;

const hashOf = async (bytes: Bytes): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

/**
 * One run, `now` in Unix seconds. It may be cut off anywhere and run again, also beside itself: a file's name is the hash of its bytes, and
 * only the batch that deletes rows says that they are in it. A session that fails is logged and does not hold up the next.
 */
export async function archiveOrders(archive: Archive, now: number, limits = LIMITS): Promise<Done> {
  const done = { files: 0, rows: 0 };
  for (const session of await sessionsToArchive(archive.records, archiveBefore(now), limits.sessions)) {
    try {
      const finished = await archiveSession(archive, session, Math.floor(now), limits, done);
      if (!finished) break;
    } catch (error) {
      console.error(JSON.stringify({ event: "archive_failed", session, error: String(error) }));
    }
  }
  if (done.files > 0) console.log(JSON.stringify({ event: "archived", ...done }));
  return done;
}

/** False when the run's files are used up before the session is done. */
async function archiveSession(archive: Archive, session: string, now: number, limits: Limits, done: Done): Promise<boolean> {
  for (const kind of ["orders", "deliveries"] as const) {
    for (;;) {
      const part = await nextPart(archive.records, session, kind, limits.rows);
      if (!part) break;
      if (done.files >= limits.files) return false;
      done.files++;
      const sha256 = await writePart(archive, part);
      const moved = await moveOut(archive.records, part, sha256, now);
      if (!moved) throw new Error(`${kind} up to ${part.last} changed meanwhile, or another run moved them`);
      done.rows += part.lines.length;
    }
  }
  await markArchived(archive.records, session, now);
  return true;
}

/** Writes the part's file and reads it back; throws unless the archive has exactly these bytes. */
async function writePart({ records: { brand }, bucket }: Archive, part: Part): Promise<string> {
  const { session, kind, first, last, lines } = part;
  const header = JSON.stringify({ type: "archive", v: 1, brand, session, kind, first, last, lines: lines.length });
  const bytes = utf8(`${header}\n${lines.join("\n")}\n`);
  const sha256 = await hashOf(bytes);
  const key = keyOf(brand, kind, session, sha256);
  await bucket.put(key, bytes, { sha256, httpMetadata: { contentType: "application/jsonl" } });
  const stored = await bucket.get(key);
  if (!stored || (await hashOf(new Uint8Array(await stored.arrayBuffer()))) !== sha256) throw new Error(`${key} was not stored`);
  return sha256;
}

/** An order that left D1, as it was; undefined where the archive does not have it. */
export async function findArchivedOrder({ records, bucket }: Archive, order: string): Promise<OrderLine | undefined> {
  const { session } = readOrderId(order);
  const sha256 = await archivedPart(records, session, order);
  if (sha256 === undefined) return undefined;
  const key = keyOf(records.brand, "orders", session, sha256);
  const file = await bucket.get(key);
  if (!file) throw new Error(`${key} is not in the archive`);
  const [, ...lines] = (await file.text()).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as OrderLine).find((line) => line.order === order);
}
