// What an open page asks for around the result: which file comes next, how soon, and how many requests a crowd makes in all.
import { describe, expect, it } from "vitest";
import type { PublishedSession } from "../../contracts/session-view.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { beaconTime, type Manifest, PRESETS, roundFor, sealDeadline } from "../../domain/draw/manifest.ts";
import { generator } from "../../domain/random.ts";
import { filesDue, type Hope, nextLookS, noticesEveryS, RUSH_S } from "../../web/shop/due.ts";

const OPEN = 1_800_000_000;
const CLOSE = OPEN + 3600;
const { graceS, ...leads } = PRESETS.daily;
const round = roundFor(QUICKNET, CLOSE, leads);
const { hash: chain, scheme, genesis, period } = QUICKNET;
const manifest = { open: OPEN, close: CLOSE, graceS, leads, beacon: { chain, scheme, genesis, period, round } } as Manifest;
const DRAW = beaconTime(manifest);
const DEADLINE = sealDeadline(manifest);
const PAY_S = 86_400;

const rules = { payWindowS: PAY_S, pickupS: 7 * PAY_S } as PublishedSession["rules"];
const announced = (): PublishedSession => ({
  manifest,
  id: "",
  rules,
  offers: [],
  pools: [],
  sealed: false,
  drawn: false,
  waves: [],
  settled: false,
});
const wave = (no: number) => ({ no, payBy: DRAW + no * PAY_S }) as PublishedSession["waves"][number];
const session = (changes: Partial<PublishedSession>): PublishedSession => ({ ...announced(), ...changes });

describe("the file that comes next", () => {
  it.each<[string, Partial<PublishedSession>, Hope, number, string[]]>([
    ["before close only a void can come", {}, "result", OPEN, ["void.json"]],
    ["after close the seal, or a void", {}, "result", CLOSE, ["seal.json", "void.json"]],
    ["after close, in time to be sealed: nothing else", {}, "result", (CLOSE + graceS + DEADLINE) / 2, ["seal.json", "void.json"]],
    ["past the middle of that time: who is waited for", {}, "result", DEADLINE - 80, ["seal.json", "void.json", "waiting.json"]],
    [
      "past the middle of that time, while exclusions are reviewed: nothing else",
      { rules: { ...rules, decideS: 298 } },
      "result",
      DEADLINE - 80,
      ["seal.json", "void.json"],
    ],
    ["sealed, before the deadline, a void", { sealed: true }, "result", DEADLINE - 1, ["void.json"]],
    ["sealed, after the deadline, nothing until the beacon", { sealed: true }, "result", DEADLINE, []],
    ["at the beacon's time the result", { sealed: true }, "result", DRAW, ["result.json"]],
    ["a page opened after the draw asks for the result first", {}, "result", DRAW + 60, ["result.json", "void.json"]],
    ["drawn: the first wave", { drawn: true }, "unit", DRAW + 5, ["waves/1.json"]],
    ["awarded, and the unit is here: nothing", { drawn: true, waves: [wave(1)] }, "unit", DRAW + PAY_S, []],
    ["on the waitlist nothing before the pay window ends", { drawn: true, waves: [wave(1)] }, "turn", DRAW + PAY_S - 1, []],
    ["on the waitlist the next wave after it", { drawn: true, waves: [wave(1)] }, "turn", DRAW + PAY_S, ["waves/2.json"]],
    [
      "after the last pickup the end",
      { drawn: true, waves: [wave(1)] },
      "nothing",
      DRAW + 8 * PAY_S,
      ["waves/2.json", "settled.json"],
    ],
    ["settled: nothing", { drawn: true, waves: [wave(1)], settled: true }, "turn", DRAW + 9 * PAY_S, []],
    ["voided: nothing", { voided: { s: CLOSE, text: "" } }, "result", DRAW + 1, []],
  ])("%s", (_, files, hope, nowS, expected) => {
    expect(filesDue(session(files), hope, nowS)).toEqual(expected);
  });
});

