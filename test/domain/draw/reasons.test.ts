// The table draw1-reasons/1, typed again from draw1, section 7.
import { describe, expect, it } from "vitest";
import { DOOR_REASONS, EXCLUSION_REASONS, WITHDRAWN } from "../../../domain/draw/reasons.ts";

/** L: in the exclusion list, D: at the door. */
const TABLE: [code: number, name: string, where: "L" | "D" | "L+D"][] = [
  [1, "withdrawn", "L"],
  [2, "not-eligible", "L+D"],
  [3, "duplicate-person", "L"],
  [4, "cluster-cap", "L"],
  [5, "staff", "L+D"],
  [6, "age", "L+D"],
  [7, "region", "L+D"],
  [8, "proxy-booking", "L"],
  [9, "machine-requests", "L"],
  [10, "gang", "L"],
  [11, "risky-device", "L"],
  [12, "multi-open", "L"],
  [13, "cooling-down", "L+D"],
  [14, "wrong-tickets", "L"],
  [15, "account-closed", "L"],
  [32, "too-early", "D"],
  [33, "late", "D"],
  [34, "already-entered", "D"],
  [35, "withdrew-before", "D"],
  [36, "unknown-pool", "D"],
  [38, "eid-used", "D"],
  [39, "voided", "D"],
];

const named = (where: "L" | "D") =>
  Object.fromEntries(TABLE.filter((row) => row[2].includes(where)).map(([code, name]) => [code, name]));

describe("reasons", () => {
  it("in the exclusion list are the specification's, by code and name, and no others", () => {
    expect(EXCLUSION_REASONS).toEqual(named("L"));
  });

  it("at the door are the specification's, by code and name, and no others", () => {
    expect(DOOR_REASONS).toEqual(named("D"));
  });

  it("name a withdrawal by the code of the exclusion that it becomes", () => {
    expect(EXCLUSION_REASONS[WITHDRAWN]).toBe("withdrawn");
  });
});
