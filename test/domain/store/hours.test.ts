// Opening hours by the clock on the store's wall, on both sides of a change of clocks.
import { describe, expect, it } from "vitest";
import { everyDay, type Hours, isDate, isOpenAt, isTimeZone, spansOf, spansOn, wallTime } from "../../../domain/store/hours.ts";

describe("opening times of a day", () => {
  it.each([
    ["closed", []],
    ["10:00-20:00", [{ open: "10:00", close: "20:00" }]],
    [
      "10:00-13:00 14:00-24:00",
      [
        { open: "10:00", close: "13:00" },
        { open: "14:00", close: "24:00" },
      ],
    ],
    ["00:00-24:00", [{ open: "00:00", close: "24:00" }]],
  ])("%s", (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  it.each([
    "",
    "10:00",
    "9:00-12:00",
    "20:00-10:00",
    "10:00-10:00",
    "10:00-24:30",
    "24:00-24:00",
    "10:60-11:00",
    "10:00-14:00 13:00-20:00",
    "14:00-20:00 10:00-13:00",
    "10:00-20:00 ",
    "10:00–20:00",
    "closed 10:00-20:00",
    "Closed",
  ])("are not %j", (text) => {
    expect(spansOf(text)).toBeUndefined();
  });
});

describe("the clock on the wall", () => {
  it.each([
    ["Asia/Shanghai", "2026-11-24T16:30:00Z", { date: "2026-11-25", weekday: 2, time: "00:30" }],
    ["America/New_York", "2026-11-24T04:59:00Z", { date: "2026-11-23", weekday: 0, time: "23:59" }],
    // Clocks go forward from 02:00 to 03:00 on 2027-03-14, back from 02:00 to 01:00 on 2026-11-01.
    ["America/New_York", "2027-03-14T06:59:00Z", { date: "2027-03-14", weekday: 6, time: "01:59" }],
    ["America/New_York", "2027-03-14T07:00:00Z", { date: "2027-03-14", weekday: 6, time: "03:00" }],
    ["America/New_York", "2026-11-01T05:30:00Z", { date: "2026-11-01", weekday: 6, time: "01:30" }],
    ["America/New_York", "2026-11-01T06:30:00Z", { date: "2026-11-01", weekday: 6, time: "01:30" }],
    // Half an hour of summer time.
    ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", { date: "2026-10-04", weekday: 6, time: "02:30" }],
  ])("in %s at %s", (timeZone, instant, wall) => {
    expect(wallTime(timeZone, Date.parse(instant))).toEqual(wall);
  });
});

describe("a store", () => {
  const hours: Hours = {
    week: [...Array<string>(5).fill("10:00-13:00 14:00-20:00"), "10:00-13:00", "closed"],
    dates: { "2026-12-25": "closed", "2026-12-27": "12:00-16:00" },
  };

  it.each([
    ["2026-11-23T09:59", false],
    ["2026-11-23T10:00", true],
    ["2026-11-23T13:00", false],
    ["2026-11-23T14:00", true],
    ["2026-11-23T19:59", true],
    ["2026-11-23T20:00", false],
    ["2026-11-28T14:30", false],
    ["2026-11-29T12:00", false],
    // A Friday that is a holiday, and a Sunday on which it opens.
    ["2026-12-25T11:00", false],
    ["2026-12-27T12:00", true],
  ])("at %s: open %s", (local, isOpen) => {
    expect(isOpenAt(hours, wallTime("UTC", Date.parse(`${local}:00Z`)))).toBe(isOpen);
  });

  it("opens and closes by its own clock on the day on which clocks change", () => {
    const daily = everyDay({ open: "10:00", close: "20:00" });
    const at = (instant: string) => isOpenAt(daily, wallTime("America/New_York", Date.parse(instant)));
    // Before the change of 2027-03-14 ten o'clock is 15:00 UTC, on that day and after it 14:00.
    expect([at("2027-03-13T14:00:00Z"), at("2027-03-13T15:00:00Z")]).toEqual([false, true]);
    expect([at("2027-03-14T13:59:00Z"), at("2027-03-14T14:00:00Z")]).toEqual([false, true]);
    expect([at("2027-03-14T23:59:00Z"), at("2027-03-15T00:00:00Z")]).toEqual([true, false]);
  });

  it("is open all day until midnight where the span says 24:00", () => {
    const night = everyDay({ open: "18:00", close: "24:00" });
    expect(isOpenAt(night, { date: "2026-11-24", weekday: 1, time: "23:59" })).toBe(true);
    expect(spansOn(night, { date: "2026-11-24", weekday: 1, time: "00:00" })).toEqual([{ open: "18:00", close: "24:00" }]);
  });
});

it.each([
  ["Asia/Shanghai", true],
  ["America/Argentina/Buenos_Aires", true],
  ["America/Port-au-Prince", true],
  ["Asia/Kolkata", true],
  ["UTC", true],
  ["Asia/Nowhere", false],
  ["asia/shanghai", false],
  ["+08:00", false],
  ["CST", false],
  ["", false],
])("%j is a time zone: %s", (name, isOne) => {
  expect(isTimeZone(name)).toBe(isOne);
});

it.each([
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2027-02-31", false],
  ["2027-13-01", false],
  ["2027-1-1", false],
  ["27-01-01", false],
])("%s is a date: %s", (text, isOne) => {
  expect(isDate(text)).toBe(isOne);
});
