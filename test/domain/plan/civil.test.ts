// Calendar days as numbers, against the platform's own calendar.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilOf, dateText, dayOf, daysInMonth, readDate, weekdayOf } from "../../../domain/plan/civil.ts";

/** Years 1600 to 2400. */
const day = fc.integer({ min: -135_140, max: 157_053 });
const platform = (number: number) => new Date(number * 86_400_000);

describe("a day", () => {
  it("is the platform's, in year, month, day and weekday", () => {
    fc.assert(
      fc.property(day, (number) => {
        const date = platform(number);
        expect(civilOf(number)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
        expect(weekdayOf(number)).toBe(date.getUTCDay() || 7);
        expect(dateText(number)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  it("comes back from its parts and from its text", () => {
    fc.assert(
      fc.property(day, (number) => {
        expect(dayOf(civilOf(number))).toBe(number);
        expect(readDate(dateText(number))).toBe(number);
      }),
    );
  });

  it.each([
    [2026, 2, 28],
    [2028, 2, 29],
    [2100, 2, 28],
    [2000, 2, 29],
    [2027, 4, 30],
    [2027, 12, 31],
  ])("%i-%i has %i days", (year, month, days) => {
    expect(daysInMonth(year, month)).toBe(days);
  });

  it.each(["2027-02-29", "2027-13-01", "2027-00-10", "2027-04-31", "2027-1-01", "", "yesterday", "2027-01-01T00:00"])(
    "%j names none",
    (text) => {
      expect(readDate(text)).toBeUndefined();
    },
  );
});
