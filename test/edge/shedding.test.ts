// How long the edge tells people to stay away, and how long it leaves a shard alone.
import { describe, expect, it } from "vitest";
import { leaveAlone, shedFor, spread } from "../../workers/edge/shedding.ts";

describe("the pause that a shed person is told", () => {
  it.each<[given: string, retryS: number, leftS: number, from: number, to: number]>([
    ["once to twice the time that the shard named", 4, 600, 4, 8],
    ["a second at least", 0.2, 600, 1, 1],
    ["in the last half of what is left of grace, and before its last tenth", 30, 20, 10, 18],
    ["a second when grace is nearly over", 30, 1.5, 1, 1],
    ["the named time when nothing is left to miss", 3, -5, 3, 6],
  ])("is %s", (_, retryS, leftS, from, to) => {
    const told = Array.from({ length: 200 }, () => spread(retryS, leftS));
    expect(Math.min(...told)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...told)).toBeLessThanOrEqual(to);
    if (to > from + 1) expect(new Set(told).size, "spread out").toBeGreaterThan(1);
  });
});

describe("a shard that wants to be left alone", () => {
  it("is left alone for as long as it said, and only for that kind of caller", () => {
    leaveAlone("s 1 new", { retryS: 3, pauseMs: 100 }, 1_000);
    expect(shedFor("s 1 new", 1_099)).toBe(3);
    expect(shedFor("s 1 ticket", 1_050)).toBeUndefined();
    expect(shedFor("s 2 new", 1_050)).toBeUndefined();
    expect(shedFor("s 1 new", 1_100)).toBeUndefined();
  });
});
