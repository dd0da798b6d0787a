// Why an audit fails: each code with its meaning, and the error that carries one. docs/verify-reasons.md is made of this table.
import { Malformed } from "../bytes.ts";

export const REASONS = {
  "file-missing": "A file is not published that has to be.",
  "file-truncated": "A file ends too early.",
  "file-too-long": "A file has bytes after its end.",
  "file-not-canonical": "A JSON file is not UTF-8 or not the canonical form (RFC 8785) of what it says.",
  "file-wrong-form":
    "A file is not of its kind's form: another tag or member, a value out of range, a plan that contradicts itself, 4,096 bytes or more.",
  "file-foreign": "A file belongs to another manifest or session.",
  "file-misplaced": "A file is that of another shard, pool or wave than its name says.",
  "file-not-ascending": "Rows of a file are out of order, or one is there twice.",
  "plan-changed": "The manifest is not the one whose hash was seen before.",
  "witness-keys": "A witness of the manifest has no valid key, or one key is named twice.",
  "beacon-unknown": "The manifest names a beacon chain that the verifier does not know.",
  "beacon-differs": "Scheme, genesis or period are not those of the pinned chain.",
  "round-formula": "The beacon round does not follow from the closing time.",
  fallback: "The plan would fall back to another round.",
  "log-missing": "Witnesses are needed, and no log is published.",
  "log-key": "The log's key cannot be read, or it is that of another log.",
  "checkpoint-form": "A checkpoint is not of the form.",
  "other-log": "A checkpoint is that of another log.",
  "log-signature": "A checkpoint is not signed by the log.",
  "log-entry-wrong": "A published entry is not the one that the log's tree holds.",
  "log-tile-wrong": "A tile holds other hashes than those of the entries.",
  "log-root-wrong": "The checkpoint's root is not that of the published entries.",
  "log-inconsistent": "Two checkpoints tell different histories.",
  "manifest-twice": "The log holds two manifests of one session.",
  "review-twice": "The log holds two reviews of the session.",
  "seal-twice": "The log holds two seals of the session.",
  "result-twice": "The log holds two results of the session.",
  "settled-twice": "The log settles the session twice.",
  "void-twice": "The log voids the session twice.",
  "manifest-not-logged": "manifest.json does not stand in the log.",
  "review-not-logged": "review.json does not stand in the log.",
  "seal-not-logged": "seal.json does not stand in the log.",
  "result-not-logged": "result.json does not stand in the log.",
  "wave-not-logged": "A wave's JSON file does not stand in the log.",
  "settled-not-logged": "settled.json does not stand in the log.",
  "void-not-logged": "void.json does not stand in the log.",
  "log-order": "Manifest, review, seal, result, waves and settlement do not stand in this order in the log.",
  "proof-form": "A proof of a log entry is not of the form.",
  "proof-wrong": "A proof does not lead from its entry to its checkpoint.",
  cosignature: "A witness's cosignature does not verify.",
  "no-quorum": "Fewer witnesses cosigned than are needed.",
  "manifest-late": "Fewer witnesses than are needed saw the manifest before the announcement's lead began.",
  "seal-late": "Fewer witnesses than are needed saw the seal before its deadline.",
  voided: "The session was voided in time.",
  "rules-differ": "The rules document is not the announced one.",
  "pools-differ": "Pools, units or waitlists are not the announced ones.",
  "unknown-exclusion": "An entry is excluded for a reason that the table does not have.",
  "tickets-out-of-range": "An entry has no ticket, or more than the manifest allows.",
  "outside-window": "An entry came before the opening or after the close.",
  "unknown-pool": "An entry is for a pool that was not announced.",
  "eid-twice": "Two entries have one public id.",
  "shards-not-sealed": "The published entries are not the sealed ones.",
  "exclusion-of-nobody": "An exclusion names an entry that is not there.",
  "exclusions-not-sealed": "The published exclusions are not the sealed ones.",
  "unknown-outcome": "A reviewed exclusion has a reason that no operator can give, or an outcome that the table does not have.",
  "review-wrong": "review.json counts something else than the published outcomes.",
  "review-differs": "The operators' exclusions in the seal are not those that the review left standing.",
  "table-differs": "A pool's table is not its entries less the exclusions.",
  "tables-not-sealed": "The tables are not the sealed ones.",
  "seal-wrong": "The seal counts something else than the files hold, or follows a seal where there is none.",
  "round-changed": "beacon.json is of another chain or round than the announced one.",
  "beacon-encoding": "The beacon's bytes are not the one canonical encoding of a point of the group.",
  "beacon-signature": "The beacon's bytes are not the round's signature.",
  "result-differs": "A pool's result is not the one that seal and beacon give.",
  "result-wrong": "result.json says something else than the draw gives.",
  "wave-number-gap": "The waves in the log are not numbered 1, 2, 3 and so on.",
  "wave-differs": "A wave's file is not the one that the log tells of.",
  "wave-lapse-wrong": "A unit lapses that was not awarded, or twice.",
  "wave-rank-gap": "A wave skips a rank or goes back.",
  "wave-award-wrong": "A unit is awarded to another entry than the one of this rank, or in no pool.",
  "wave-one-not-winners": "Wave 1 awards others than the winners, or not all of them.",
  "wave-over-stock": "More units of a pool are awarded than there are.",
  "settled-wrong": "Hand-overs, refunds and lapses are not the awards.",
  "page-not-logged": "No entry of the log names this verify page.",
} as const;

export type Reason = keyof typeof REASONS;

/** A check that fails. `file` is the published file that shows it, where one does. */
export class Broken extends Error {
  readonly reason: Reason;
  readonly file: string | undefined;
  readonly detail: string;

  constructor(reason: Reason, file: string | undefined, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    this.file = file;
    this.detail = detail;
  }
}

export function must(holds: boolean, reason: Reason, file: string | undefined, detail: string): asserts holds {
  if (!holds) throw new Broken(reason, file, detail);
}

/** Runs what reads a file: a flaw of its form gets its code, any other refusal `otherwise`. */
export function reading<Value>(file: string, read: () => Value, otherwise: Reason = "file-wrong-form"): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed && otherwise === "file-wrong-form") throw new Broken(`file-${error.flaw}`, file, error.message);
    if (error instanceof RangeError || error instanceof TypeError) throw new Broken(otherwise, file, error.message);
    throw error;
  }
}
