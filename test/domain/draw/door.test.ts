// May this person reserve here, now? Every refusal, their order, and the milliseconds around opening, closing and grace (draw1, 5 and 7).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DoorRequest, type DoorSession, door, mayWithdraw, owedSecond } from "../../../domain/draw/door.ts";
import type { DoorReason, PersonReason } from "../../../domain/draw/reasons.ts";

const OPEN = 1000;
const CLOSE = 2000;
const SESSION: DoorSession = { voided: false, open: OPEN, close: CLOSE, graceS: 5 };
const CLEAR: DoorRequest = { poolKnown: true, personReasons: [], nonceUsed: false, withdrawn: false, reserved: false };
const INSIDE = 1_500_000;

type Case = { session?: Partial<DoorSession>; request?: Partial<DoorRequest>; nowMs?: number };
const at = ({ session, request, nowMs = INSIDE }: Case) => door({ ...SESSION, ...session }, { ...CLEAR, ...request }, nowMs);

/** What makes each reason true, in the order of precedence that draw1, section 7 gives. */
const CAUSES: [reason: DoorReason, cause: Case][] = [
  [39, { session: { voided: true } }],
  [32, { nowMs: OPEN * 1000 - 1 }],
  [33, { nowMs: CLOSE * 1000 }],
  [36, { request: { poolKnown: false } }],
  [2, { request: { personReasons: [2] } }],
  [5, { request: { personReasons: [5] } }],
  [6, { request: { personReasons: [6] } }],
  [7, { request: { personReasons: [7] } }],
  [13, { request: { personReasons: [13] } }],
  [38, { request: { nonceUsed: true } }],
  [35, { request: { withdrawn: true } }],
  [34, { request: { reserved: true } }],
];

/** Both at once; the person's reasons are collected, as the pass lists them: ascending. */
const both = (a: Case, b: Case): Case => {
  const personReasons = [...(a.request?.personReasons ?? []), ...(b.request?.personReasons ?? [])];
  const nowMs = b.nowMs ?? a.nowMs;
  return {
    session: { ...a.session, ...b.session },
    request: { ...a.request, ...b.request, personReasons },
    ...(nowMs === undefined ? {} : { nowMs }),
  };
};

describe("the door", () => {
  it("lets in whom nothing bars, and writes the whole second", () => {
    expect(at({ nowMs: 1_500_999 })).toEqual({ s: 1500 });
  });

  it.each(CAUSES)("refuses with %i when only that is so", (reason, cause) => {
    expect(at(cause).reason).toBe(reason);
  });

  // 32 and 33 cannot both be so: nothing is before opening and after closing.
  const pairs = CAUSES.flatMap(([first, cause], position) =>
    CAUSES.slice(position + 1).map(([second, other]) => [first, second, both(cause, other)] as const),
  ).filter(([first, second]) => !(first === 32 && second === 33));
  it.each(pairs)("says %i rather than %i when both are so", (first, _, cause) => {
    expect(at(cause).reason).toBe(first);
  });

  it("says the first reason in the order of the table for any set of reasons", () => {
    const subset = fc.subarray(CAUSES.filter(([reason]) => reason !== 32));
    fc.assert(
      fc.property(subset, (causes) => {
        const all = causes.reduce((sum, [, cause]) => both(sum, cause), {} as Case);
        expect(at(all).reason).toBe(causes[0]?.[0]);
      }),
    );
  });

  it("names the first of the person's reasons", () => {
    const reasons: PersonReason[] = [5, 7, 13];
    expect(at({ request: { personReasons: reasons } }).reason).toBe(5);
  });
});

describe("the clock at the door", () => {
  it.each<[given: string, nowMs: number, overloadS: number | undefined, reason: DoorReason | undefined, s: number]>([
    ["a millisecond before open", OPEN * 1000 - 1, undefined, 32, 999],
    ["at open", OPEN * 1000, undefined, undefined, 1000],
    ["a millisecond before close", CLOSE * 1000 - 1, undefined, undefined, 1999],
    ["at close", CLOSE * 1000, undefined, 33, 2000],
    ["a millisecond after close", CLOSE * 1000 + 1, undefined, 33, 2000],
    ["a ticket a millisecond before close is not needed", CLOSE * 1000 - 1, 1500, undefined, 1999],
    ["a ticket at close gives its own second", CLOSE * 1000, 1500, undefined, 1500],
    ["a ticket a millisecond before the end of grace", 2_004_999, 1500, undefined, 1500],
    ["a ticket at the end of grace: the refusal says when it was spoken", 2_005_000, 1500, 33, 2005],
    ["a ticket a second after the end of grace", 2_006_000, 1500, 33, 2006],
    ["a ticket of the first second", CLOSE * 1000, OPEN, undefined, 1000],
    ["a ticket of the second before open", CLOSE * 1000, OPEN - 1, 33, 2000],
    ["a ticket of the last second", CLOSE * 1000, CLOSE - 1, undefined, 1999],
    ["a ticket of the closing second", CLOSE * 1000, CLOSE, 33, 2000],
    ["a ticket from the future before open", OPEN * 1000 - 1, 1500, 32, 999],
  ])("%s", (_, nowMs, overloadS, reason, s) => {
    expect(at({ nowMs, request: { overloadS } })).toEqual(reason === undefined ? { s } : { reason, s });
  });

  it("without grace lets nobody in at close, ticket or not", () => {
    expect(at({ nowMs: CLOSE * 1000, session: { graceS: 0 }, request: { overloadS: 1500 } }).reason).toBe(33);
  });

  it("never writes a leaf outside open <= s < close", () => {
    const second = fc.option(fc.integer({ min: OPEN - 10, max: CLOSE + 10 }), { nil: undefined });
    const now = fc.integer({ min: OPEN * 1000 - 2000, max: CLOSE * 1000 + 8000 });
    fc.assert(
      fc.property(now, second, (nowMs, overloadS) => {
        const { reason, s } = at({ nowMs, request: { overloadS } });
        if (reason === undefined) {
          expect(s).toBeGreaterThanOrEqual(OPEN);
          expect(s).toBeLessThan(CLOSE);
          expect(s).toBeLessThanOrEqual(nowMs / 1000);
        } else {
          expect([32, 33]).toContain(reason);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("withdrawing", () => {
  it.each([
    ["in the window", INSIDE, false, true],
    ["a millisecond before close", CLOSE * 1000 - 1, false, true],
    ["at close", CLOSE * 1000, false, false],
    ["in grace", CLOSE * 1000 + 4000, false, false],
    ["in a voided session", INSIDE, true, false],
  ])("%s", (_, nowMs, voided, allowed) => {
    expect(mayWithdraw({ ...SESSION, voided }, nowMs)).toBe(allowed);
  });
});

describe("an overload ticket", () => {
  it.each<[given: string, nowMs: number, s: number | undefined]>([
    ["a millisecond before open", 999_999, undefined],
    ["at open", 1_000_000, 1000],
    ["in the middle of a second", 1_500_999, 1500],
    ["in the last millisecond", 1_999_999, 1999],
    ["at close", 2_000_000, undefined],
    ["within grace", 2_050_000, undefined],
  ])("is owed to somebody who is shed %s: %s", (_, nowMs, s) => {
    expect(owedSecond({ open: 1000, close: 2000 }, nowMs)).toBe(s);
  });
});
