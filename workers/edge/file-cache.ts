// Published files as this isolate remembers them. A file never changes, so one that was read stays right; one that is not there yet is
// looked for again after a second. Without it a crowd would read the same few files from R2 once per phone.
import type { Bytes } from "../../domain/bytes.ts";

export type KeptFile = { bytes: Bytes; etag: string };

/** How long "not there yet" holds, here and in every cache on the way. */
export const ABSENT_S = 1;
/** Larger files go from R2 to the caller as they come. */
const FILE_BYTES_MAX = 64 * 1024;
/** A quarter of what an isolate may use, objects and code beside it. */
const KEPT_BYTES_MAX = 32 * 1024 * 1024;
const ABSENT_MAX = 10_000;

const kept = new Map<string, KeptFile>();
const absentUntilMs = new Map<string, number>();
let keptBytes = 0;

/** The file if it is kept here, "absent" if it was not there a moment ago, undefined if R2 has to say. */
export function recall(key: string): KeptFile | "absent" | undefined {
  const file = kept.get(key);
  if (file) return file;
  const untilMs = absentUntilMs.get(key);
  if (untilMs === undefined) return undefined;
  if (Date.now() < untilMs) return "absent";
  // Whoever comes first asks R2 again; those who come while it answers are still told "absent".
  absentUntilMs.set(key, Date.now() + ABSENT_S * 1000);
  return undefined;
}

/** Reads a whole small file; undefined where there is none. */
export async function fileOf(env: Env, key: string): Promise<KeptFile | undefined> {
  const known = recall(key);
  if (known) return known === "absent" ? undefined : known;
  const object = await env.FILES.get(key);
  if (object) return keep(key, object);
  noteAbsent(key);
  return undefined;
}

export async function keep(key: string, object: R2ObjectBody): Promise<KeptFile> {
  const file = { bytes: new Uint8Array(await object.arrayBuffer()), etag: object.httpEtag };
  if (!fits(object) || kept.has(key)) return file;
  absentUntilMs.delete(key);
  kept.set(key, file);
  keptBytes += file.bytes.length;
  for (const [oldest, { bytes }] of kept) {
    if (keptBytes <= KEPT_BYTES_MAX) break;
    kept.delete(oldest);
    keptBytes -= bytes.length;
  }
  return file;
}

export const fits = ({ size }: R2Object): boolean => size <= FILE_BYTES_MAX;

export function noteAbsent(key: string): void {
  if (absentUntilMs.size >= ABSENT_MAX) absentUntilMs.clear();
  absentUntilMs.set(key, Date.now() + ABSENT_S * 1000);
}
