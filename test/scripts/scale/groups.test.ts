// The simulated shard groups as the shop's own class does, and as the benchmark has measured.
import { afterEach, describe, expect, it, vi } from "vitest";
import { arrivals } from "../../../domain/cost/crowd.ts";
import { Groups, groupsPer1000 } from "../../../domain/cost/groups.ts";
import { GROUP_MAX } from "../../../domain/draw/receipt.ts";
import { generator } from "../../../domain/random.ts";
import { GroupCommit } from "../../../durable-objects/shard/group-commit.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Whole milliseconds, as an object's clock shows them. */
function instants(perS: number, seconds: number): number[] {
  const stretches = [
    { name: "rush", fromMs: 0, toMs: seconds * 1000, perS },
    { name: "end", fromMs: seconds * 1000 + 5000, toMs: seconds * 1000 + 8000, perS: perS / 4 },
  ] as const;
  return [...arrivals(stretches, generator(perS))].map(Math.ceil);
}

function simulated(all: number[]): [atMs: number, size: number][] {
  const flushes: [number, number][] = [];
  const groups = new Groups((atMs, size) => flushes.push([atMs, size]));
  for (const ms of all) groups.add(ms);
  groups.until(Number.POSITIVE_INFINITY);
  return flushes;
}

/** The same arrivals at the class that runs in the object, on a clock that is set by hand. */
function real(all: number[]): [atMs: number, size: number][] {
  vi.useFakeTimers({ now: 0 });
  const flushes: [number, number][] = [];
  const commit = new GroupCommit<number, number>(
    async (items) => {
      flushes.push([Date.now(), items.length]);
      return items;
    },
    GROUP_MAX,
    Date.now,
  );
  for (const ms of all) {
    vi.advanceTimersByTime(ms - Date.now());
    void commit.add(ms);
  }
  vi.advanceTimersByTime(1000);
  return flushes;
}

describe("simulated groups", () => {
  it.each([2, 30, 195, 400, 2_000, 20_000])("are those of the object's own class at %i a second, and after a pause", (perS) => {
    const all = instants(perS, 4);
    const flushes = simulated(all);
    expect(flushes).toEqual(real(all));
    expect(flushes.reduce((sum, [, size]) => sum + size, 0)).toBe(all.length);
  });
});

describe("billed rows per 1,000 reservations", () => {
  it.each([
    ["1 a second: a row each", 1, 990, 1000],
    ["195 a second, where the benchmark measured 121 to 122", 195, 115, 128],
    ["400 a second, where the benchmark measured 53 to 60", 400, 53, 61],
    ["more than anything: groups of 256", 100_000, 3.9, 5.2],
  ])("at %s", (_, perS, least, most) => {
    expect(groupsPer1000(perS)).toBeGreaterThanOrEqual(least);
    expect(groupsPer1000(perS)).toBeLessThanOrEqual(most);
  });

  it("fall as a shard gets busier", () => {
    const rows = [5, 20, 50, 100, 195, 400, 800, 2_000].map((perS) => groupsPer1000(perS));
    expect(rows).toEqual(rows.toSorted((a, b) => b - a));
  });
});
