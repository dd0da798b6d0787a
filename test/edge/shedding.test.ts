// What an isolate remembers of a shard's door, and whom it sheds by itself.
import { describe, expect, it } from "vitest";
import { heard, shedFor } from "../../workers/edge/shedding.ts";

describe("a shard's door", () => {
  it("is asked for everybody until it turns somebody away, and then for fewer", () => {
    expect(shedFor("a", 0, 1_000)).toBeUndefined();
    heard("a", 3);
    expect(shedFor("a", 0, 1_001), "one of two is shed, with the time that the shard named").toBe(3);
    expect(shedFor("a", 0.99, 1_002)).toBeUndefined();
  });

  it("is another one for another shard or kind of caller", () => {
    expect(shedFor("b new", 0, 1_000)).toBeUndefined();
    heard("b new", 3);
    expect(shedFor("b ticket", 0, 1_001)).toBeUndefined();
  });

  it("is asked for everybody while it takes everybody", () => {
    for (let at = 0; at < 100; at++) {
      expect(shedFor("c", 0, at)).toBeUndefined();
      heard("c", undefined);
    }
  });
});
