// The local sign-in: one shape per role.
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { operatorSub, ROLES, signInInput } from "../../contracts/sign-in.ts";
import { fits } from "../support/schemas.ts";

describe("a sign-in", () => {
  it.each<[given: string, body: unknown]>([
    ["a member", { role: "member", name: "Ada" }],
    ["a member with a Chinese name", { role: "member", name: "王 小明", market: "CN" }],
    ["a member with a device", { role: "member", name: "a", device: "B".repeat(87) }],
    ["a store", { role: "store", store: "store-1" }],
    ["an operator", { role: "operator" }],
    ["another operator", { role: "operator", name: "ben" }],
  ])("of %s fits", (_, body) => {
    expect(fits(signInInput, body)).toBe(true);
  });

  it.each<[given: string, body: unknown]>([
    ["nobody", {}],
    ["another role", { role: "admin" }],
    ["a member without a name", { role: "member" }],
    ["a name with a line feed", { role: "member", name: "a\nb" }],
    ["a name with markup", { role: "member", name: "<b>" }],
    ["a name of 41 letters", { role: "member", name: "a".repeat(41) }],
    ["a member who names a store", { role: "member", name: "a", store: "store-1" }],
    ["a member who says that the age is checked", { role: "member", name: "a", ageOk: true }],
    ["a store without an id", { role: "store" }],
    ["a store with a path for an id", { role: "store", store: "../x" }],
    ["an operator with a line feed in the name", { role: "operator", name: "a\nb" }],
  ])("of %s does not", (_, body) => {
    expect(fits(signInInput, body)).toBe(false);
  });

  it("of a member without a market is at home in CN", () => {
    expect(v.parse(signInInput, { role: "member", name: "a" })).toEqual({ role: "member", name: "a", market: "CN" });
  });

  it("tells operators apart by their names, and by nothing else", () => {
    const subs = ["ann", "ben", "ann"].map(operatorSub);
    expect(new Set(subs).size).toBe(2);
  });

  it("has one shape for every role", () => {
    expect(signInInput.options.map((option) => option.entries.role.literal)).toEqual([...ROLES]);
  });
});