describe("the look for exclusions", () => {
  const reviewed = { rules: { ...rules, decideS: 290 } };
  it.each<[string, Partial<PublishedSession>, number, boolean, number | undefined]>([
    ["before the opening: nothing can be excluded", {}, OPEN - 1, false, undefined],
    ["while the window is open: now and then", {}, OPEN, false, 300],
    ["after the close: a sixth of the time until all is decided", {}, CLOSE, false, graceS / 6],
    ["in a longer review", reviewed, CLOSE, false, 290 / 6],
    ["in a review of hours: every two minutes", { rules: { ...rules, decideS: 20_000 } }, CLOSE + 9_000, false, 120],
    ["in a session for trying out: every few seconds", {}, OPEN, true, 4],
    ["just after the end: what was decided last", {}, CLOSE + graceS + 29, false, graceS / 6],
    ["later: nothing changes any more", {}, CLOSE + graceS + 30, false, undefined],
    ["sealed: the list says it", { sealed: true }, CLOSE + 10, false, undefined],
    ["voided: nothing counts", { voided: { s: 0, text: "" } }, CLOSE + 10, false, undefined],
  ])("%s", (_, files, nowS, hasty, expected) => {
    expect(noticesEveryS(session(files), nowS, hasty)).toBe(expected);
  });
});

/** When each file is there: what a session of a million entries needs. */
const PUBLISHED: { [name: string]: number } = { "seal.json": CLOSE + 200, "result.json": DRAW + 4, "waves/1.json": DRAW + 6 };

type Visit = { asked: { s: number; name: string }[]; resultS: number };

/** A page from `fromS` to `toS` on virtual time. */
function visit(fromS: number, toS: number, outcome: Hope, random: () => number): Visit {
  const page = announced();
  const asked: Visit["asked"] = [];
  let resultS = Number.POSITIVE_INFINITY;
  let hope: Hope = "result";
  for (let s = fromS; s < toS; ) {
    for (const name of filesDue(page, hope, s)) {
      asked.push({ s, name });
      if (s < (PUBLISHED[name] ?? Number.POSITIVE_INFINITY)) continue;
      if (name === "seal.json") page.sealed = true;
      if (name === "waves/1.json") page.waves = [wave(1)];
      if (name === "result.json") {
        page.drawn = true;
        asked.push({ s, name: "results/1" });
        resultS = s;
        hope = outcome;
      }
      break;
    }
    s += nextLookS(page, hope, s, false, random);
  }
  return { asked, resultS };
}

const PAGES = 1000;
const crowd = (fromS: number, toS: number, outcome: Hope) => {
  const random = generator(1);
  return Array.from({ length: PAGES }, () => visit(fromS, toS, outcome, random));
};
const mean = (visits: Visit[], counts: (s: number) => boolean) =>
  visits.reduce((sum, { asked }) => sum + asked.filter(({ s }) => counts(s)).length, 0) / PAGES;

describe("a crowd of pages that stay open from close to ten minutes after the draw", () => {
  it("asks for few files each, and each has its result seconds after it was published", () => {
    for (const outcome of ["nothing", "unit", "turn"] as const) {
      const visits = crowd(CLOSE - 60, DRAW + RUSH_S, outcome);
      expect(
        mean(visits, () => true),
        outcome,
      ).toBeLessThan(25);
      // The result minute itself: looking, the result, the pool's file, the wave's times for winners.
      expect(
        mean(visits, (s) => s >= DRAW && s < DRAW + 60),
        outcome,
      ).toBeLessThan(4);
      for (const { resultS } of visits) expect(resultS - (PUBLISHED["result.json"] as number), outcome).toBeLessThan(6);
    }
  });

  it("does not come at once: no second holds a third of the first looks after the beacon", () => {
    const firsts = crowd(CLOSE - 60, DRAW + 60, "nothing").map(({ asked }) => Math.floor(asked.find(({ s }) => s >= DRAW)?.s ?? 0));
    const busiest = Math.max(
      ...Map.groupBy(firsts, (s) => s)
        .values()
        .map((list) => list.length),
    );
    expect(busiest).toBeLessThan(PAGES / 3);
  });

  it("that opens after the draw asks once for the result and once for its pool", () => {
    const visits = crowd(DRAW + 30, DRAW + 60, "nothing");
    expect(visits.every(({ asked }) => asked[0]?.name === "result.json" && asked[1]?.name === "results/1")).toBe(true);
    expect(mean(visits, () => true)).toBe(2);
  });
});
