// The table of lunar years: made of a library, and held against a second, independent calendar.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LUNAR_YEARS, lunarDay, lunarMonthDays } from "../../../domain/plan/lunar.ts";
import { LUNAR_TABLE, lunarTable } from "../../../scripts/make/lunar-years.ts";

const platform = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" });
const noon = (day: number) => (day * 86_400 + 4 * 3600) * 1000;

describe("the lunar calendar", () => {
  it("is what the library says, for the years of the table", () => {
    expect(readFileSync(LUNAR_TABLE, "utf8")).toBe(lunarTable());
    expect(LUNAR_YEARS).toEqual({ first: 2020, last: 2100 });
  });

  // ICU reckons some new moons close to midnight on the wrong side of it: the Hong Kong Observatory has New Year of 2027 on 6 February and that
  // of 2030 on 3 February, as the library has; ICU is a day off in those years and in the second month of 2070.
  it("is the platform's too, but for three months in eighty years", () => {
    const years = new Set<number>();
    for (let year = LUNAR_YEARS.first; year <= LUNAR_YEARS.last; year++) {
      for (let month = 1; month <= 12; month++) {
        for (const day of [1, 15, lunarMonthDays(year, month)]) {
          const parts = platform.formatToParts(noon(lunarDay(year, month, day) as number));
          const text = parts.map(({ value }) => value).join("");
          if (text !== `${month}/${day}`) years.add(year);
        }
      }
    }
    expect([...years].filter((year) => ![2027, 2029, 2030, 2070].includes(year))).toEqual([]);
  });

  it("has months of 29 or 30 days that follow one another", () => {
    for (let year = LUNAR_YEARS.first; year < LUNAR_YEARS.last; year++) {
      const length = (lunarDay(year + 1, 1, 1) as number) - (lunarDay(year, 1, 1) as number);
      expect([353, 354, 355, 383, 384, 385]).toContain(length);
      for (let month = 1; month < 12; month++) {
        const gap = (lunarDay(year, month + 1, 1) as number) - (lunarDay(year, month, 1) as number) - lunarMonthDays(year, month);
        // Nothing, or the leap month that lies between.
        expect([0, 29, 30]).toContain(gap);
      }
    }
  });

  it("has no 30th in a month of 29 days, and no year outside of its table", () => {
    expect(lunarMonthDays(2027, 12)).toBe(29);
    expect(lunarDay(2027, 12, 30)).toBeUndefined();
    expect(() => lunarDay(2101, 1, 1)).toThrow(RangeError);
  });
});
