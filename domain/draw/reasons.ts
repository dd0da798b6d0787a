// Table draw1-reasons/1: why an entry is excluded before the seal, or refused at the door. draw1, section 7.

export const EXCLUSION_REASONS = {
  1: "withdrawn",
  2: "not-eligible",
  3: "duplicate-person",
  4: "cluster-cap",
  5: "staff",
  6: "age",
  7: "region",
  8: "proxy-booking",
  9: "machine-requests",
  10: "gang",
  11: "risky-device",
  12: "multi-open",
  13: "cooling-down",
  14: "wrong-tickets",
  15: "account-closed",
} as const;

export const DOOR_REASONS = {
  39: "voided",
  32: "too-early",
  33: "late",
  36: "unknown-pool",
  2: "not-eligible",
  5: "staff",
  6: "age",
  7: "region",
  13: "cooling-down",
  38: "eid-used",
  35: "withdrew-before",
  34: "already-entered",
} as const;

export type DoorReason = keyof typeof DOOR_REASONS;

/** Reasons about the person, decided where the person's rows are and carried by the entry pass. */
export type PersonReason = Extract<DoorReason, 2 | 5 | 6 | 7 | 13>;

export const WITHDRAWN = 1;
