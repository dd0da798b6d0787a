// How many a shard lets to its door in a second: newcomers and ticket holders, bursts, and how long the others stay away.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrive, type Bucket, type Caller, fullBucket, stayAwayS } from "../../../domain/draw/admission.ts";

const PER_S = 100;

/** How many of `count` callers, all of one kind and at the same instant, are let in. */
function letIn(bucket: Bucket, count: number, caller: Caller, nowMs: number): { admitted: number; bucket: Bucket } {
  let [admitted, now] = [0, bucket];
  for (let at = 0; at < count; at++) {
    const step = arrive(now, PER_S, caller, nowMs);
    now = step.bucket;
    if (step.admitted) admitted++;
  }
  return { admitted, bucket: now };
}

describe("a shard that admits 100 a second", () => {
  it.each<[given: string, level: number, afterMs: number, caller: Caller, admitted: number]>([
    ["a full bucket lets in half a second's worth of ticket holders", 50, 0, "ticket-holder", 50],
    ["newcomers leave a quarter of it to ticket holders", 50, 0, "newcomer", 38],
    ["an empty one lets in nobody", 0, 0, "ticket-holder", 0],
    ["a quarter of a full one is not for newcomers", 12, 0, "newcomer", 0],
    ["after 100 ms there is room for ten", 0, 100, "ticket-holder", 10],
    ["after an hour there is room for a burst and no more", 0, 3_600_000, "ticket-holder", 50],
    ["a clock that steps back adds nothing", 3, -5_000, "ticket-holder", 3],
  ])("%s", (_, level, afterMs, caller, admitted) => {
    expect(letIn({ level, shed: 0, atMs: 10_000 }, 200, caller, 10_000 + afterMs).admitted).toBe(admitted);
  });

  it("never lets in more than a burst and its rate, however people come, and no clock makes it forget", () => {
    const arrivals = fc.array(fc.tuple(fc.integer({ min: -50, max: 400 }), fc.constantFrom<Caller>("newcomer", "ticket-holder")), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(arrivals, (steps) => {
        let bucket = fullBucket(PER_S, 0);
        let [nowMs, latestMs, admitted] = [0, 0, 0];
        for (const [stepMs, caller] of steps) {
          nowMs += stepMs;
          latestMs = Math.max(latestMs, nowMs);
          const step = arrive(bucket, PER_S, caller, nowMs);
          bucket = step.bucket;
          if (step.admitted) admitted++;
        }
        expect(admitted).toBeLessThanOrEqual(50 + (latestMs * PER_S) / 1000 + 1e-6);
      }),
    );
  });

  it("lets in everybody who comes no faster than its rate", () => {
    let bucket = fullBucket(PER_S, 0);
    for (let at = 0; at < 1000; at++) {
      const step = arrive(bucket, PER_S, "newcomer", at * 10);
      bucket = step.bucket;
      expect(step.admitted).toBe(true);
    }
  });

  it.each<[shed: number, retryS: number]>([
    [1, 1],
    [100, 1],
    [250, 3],
    [2_000, 20],
    [1_000_000, 30],
  ])("that sent %i people away tells the next one to come back after %i s", (shed, retryS) => {
    expect(stayAwayS({ level: 0, shed, atMs: 0 }, PER_S)).toBe(retryS);
  });

  it("forgets half of those it sent away within a second", () => {
    const { bucket } = letIn({ level: 0, shed: 400, atMs: 0 }, 1, "newcomer", 1000);
    expect(bucket.shed).toBeCloseTo(200, 0);
  });
});
