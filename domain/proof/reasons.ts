// The steps of a check in their order, and every reason for which one can fail: codes only, the words are the pages'. draw1, section 11.

/** Level 1, then level 2. `exclusion` stands in for table, stock and score where the entry is excluded. */
export const STEPS = [
  "file",
  "plan",
  "round",
  "entry",
  "receipt",
  "place",
  "logged",
  "witnesses",
  "deadline",
  "exclusion",
  "table",
  "stock",
  "beacon",
  "seed",
  "score",
  "list",
  "winners",
] as const;
export type StepName = (typeof STEPS)[number];

/** Why a step fails, by step. A code belongs to one step. */
export const REASONS = {
  file: [
    "not-a-proof",
    "too-long",
    "truncated",
    "unknown-part",
    "part-order",
    "missing-part",
    "surplus-part",
    "part-form",
    "text-form",
    "text-differs",
  ],
  plan: ["plan-form", "plan-changed"],
  round: ["beacon-unknown", "beacon-differs", "round-formula", "fallback"],
  entry: ["wrong-shard", "tickets-out-of-range", "outside-window"],
  receipt: ["group-range", "receipt-signature"],
  place: ["seal-form", "seal-foreign", "not-in-shard", "shard-not-sealed"],
  logged: [
    "checkpoint-form",
    "other-log",
    "log-signature",
    "seal-not-logged",
    "result-form",
    "result-foreign",
    "result-before-seal",
    "result-not-logged",
  ],
  witnesses: ["witness-keys", "cosignature", "foreign-signature", "no-quorum"],
  deadline: ["seal-late"],
  exclusion: ["unknown-exclusion", "not-excluded"],
  table: ["not-in-table", "table-not-sealed"],
  stock: [
    "pool-not-announced",
    "other-pool",
    "stock-changed",
    "count-changed",
    "winners-count",
    "waits-count",
    "cutoff-rule",
    "result-row",
  ],
  beacon: ["round-changed", "beacon-signature"],
  seed: ["seed-changed"],
  score: ["winner-left-out", "winner-put-in", "win-row", "wait-row", "wait-left-out", "cutoff-not-last"],
  list: ["list-form", "list-not-sealed", "list-count"],
  winners: ["cutoff-changed", "winners-changed", "waits-changed", "own-rank", "result-list-form", "result-list-differs"],
} as const satisfies { [Name in StepName]: readonly string[] };
export type Reason = (typeof REASONS)[StepName][number];

/** Why a step that cannot fail here is left open. It is said, never hidden behind a tick. */
export const OPEN_REASONS = {
  plan: ["plan-not-seen"],
  entry: ["identity-not-shown"],
  logged: ["log-key-unknown"],
  witnesses: ["no-witnesses"],
  deadline: ["no-witnesses-deadline"],
  beacon: ["local-beacon"],
} as const;
export type OpenReason = (typeof OPEN_REASONS)[keyof typeof OPEN_REASONS][number];

export type Step =
  | { step: StepName; state: "ok" }
  | { step: StepName; state: "open"; reason: OpenReason }
  | { step: StepName; state: "failed"; reason: Reason };

/** Thrown by a step of a check and caught by its runner: a fault of the file, not of the program. */
export class Fault extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

export function need(holds: boolean, reason: Reason): asserts holds {
  if (!holds) throw new Fault(reason);
}

/** Runs what reads a file: whatever it throws becomes the reason. */
export function reading<Value>(reason: Reason, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(reason);
  }
}
