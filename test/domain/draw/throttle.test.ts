// Which tries go on to a busy shard: about one and a half for each that it takes, from one isolate or from hundreds.
import { describe, expect, it } from "vitest";
import { answered, NOTHING_SEEN, oneMore, type Seen } from "../../../domain/draw/throttle.ts";
import { generator } from "../../../domain/random.ts";

describe("a try", () => {
  it.each<[given: string, seen: Seen, chance: number, nowMs: number, send: boolean]>([
    ["is sent where nothing was seen", NOTHING_SEEN, 0, 0, true],
    ["is sent where everybody was taken", { tries: 100, taken: 100, atMs: 0 }, 0, 0, true],
    ["is sent where two of three were taken: that is the headroom", { tries: 150, taken: 100, atMs: 0 }, 0, 0, true],
    ["is shed, by chance, where half were taken: 25 of 101", { tries: 100, taken: 50, atMs: 0 }, 0.24, 0, false],
    ["and otherwise sent", { tries: 100, taken: 50, atMs: 0 }, 0.25, 0, true],
    ["is nearly always shed where nobody was taken", { tries: 99, taken: 0, atMs: 0 }, 0.98, 0, false],
    [
      "and sent again after a minute without tries: 99 are by then a fortieth of one",
      { tries: 99, taken: 0, atMs: 0 },
      0.03,
      60_000,
      true,
    ],
    ["is judged by what is known where the clock steps back", { tries: 99, taken: 0, atMs: 5_000 }, 0.98, 0, false],
  ])("%s", (_, seen, chance, nowMs, send) => {
    expect(oneMore(seen, chance, nowMs).send).toBe(send);
  });
});

describe("a crowd that comes in the same moment", () => {
  it("is sent on whole: whoever is not answered yet was not turned away", () => {
    let seen = NOTHING_SEEN;
    for (let at = 0; at < 1000; at++) {
      const step = oneMore(seen, 0, 0);
      expect(step.send).toBe(true);
      seen = step.seen;
    }
    for (let at = 0; at < 1000; at++) seen = answered(seen, true);
    expect(oneMore(seen, 0, 0).send).toBe(true);
  });
});

describe("a shard that takes 100 a second of 400", () => {
  it.each([1, 30])("hears of about 150 a second, from %i isolates", (isolates) => {
    const random = generator(isolates);
    const seen = Array.from({ length: isolates }, () => NOTHING_SEEN);
    let [calls, level] = [0, 0];
    for (let ms = 0; ms < 40_000; ms += 2.5) {
      level = Math.min(10, level + 0.25);
      const isolate = Math.floor(random() * isolates);
      const step = oneMore(seen[isolate] as Seen, random(), ms);
      seen[isolate] = step.seen;
      if (!step.send) continue;
      if (ms >= 20_000) calls++;
      seen[isolate] = answered(step.seen, level >= 1);
      if (level >= 1) level--;
    }
    expect(calls / 20).toBeGreaterThan(120);
    expect(calls / 20).toBeLessThan(180);
  });
});
