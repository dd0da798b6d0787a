// The life of a session: for every state and instant, what is due, when to look again, and whether it may be voided (draw1, section 4).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dueMove,
  hasReached,
  mayVoid,
  nextMove,
  type Progress,
  type Published,
  publishedState,
  type State,
  stateAt,
  type Timetable,
  wakeAt,
} from "../../../domain/draw/life.ts";

const TIMES: Timetable = { open: 1000, close: 2000, sealFrom: 2005, deadline: 2010, beaconAt: 2016 };
const NEVER = Number.POSITIVE_INFINITY;
const START: Progress = { state: "draft", prepared: true, warmed: true, seal: "none", voiding: false, voidTold: false };
const wave = { payBy: 3000, pickupUntil: 9000, final: false };
const STATES: State[] = ["draft", "announced", "open", "closed", "frozen", "drawn", "awarding", "settled", "voided"];

describe("what is due", () => {
  it.each<[given: string, progress: Partial<Progress>, now: number, due: string | undefined, wake: number]>([
    ["a draft never moves by itself", { state: "draft" }, 5000, undefined, NEVER],
    ["announced and not prepared: at once", { state: "announced", prepared: false }, 10, "prepare", 0],
    ["announced and not prepared, just before the deadline", { state: "announced", prepared: false }, 2009.999, "prepare", 0],
    ["announced and not prepared, at the deadline", { state: "announced", prepared: false }, 2010, "void-no-seal", 2010],
    ["announced and prepared, long before open", { state: "announced", warmed: false }, 987.999, undefined, 988],
    ["announced, 12 s before open: its shards are woken", { state: "announced", warmed: false }, 988, "warm", 988],
    ["announced, at open, the shards asleep: it opens all the same", { state: "announced", warmed: false }, 1000, "open", 1000],
    ["announced and warm, before open", { state: "announced" }, 999.999, undefined, 1000],
    ["announced, at open", { state: "announced" }, 1000, "open", 1000],
    ["announced, long after close: still opens first", { state: "announced" }, 5000, "open", 1000],
    ["open and not prepared: at once", { state: "open", prepared: false }, 1500, "prepare", 0],
    ["open and not prepared, at the deadline", { state: "open", prepared: false }, 2010, "void-no-seal", 2010],
    ["open, before close", { state: "open" }, 1999.999, undefined, 2000],
    ["open, at close", { state: "open" }, 2000, "close", 2000],
    ["closed, in grace", { state: "closed" }, 2004.999, undefined, 2005],
    ["closed, at the end of grace", { state: "closed" }, 2005, "freeze", 2005],
    ["closed, just before the deadline", { state: "closed" }, 2009.999, "freeze", 2009.999],
    ["closed, at the deadline, no seal", { state: "closed" }, 2010, "void-no-seal", 2010],
    ["closed, long after the deadline, no seal", { state: "closed" }, 9999, "void-no-seal", 2010],
    ["closed, at the deadline, sealed", { state: "closed", seal: "sealed" }, 2010, "freeze", 2005],
    ["closed, long after the deadline, sealed", { state: "closed", seal: "sealed" }, 9999, "freeze", 2005],
    ["closed, the seal offered, before the deadline: goes on asking", { state: "closed", seal: "offered" }, 2008, "freeze", 2008],
    ["closed, the seal offered, at the deadline: only the log can say", { state: "closed", seal: "offered" }, 2010, "freeze", 2005],
    ["closed, at the deadline, the seal late", { state: "closed", seal: "late" }, 2010, "void-no-seal", 2010],
    [
      "frozen, at the beacon, a void not yet decided: nothing is drawn",
      { state: "frozen", seal: "sealed", voiding: true },
      2016,
      undefined,
      NEVER,
    ],
    ["frozen, before the beacon", { state: "frozen", seal: "sealed" }, 2015.999, undefined, 2016],
    ["frozen, at the beacon", { state: "frozen", seal: "sealed" }, 2016, "draw", 2016],
    ["drawn", { state: "drawn", seal: "sealed" }, 2016, "award", 2016],
    ["awarding, before the first wave", { state: "awarding", seal: "sealed" }, 2016, "award", 2016],
    ["awarding, in the pay window", { state: "awarding", wave }, 2999.999, undefined, 3000],
    ["awarding, at the end of the pay window", { state: "awarding", wave }, 3000, "award", 3000],
    ["the last wave, in its pay window", { state: "awarding", wave: { ...wave, final: true } }, 3000, undefined, 9000],
    ["the last wave, at the end of pickup", { state: "awarding", wave: { ...wave, final: true } }, 9000, "settle", 9000],
    ["settled, no shards left", { state: "settled", wave: { ...wave, final: true } }, 99_999, undefined, NEVER],
    ["settled, shards still kept", { state: "settled", retireAt: 50_000 }, 49_999.999, undefined, 50_000],
    ["settled, shards no longer kept", { state: "settled", retireAt: 50_000 }, 50_000, "retire", 50_000],
    ["settled and, however it came about, not prepared", { state: "settled", prepared: false }, 99_999, undefined, NEVER],
    ["voided, shards not told: at once", { state: "voided" }, 1500, "tell-void", 0],
    ["voided, shards not told: before they are deleted", { state: "voided", retireAt: 50 }, 1500, "tell-void", 0],
    ["voided, shards told and no longer kept", { state: "voided", voidTold: true, retireAt: 50 }, 1500, "retire", 50],
    ["voided, shards told", { state: "voided", voidTold: true }, 1500, undefined, NEVER],
  ])("%s", (_, progress, now, due, wake) => {
    expect(dueMove({ ...START, ...progress }, TIMES, now)).toBe(due);
    expect(wakeAt({ ...START, ...progress }, TIMES, now)).toBe(wake);
  });
});

