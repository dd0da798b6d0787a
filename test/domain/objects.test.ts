// Names of Durable Objects.
import { describe, expect, it } from "vitest";
import { bookName, sessionName, shardName } from "../../domain/objects.ts";

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
