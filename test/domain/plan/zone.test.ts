// What a wall time means where clocks are changed: by a stated rule, the same in every zone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDate } from "../../../domain/plan/civil.ts";
import { dayAt, instantOf, isZone, wallAt } from "../../../domain/plan/zone.ts";

const NEW_YORK = "America/New_York";
const LONDON = "Europe/London";
const SHANGHAI = "Asia/Shanghai";
const LORD_HOWE = "Australia/Lord_Howe";

const at = (zone: string, date: string, time: string) => {
  const [hour, minute] = time.split(":").map(Number) as [number, number];
  const { s, shown } = instantOf(zone, readDate(date) as number, hour * 3600 + minute * 60);
  return [new Date(s * 1000).toISOString().replace(".000Z", "Z"), shown];
};

describe("a wall time", () => {
  it.each([
    // zone, day, wall time, instant, how often clocks show it
    [SHANGHAI, "2027-03-14", "02:30", "2027-03-13T18:30:00Z", "once"],
    [SHANGHAI, "2027-10-31", "01:30", "2027-10-30T17:30:00Z", "once"],
    [NEW_YORK, "2027-03-14", "01:59", "2027-03-14T06:59:00Z", "once"],
    // 14 March 2027: 02:00 -> 03:00. What is skipped is moved on by the hour that is skipped.
    [NEW_YORK, "2027-03-14", "02:00", "2027-03-14T07:00:00Z", "never"],
    [NEW_YORK, "2027-03-14", "02:30", "2027-03-14T07:30:00Z", "never"],
    [NEW_YORK, "2027-03-14", "03:00", "2027-03-14T07:00:00Z", "once"],
    [NEW_YORK, "2027-03-14", "09:00", "2027-03-14T13:00:00Z", "once"],
    // 7 November 2027: 02:00 -> 01:00. Of two the first counts, the one in summer time.
    [NEW_YORK, "2027-11-07", "00:59", "2027-11-07T04:59:00Z", "once"],
    [NEW_YORK, "2027-11-07", "01:30", "2027-11-07T05:30:00Z", "twice"],
    [NEW_YORK, "2027-11-07", "02:00", "2027-11-07T07:00:00Z", "once"],
    [LONDON, "2027-03-28", "01:30", "2027-03-28T01:30:00Z", "never"],
    [LONDON, "2027-10-31", "01:30", "2027-10-31T00:30:00Z", "twice"],
    [LONDON, "2027-10-31", "02:00", "2027-10-31T02:00:00Z", "once"],
    // Lord Howe Island changes by half an hour: 3 October 2027, 02:00 -> 02:30; 4 April 2027, 02:00 -> 01:30.
    [LORD_HOWE, "2027-10-03", "02:15", "2027-10-02T15:45:00Z", "never"],
    [LORD_HOWE, "2027-10-03", "02:30", "2027-10-02T15:30:00Z", "once"],
    [LORD_HOWE, "2027-04-04", "01:45", "2027-04-03T14:45:00Z", "twice"],
    [LORD_HOWE, "2027-04-04", "02:00", "2027-04-03T15:30:00Z", "once"],
    // Samoa left out a whole day when it moved across the date line.
    ["Pacific/Apia", "2011-12-30", "10:00", "2011-12-30T20:00:00Z", "never"],
  ])("%s %s %s is %s, shown %s", (zone, date, time, instant, shown) => {
    expect(at(zone, date, time)).toEqual([instant, shown]);
  });

  it("is read back from its instant, in any zone, unless clocks never show it", () => {
    const zones = fc.constantFrom(
      NEW_YORK,
      LONDON,
      SHANGHAI,
      LORD_HOWE,
      "Asia/Tokyo",
      "America/Sao_Paulo",
      "Pacific/Auckland",
      "Asia/Kathmandu",
      "UTC",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 18_000, max: 40_000 }), fc.integer({ min: 0, max: 1439 }), (zone, day, minute) => {
        const { s, shown } = instantOf(zone, day, minute * 60);
        if (shown !== "never") expect(wallAt(zone, s)).toBe(day * 86_400 + minute * 60);
        if (shown === "once") expect(dayAt(zone, s)).toBe(day);
      }),
    );
  });

  it("never lies before an earlier one of the same day", () => {
    const zones = fc.constantFrom(NEW_YORK, LONDON, LORD_HOWE);
    fc.assert(
      fc.property(zones, fc.integer({ min: 20_500, max: 21_600 }), fc.nat(1380), (zone, day, minute) => {
        // An hour that is left out is moved on, so that times around it may come to lie on one another, by an hour at most.
        const [first, later] = [minute, minute + 59].map((one) => instantOf(zone, day, one * 60).s) as [number, number];
        expect(later).toBeGreaterThan(first - 3600);
      }),
    );
  });
});

it.each([
  ["Asia/Shanghai", true],
  ["UTC", true],
  ["America/Argentina/Buenos_Aires", true],
  ["Mars/Olympus", false],
  ["+08:00", false],
  ["", false],
])("%j is a zone: %s", (zone, is) => {
  expect(isZone(zone)).toBe(is);
});