const anyProgress: fc.Arbitrary<Progress> = fc
  .record({
    state: fc.constantFrom(...STATES),
    prepared: fc.boolean(),
    warmed: fc.boolean(),
    seal: fc.constantFrom("none" as const, "offered" as const, "sealed" as const, "late" as const),
    voiding: fc.boolean(),
    voidTold: fc.boolean(),
    retireAt: fc.option(fc.constantFrom(0, 2010, 9000), { nil: undefined }),
    wave: fc.option(fc.constantFrom(wave, { ...wave, final: true }), { nil: undefined }),
  })
  .map(({ wave: last, retireAt, ...rest }) => ({
    ...rest,
    ...(last ? { wave: last } : {}),
    ...(retireAt === undefined ? {} : { retireAt }),
  }));
const anyNow = fc.oneof(
  fc.constantFrom(999, 1000, 1999, 2000, 2004, 2005, 2009, 2010, 2015, 2016, 3000, 9000),
  fc.double({ min: 0, max: 10_000, noNaN: true }),
);

describe("the alarm", () => {
  it("finds a move due whenever it rings", () => {
    fc.assert(
      fc.property(anyProgress, anyNow, (progress, now) => {
        const wake = wakeAt(progress, TIMES, now);
        fc.pre(wake !== NEVER);
        expect(dueMove(progress, TIMES, Math.max(wake, now))).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it("rings at once where something is due, and never before the next move's instant", () => {
    fc.assert(
      fc.property(anyProgress, anyNow, (progress, now) => {
        const wake = wakeAt(progress, TIMES, now);
        if (dueMove(progress, TIMES, now)) expect(wake).toBeLessThanOrEqual(now);
        else expect(wake).toBeGreaterThan(now);
        expect(wake).toBeGreaterThanOrEqual(nextMove(progress, TIMES, now)?.at ?? NEVER);
      }),
      { numRuns: 500 },
    );
  });

  it("does not sleep past the deadline while there is no seal", () => {
    const late = { ...TIMES, sealFrom: 2060 };
    expect(wakeAt({ ...START, state: "closed" }, late, 2001)).toBe(2010);
  });
});

/** What each move makes of the state, as the session object does it. */
const AFTER: Record<string, (progress: Progress) => Progress> = {
  prepare: (progress) => ({ ...progress, prepared: true }),
  warm: (progress) => ({ ...progress, warmed: true }),
  open: (progress) => ({ ...progress, state: "open" }),
  close: (progress) => ({ ...progress, state: "closed" }),
  freeze: (progress) => ({ ...progress, state: "frozen", seal: "sealed" }),
  "void-no-seal": (progress) => ({ ...progress, state: "voided" }),
  draw: (progress) => ({ ...progress, state: "drawn" }),
  award: (progress) => ({
    ...progress,
    state: "awarding",
    wave: progress.wave ? { payBy: 4000, pickupUntil: 9000, final: true } : wave,
  }),
  settle: (progress) => ({ ...progress, state: "settled", retireAt: 20_000 }),
  retire: ({ retireAt: _, ...progress }) => progress,
  "tell-void": (progress) => ({ ...progress, voidTold: true }),
};

describe("the way", () => {
  it("only leads forward, and ends settled when every alarm rings in time", () => {
    let progress: Progress = { ...START, state: "announced", prepared: false };
    const seen: State[] = [progress.state];
    let now = 10;
    for (let step = 0; step < 20 && wakeAt(progress, TIMES, now) !== NEVER; step++) {
      now = Math.max(now, wakeAt(progress, TIMES, now));
      const move = dueMove(progress, TIMES, now) as string;
      progress = (AFTER[move] as (from: Progress) => Progress)(progress);
      seen.push(progress.state);
    }
    expect([...new Set(seen)]).toEqual(["announced", "open", "closed", "frozen", "drawn", "awarding", "settled"]);
    expect(seen).toEqual(seen.toSorted((a, b) => STATES.indexOf(a) - STATES.indexOf(b)));
  });

  it("of a session that slept through everything ends voided, without a draw", () => {
    let progress: Progress = { ...START, state: "announced", prepared: false };
    const moves: string[] = [];
    for (let move = dueMove(progress, TIMES, 50_000); move; move = dueMove(progress, TIMES, 50_000)) {
      moves.push(move);
      progress = (AFTER[move] as (from: Progress) => Progress)(progress);
    }
    expect(moves).toEqual(["void-no-seal", "tell-void"]);
  });

  it("never prepares a shard, or opens or seals anything, once the session is over", () => {
    fc.assert(
      fc.property(anyProgress, anyNow, (progress, now) => {
        fc.pre(progress.state === "settled" || progress.state === "voided");
        expect([undefined, "retire", "tell-void"]).toContain(dueMove(progress, TIMES, now));
      }),
      { numRuns: 300 },
    );
  });

  it.each(STATES.slice(0, -1).flatMap((state, a) => STATES.slice(0, -1).map((wanted, b) => [state, wanted, a >= b] as const)))(
    "%s has reached %s: %s",
    (state, wanted, reached) => {
      expect(hasReached(state, wanted)).toBe(reached);
    },
  );

  it("of a voided session has reached nothing", () => {
    expect(STATES.filter((wanted) => hasReached("voided", wanted))).toEqual([]);
  });
});

describe("the state that the public sees", () => {
  it.each<[State, number, State]>([
    ["draft", 1500, "draft"],
    ["announced", 999.999, "announced"],
    ["announced", 1000, "open"],
    ["announced", 1999.999, "open"],
    ["announced", 2000, "closed"],
    ["open", 999, "open"],
    ["open", 1999.999, "open"],
    ["open", 2000, "closed"],
    ["closed", 1500, "closed"],
    ["frozen", 5000, "frozen"],
    ["settled", 5000, "settled"],
    ["voided", 1500, "voided"],
  ])("%s at %d is %s", (state, now, seen) => {
    expect(stateAt(state, TIMES, now)).toBe(seen);
  });
});

describe("what the published files say", () => {
  const NONE: Published = { sealed: false, drawn: false, awarded: false, settled: false, voided: false };
  it.each<[files: (keyof Published)[], now: number, state: State]>([
    [[], 999, "announced"],
    [[], 1000, "open"],
    [[], 2000, "closed"],
    [[], 99_999, "closed"],
    [["sealed"], 2005, "frozen"],
    [["sealed"], 99_999, "frozen"],
    [["sealed", "drawn"], 2020, "drawn"],
    [["drawn"], 2020, "drawn"],
    [["sealed", "drawn", "awarded"], 2020, "awarding"],
    [["sealed", "drawn", "awarded", "settled"], 9999, "settled"],
    [["voided"], 500, "voided"],
    [["sealed", "voided"], 2008, "voided"],
  ])("%j at %d: %s", (files, now, state) => {
    expect(publishedState({ ...NONE, ...Object.fromEntries(files.map((file) => [file, true])) }, TIMES, now)).toBe(state);
  });
});

describe("a void by the operator", () => {
  it.each<[State, number, string]>([
    ["draft", 500, "not-announced"],
    ["draft", 5000, "not-announced"],
    ["announced", 500, "ok"],
    ["open", 1500, "ok"],
    ["closed", 2009.999, "ok"],
    ["frozen", 2009.999, "ok"],
    ["announced", 2010, "too-late"],
    ["open", 2010, "too-late"],
    ["closed", 2010, "too-late"],
    ["frozen", 2010, "too-late"],
    ["drawn", 2016, "too-late"],
    ["awarding", 2016, "too-late"],
    ["settled", 500, "too-late"],
  ])("from %s at %d is %s", (state, now, answer) => {
    expect(mayVoid(state, TIMES, now)).toBe(answer);
  });
});
