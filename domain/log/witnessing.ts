// What a witness decides about a checkpoint that it is asked to cosign (C2SP tlog-witness): one rule for whoever asks and whoever answers.
import { type Bytes, same } from "../bytes.ts";
import { EMPTY_ROOT } from "../merkle.ts";
import { parseAddCheckpoint } from "./add-checkpoint.ts";
import { isSignedBy, parseCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import type { NoteKey } from "./note.ts";
import { consistent } from "./tree.ts";

/** The last checkpoint of a log that the witness cosigned. */
export type Seen = { size: number; root: Bytes };

export const NOTHING_SEEN: Seen = { size: 0, root: EMPTY_ROOT };

export type WitnessNo = "unreadable" | "unknown_log" | "not_signed" | "old_above_new" | "inconsistent";

export type Judged =
  | { verdict: "cosign"; checkpoint: SignedCheckpoint }
  /** The witness stands elsewhere: at this size, or at the same size with another root. */
  | { verdict: "conflict"; size: number }
  | { verdict: WitnessNo };

/** Statuses of the protocol's answers. */
export const WITNESS_STATUS = {
  cosign: 200,
  unreadable: 400,
  old_above_new: 400,
  not_signed: 403,
  unknown_log: 404,
  conflict: 409,
  inconsistent: 422,
} as const satisfies Record<Judged["verdict"], number>;

/** Type of a conflict's body: the size where the witness stands. */
export const SIZE_TYPE = "text/x.tlog.size";

/** Judges a request, in the order that the protocol gives. `keysOf` and `seenOf` answer for a log's origin. */
export function judge(request: string, keysOf: (origin: string) => NoteKey[], seenOf: (origin: string) => Seen): Judged {
  let old: number;
  let path: Bytes[];
  let checkpoint: SignedCheckpoint;
  try {
    const read = parseAddCheckpoint(request);
    ({ old, path } = read);
    checkpoint = parseCheckpoint(read.checkpoint);
  } catch {
    return { verdict: "unreadable" };
  }
  const { origin, size, root } = checkpoint;
  const keys = keysOf(origin);
  if (keys.length === 0) return { verdict: "unknown_log" };
  if (!keys.some((key) => isSigned(checkpoint, key))) return { verdict: "not_signed" };
  if (old > size) return { verdict: "old_above_new" };
  const seen = seenOf(origin);
  if (old !== seen.size) return { verdict: "conflict", size: seen.size };
  if (old === size && old > 0 && !same(root, seen.root)) return { verdict: "conflict", size: seen.size };
  return consistent(old, size, path, seen.root, root) ? { verdict: "cosign", checkpoint } : { verdict: "inconsistent" };
}

/** Two signatures of one key make a note that says nothing. */
function isSigned(checkpoint: SignedCheckpoint, key: NoteKey): boolean {
  try {
    return isSignedBy(checkpoint, key);
  } catch {
    return false;
  }
}
