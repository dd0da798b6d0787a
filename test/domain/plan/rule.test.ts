// A year of sessions from one rule, in the market's time zone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText, readDate } from "../../../domain/plan/civil.ts";
import { occurrences, type Rule, whyNot } from "../../../domain/plan/rule.ts";

const HOUR = 3600;
const days = (from: string, to: string): [number, number] => [readDate(from) as number, readDate(to) as number];
const datesOf = (rule: Rule, from: string, to: string, zone = "Asia/Shanghai") =>
  occurrences(rule, zone, ...days(from, to)).map(({ date }) => date);
const utc = (s: number) => new Date(s * 1000).toISOString().slice(0, 16);

const DAILY: Rule = { kind: "daily", at: "09:00", lengthS: HOUR };
const WEEKEND: Rule = { kind: "weekly", weekday: 7, at: "15:00", lengthS: HOUR };
const LUCK: Rule = { kind: "monthly", day: 29, orLast: true, at: "20:00", lengthS: HOUR };
const feast = (month: number, day: number, more: object = {}): Rule => ({
  kind: "festival",
  calendar: "lunar",
  month,
  day,
  at: "09:00",
  lengthS: 12 * HOUR,
  ...more,
});

describe("a rule", () => {
  it("gives a daily draw each day of a year, at the same hour of the wall clock", () => {
    const year = occurrences(DAILY, "America/New_York", ...days("2027-01-01", "2027-12-31"));
    expect(year.length).toBe(365);
    // 14:00 UTC in winter, 13:00 in summer; the clocks change on 14 March and 7 November.
    const summer = year.filter(({ open }) => utc(open).endsWith("13:00"));
    expect([summer.length, summer[0]?.date, summer.at(-1)?.date]).toEqual([238, "2027-03-14", "2027-11-06"]);
    expect(year.every(({ open, close, shown }) => close - open === HOUR && shown === "once")).toBe(true);
  });

  it("gives a weekend session each Sunday from 15:00 to 16:00", () => {
    const year = occurrences(WEEKEND, "Asia/Shanghai", ...days("2027-01-01", "2027-12-31"));
    expect([year.length, year[0]?.date, year.at(-1)?.date]).toEqual([52, "2027-01-03", "2027-12-26"]);
    expect(year.map(({ open }) => new Date(open * 1000).getUTCDay())).toEqual(Array(52).fill(0));
    expect(utc(year[0]?.open as number)).toBe("2027-01-03T07:00");
  });

  it.each([
    [2026, "2026-02-28"],
    [2027, "2027-02-28"],
    [2028, "2028-02-29"],
    [2100, "2100-02-28"],
  ])("gives the 29th of each month of %i, in February %s", (year, february) => {
    const dates = datesOf(LUCK, `${year}-01-01`, `${year}-12-31`);
    expect(dates.length).toBe(12);
    expect(dates[1]).toBe(february);
    expect(dates.filter((date) => !date.endsWith("-29"))).toEqual(february.endsWith("-29") ? [] : [february]);
  });

  it("gives the last day of each month, whatever its number", () => {
    const dates = datesOf({ ...LUCK, day: 31 } as Rule, "2027-01-01", "2027-12-31");
    expect(dates.map((date) => date.slice(8))).toEqual("31 28 31 30 31 30 31 31 30 31 30 31".split(" "));
  });

  it.each([
    // Days as the Hong Kong Observatory's calendar has them.
    ["Spring Festival", 1, 1, ["2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2033-01-31"]],
    ["Dragon Boat", 5, 5, ["2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05", "2033-06-01"]],
    ["Mid-Autumn", 8, 15, ["2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12", "2033-09-08"]],
    ["Double Ninth", 9, 9, ["2026-10-18", "2027-10-08", "2028-10-26", "2029-10-16", "2030-10-05", "2033-10-01"]],
  ])("finds %s by the lunar calendar", (_, month, day, expected) => {
    expect(expected.map((date) => datesOf(feast(month, day), `${date.slice(0, 4)}-01-01`, `${date.slice(0, 4)}-12-31`))).toEqual(
      expected.map((date) => [date]),
    );
  });

  it("takes New Year's Eve as the last day of the year, a 29th or a 30th", () => {
    const eve = feast(12, 30, { orLast: true });
    expect(datesOf(eve, "2026-01-01", "2030-12-31")).toEqual([
      "2026-02-16",
      "2027-02-05",
      "2028-01-25",
      "2029-02-12",
      "2030-02-02",
    ]);
  });

  it("goes on for days, and begins before or after the feast", () => {
    expect(datesOf(feast(1, 1, { days: 5 }), "2027-01-01", "2027-12-31")).toEqual(
      ["06", "07", "08", "09", "10"].map((day) => `2027-02-${day}`),
    );
    expect(datesOf(feast(1, 1, { shift: -7, days: 2 }), "2027-01-01", "2027-12-31")).toEqual(["2027-01-30", "2027-01-31"]);
    const zodiac: Rule = { kind: "festival", calendar: "solar", month: 1, day: 1, days: 5, at: "09:00", lengthS: 12 * HOUR };
    expect(datesOf(zodiac, "2026-12-01", "2027-01-03")).toEqual(["2027-01-01", "2027-01-02", "2027-01-03"]);
  });

  it("gives a launch once", () => {
    const launch: Rule = { kind: "once", date: "2027-05-20", at: "10:00", lengthS: HOUR };
    expect(datesOf(launch, "2027-01-01", "2027-12-31")).toEqual(["2027-05-20"]);
    expect(datesOf(launch, "2027-05-21", "2028-12-31")).toEqual([]);
  });

  it("opens on the day that clocks skip as long as ever, and says so", () => {
    const night: Rule = { kind: "daily", at: "02:30", lengthS: HOUR };
    const three = occurrences(night, "America/New_York", ...days("2027-03-13", "2027-03-15"));
    expect(three.map(({ open, close, shown }) => [utc(open), close - open, shown])).toEqual([
      ["2027-03-13T07:30", HOUR, "once"],
      ["2027-03-14T07:30", HOUR, "never"],
      ["2027-03-15T06:30", HOUR, "once"],
    ]);
  });

  it("is the same whether a year is asked for whole or day by day", () => {
    const rules = fc.constantFrom(DAILY, WEEKEND, LUCK, feast(1, 1, { days: 3 }), feast(8, 15, { shift: -2 }));
    fc.assert(
      fc.property(rules, fc.integer({ min: 20_500, max: 24_000 }), fc.integer({ min: 0, max: 200 }), (rule, from, length) => {
        const whole = occurrences(rule, "Europe/London", from, from + length);
        const single = Array.from({ length: length + 1 }, (_, at) =>
          occurrences(rule, "Europe/London", from + at, from + at),
        ).flat();
        expect(single).toEqual(whole);
        expect(whole.every(({ open }, at) => at === 0 || open >= (whole[at - 1]?.close as number))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("gives no more than asked for", () => {
    expect(occurrences(DAILY, "UTC", ...days("2027-01-01", "2027-12-31"), 3).map(({ date }) => date)).toEqual([
      dateText(readDate("2027-01-01") as number),
      "2027-01-02",
      "2027-01-03",
    ]);
  });
});

describe("a rule that makes no sense is refused with the reason", () => {
  const solar = (month: number, day: number, more: object = {}): Rule => ({
    kind: "festival",
    calendar: "solar",
    month,
    day,
    at: "09:00",
    lengthS: HOUR,
    ...more,
  });

  it.each<[string, Rule, string, RegExp]>([
    ["31 February", solar(2, 31), "day", /^February never has a day 31$/],
    ["30 February", solar(2, 30), "day", /^February never has a day 30$/],
    ["29 February", solar(2, 29), "day", /^not every year has a day 29 in February/],
    ["31 April", solar(4, 31), "day", /^April never has a day 31$/],
    ["the 31st of each month", { kind: "monthly", day: 31, at: "20:00", lengthS: HOUR }, "day", /^not every month has a day 31/],
    ["day 30 of a lunar month", feast(12, 30), "day", /^not every year has a day 30 in lunar month 12/],
    ["day 31 of a lunar month", feast(12, 31), "day", /^lunar month 12 never has a day 31$/],
    ["a day that is none", { kind: "once", date: "2027-02-29", at: "09:00", lengthS: HOUR }, "date", /^there is no such day$/],
    ["a day's window each day", { kind: "daily", at: "09:00", lengthS: 24 * HOUR }, "lengthS", /into the next one$/],
    [
      "a week's window each week",
      { kind: "weekly", weekday: 1, at: "09:00", lengthS: 7 * 24 * HOUR },
      "lengthS",
      /into the next one$/,
    ],
    ["two days' window on days in turn", solar(1, 1, { days: 2, lengthS: 48 * HOUR }), "lengthS", /into the next one$/],
  ])("%s", (_, rule, part, why) => {
    expect(whyNot(rule)?.part).toBe(part);
    expect(whyNot(rule)?.why).toMatch(why);
  });

  it.each<[string, Rule]>([
    ["29 February as the last day otherwise", solar(2, 29, { orLast: true })],
    ["the last day of each month", { ...LUCK, day: 31 } as Rule],
    ["the 28th of each month", { kind: "monthly", day: 28, at: "20:00", lengthS: HOUR }],
    ["New Year's Eve", feast(12, 30, { orLast: true })],
    ["day 29 of a lunar month", feast(12, 29)],
    ["23 hours each day", { kind: "daily", at: "09:00", lengthS: 23 * HOUR }],
  ])("but %s is one", (_, rule) => {
    expect(whyNot(rule)).toBeUndefined();
  });
});
