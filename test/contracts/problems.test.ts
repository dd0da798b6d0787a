// Every expected "no" has a status, a title and an explanation; every rule's refusal has one of them.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROBLEMS, type ProblemCode, RETRY_CODES } from "../../contracts/problems.ts";
import { SALE_NOS, type SaleNo } from "../../domain/catalog/sale.ts";
import type { AwardRefusal } from "../../domain/draw/award.ts";
import type { PlanRefusal } from "../../domain/draw/plan.ts";
import { DOOR_REASONS, type DoorReason } from "../../domain/draw/reasons.ts";
import type { PickupRefusal } from "../../domain/order/pickup.ts";

const codes = Object.keys(PROBLEMS) as ProblemCode[];

/** The statuses of the house; nothing else is used. */
const STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503];

describe.each(codes)("the problem %s", (code) => {
  const { status, title, explanation } = PROBLEMS[code];

  it("has a status of the house", () => {
    expect(STATUSES).toContain(status);
  });

  it("has a title without a full stop and an explanation in whole sentences", () => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].{3,40}[^.]$/);
    expect(explanation).toMatch(/^[A-Z].*[.]$/);
  });
});

describe("codes", () => {
  it("stand in one table each: a second one would hide the first", async () => {
    const folder = join(import.meta.dirname, "../../contracts/problems");
    const tables = await Promise.all(
      readdirSync(folder)
        .filter((name) => name !== "problem.ts")
        .map(async (name) => Object.values((await import(join(folder, name))) as { [table: string]: object })),
    );
    expect(tables.flat().flatMap(Object.keys).sort()).toEqual([...codes].sort());
  });
});

describe("titles", () => {
  it("differ from problem to problem", () => {
    expect(new Set(codes.map((code) => PROBLEMS[code].title)).size).toBe(codes.length);
  });
});

describe("a refusal at the door", () => {
  const CODE_OF: Record<DoorReason, ProblemCode> = {
    2: "not_eligible",
    5: "staff",
    6: "under_age",
    7: "wrong_region",
    13: "cooling_down",
    32: "too_early",
    33: "late",
    34: "already_reserved",
    35: "withdrew_before",
    36: "unknown_pool",
    38: "eid_used",
    39: "voided",
  };
  it.each(Object.keys(DOOR_REASONS).map((reason) => [Number(reason) as DoorReason]))(
    "for reason %i has a problem that names the number",
    (reason) => {
      expect(PROBLEMS[CODE_OF[reason]].explanation).toMatch(new RegExp(`^Reason ${reason}: `));
    },
  );

  it("is the only problem that names a reason's number", () => {
    const naming = codes.filter((code) => /Reason [0-9]/.test(PROBLEMS[code].explanation));
    expect(naming.sort()).toEqual(Object.values(CODE_OF).sort());
  });
});

describe("a rule's refusal", () => {
  it.each<[rule: string, refusals: (PlanRefusal | SaleNo | AwardRefusal | PickupRefusal)[]]>([
    ["planning", ["invalid_times", "not_allotted", "too_late_to_announce"]],
    ["selling", [...SALE_NOS]],
    ["awards", ["not_awarded", "award_lapsed", "already_paid"]],
    ["pickup", ["not_found", "already_collected", "not_paid", "pickup_expired", "not_ready"]],
  ])("of %s has a 4xx", (_, refusals) => {
    for (const refusal of refusals) expect(Math.floor(PROBLEMS[refusal].status / 100)).toBe(4);
  });
});

describe("codes to come back with", () => {
  it("are exactly the temporary ones: 429 and 503", () => {
    const temporary = codes.filter((code) => [429, 503].includes(PROBLEMS[code].status));
    expect([...RETRY_CODES].sort()).toEqual(temporary.sort());
  });
});
