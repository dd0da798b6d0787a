// Names of Durable Objects, and how they are reached.
import { describe, expect, it } from "vitest";
import { bookName, objectAt, sessionName, shardName } from "../../domain/objects.ts";

describe("object names", () => {
  it.each([
    ["session", sessionName("acme", "spring-1"), "acme/session/spring-1"],
    ["shard", shardName("acme", "spring-1", 3), "acme/shard/spring-1/3"],
    ["book", bookName("acme", "spring-1", 12), "acme/book/spring-1/12"],
  ])("start with the brand: %s", (_, name, expected) => {
    expect(name).toBe(expected);
    expect(name.split("/")[0]).toBe("acme");
  });

  it("differ for every kind, session and number", () => {
    const names = ["a", "a-1"].flatMap((session) => [
      sessionName("acme", session),
      ...[0, 1, 11].flatMap((number) => [shardName("acme", session, number), bookName("acme", session, number)]),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("an object", () => {
  const namespace = {
    getByName: (name: string, options: object = {}) => ({ name, ...options }),
    jurisdiction: (jurisdiction: string) => ({ getByName: (name: string) => ({ name, jurisdiction }) }),
  };

  it.each([
    ["near its market", { jurisdiction: undefined, market: "FR" }, { locationHint: "weur" }],
    ["wherever it is called first, where it belongs to no market", { jurisdiction: undefined }, {}],
    ["in the installation's jurisdiction, whatever its market", { jurisdiction: "eu", market: "CN" }, { jurisdiction: "eu" }],
  ] as const)("lives %s", (_, place, expected) => {
    expect(objectAt(namespace, "acme/log", place)).toEqual({ name: "acme/log", ...expected });
  });
});
