// The Chinese lunar calendar: which day a lunar month begins, and how long it is. From a table that is made of a library's answers
// (scripts/make/lunar-years.ts): the library itself is a quarter of what our Worker may weigh.
import { dayOf } from "./civil.ts";
import { FIRST_YEAR, YEARS } from "./lunar-years.ts";

export const LUNAR_YEARS = { first: FIRST_YEAR, last: FIRST_YEAR + YEARS.length - 1 };

type Year = { newYear: number; leapMonth: number; isLong: (at: number) => boolean };

function yearOf(year: number): Year {
  const packed = YEARS[year - FIRST_YEAR];
  if (packed === undefined) throw new RangeError(`the table of lunar years ends before ${year}`);
  return {
    newYear: dayOf({ year, month: 1, day: 1 }) + (packed >>> 17),
    leapMonth: (packed >>> 13) & 15,
    isLong: (at) => ((packed >>> at) & 1) === 1,
  };
}

/** A leap month follows the month whose number it has. */
const placeOf = ({ leapMonth }: Year, month: number): number => (leapMonth > 0 && month > leapMonth ? month : month - 1);

const daysAt = (year: Year, at: number): number => (year.isLong(at) ? 30 : 29);

/** Days of a month, the leap month never meant. */
export function lunarMonthDays(year: number, month: number): number {
  const known = yearOf(year);
  return daysAt(known, placeOf(known, month));
}

/** The day (since 1970) of a lunar date; the year is the solar one in which it begins. Undefined for day 30 of a month that has 29. */
export function lunarDay(year: number, month: number, day: number): number | undefined {
  const known = yearOf(year);
  const place = placeOf(known, month);
  if (day > daysAt(known, place)) return undefined;
  let first = known.newYear;
  for (let at = 0; at < place; at++) first += daysAt(known, at);
  return first + day - 1;
}
