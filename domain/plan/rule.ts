// When a template's sessions take place: days by a rule, and a window on each of them.
import { civilOf, dateText, dayOf, daysInMonth, readDate, weekdayOf } from "./civil.ts";
import { LUNAR_YEARS, lunarDay, lunarMonthDays } from "./lunar.ts";
import { instantOf, type Shown } from "./zone.ts";

/** `orLast`: the last day of a month that is too short for `day`. */
export type Days =
  | { kind: "daily" }
  /** 1 is Monday, 7 Sunday. */
  | { kind: "weekly"; weekday: number }
  | { kind: "monthly"; day: number; orLast?: boolean | undefined }
  /** Once a year: `days` days from a day of the solar or of the Chinese lunar year, `shift` days later (or earlier). Leap months count for none. */
  | {
      kind: "festival";
      calendar: "solar" | "lunar";
      month: number;
      day: number;
      orLast?: boolean | undefined;
      shift?: number | undefined;
      days?: number | undefined;
    }
  | { kind: "once"; date: string };

/** `at` is HH:MM on the wall clock; the window lasts `lengthS` real seconds, whatever clocks do meanwhile. */
export type Rule = Days & { at: string; lengthS: number };

/** `open` and `close` in Unix seconds; `shown` tells when the wall clock shows the opening never or twice. */
export type Occurrence = { date: string; open: number; close: number; shown: Shown };

const DAY_S = 86_400;

/** The shortest time between two openings of the rule, in days. */
const gapDays = (rule: Rule): number => {
  switch (rule.kind) {
    case "daily":
      return 1;
    case "weekly":
      return 7;
    case "monthly":
      // 29 February to 29 March is 29 days, 28 February as the last day to 31 March more; 31 January to 28 February is 28.
      return 28;
    case "festival":
      return (rule.days ?? 1) > 1 ? 1 : 353;
    case "once":
      return 353;
  }
};

/** Days that a month has for certain: one without `orLast` must have the day in each year. */
const surelyDays = (rule: Rule & { kind: "festival" }): number => (rule.calendar === "lunar" ? 29 : daysInMonth(2027, rule.month));

const possiblyDays = (rule: Rule & { kind: "festival" }): number =>
  rule.calendar === "lunar" ? 30 : daysInMonth(2028, rule.month);

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Why a rule makes no sense, and which part of it; undefined for a good one. */
export function whyNot(rule: Rule): { part: string; why: string } | undefined {
  // Clocks that go forward make a day an hour shorter, and a window must have ended when the next one opens.
  if (rule.lengthS > gapDays(rule) * DAY_S - 3600) return { part: "lengthS", why: "the window would last into the next one" };
  if (rule.kind === "once") return readDate(rule.date) === undefined ? { part: "date", why: "there is no such day" } : undefined;
  if (rule.kind === "monthly" && rule.day > 28 && !rule.orLast)
    return { part: "day", why: `not every month has a day ${rule.day}: say "orLast": true for the last day of the shorter ones` };
  if (rule.kind !== "festival" || rule.orLast) return undefined;
  const month = rule.calendar === "lunar" ? `lunar month ${rule.month}` : MONTHS[rule.month - 1];
  if (rule.day > possiblyDays(rule)) return { part: "day", why: `${month} never has a day ${rule.day}` };
  if (rule.day > surelyDays(rule))
    return { part: "day", why: `not every year has a day ${rule.day} in ${month}: say "orLast": true for the last day instead` };
  return undefined;
}

/** The days of the rule within from..to, both included, ascending. */
function* daysOf(rule: Rule, from: number, to: number): Iterable<number> {
  if (rule.kind === "once") {
    const day = readDate(rule.date);
    if (day !== undefined && day >= from && day <= to) yield day;
  } else if (rule.kind === "festival") {
    const { shift = 0, days = 1 } = rule;
    // A lunar year begins in the solar year of its number and ends in the next.
    for (let year = civilOf(from).year - 1; year <= civilOf(to).year + 1; year++) {
      const feast = festivalDay(rule, year);
      if (feast === undefined) continue;
      for (let day = feast + shift; day < feast + shift + days; day++) if (day >= from && day <= to) yield day;
    }
  } else {
    for (let day = from; day <= to; day++) if (isDay(rule, day)) yield day;
  }
}

function isDay(rule: Rule & { kind: "daily" | "weekly" | "monthly" }, number: number): boolean {
  if (rule.kind === "daily") return true;
  if (rule.kind === "weekly") return weekdayOf(number) === rule.weekday;
  const { year, month, day } = civilOf(number);
  return day === (rule.orLast ? Math.min(rule.day, daysInMonth(year, month)) : rule.day);
}

function festivalDay(rule: Rule & { kind: "festival" }, year: number): number | undefined {
  const { calendar, month, day, orLast } = rule;
  if (calendar === "lunar") {
    if (year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return undefined;
    return lunarDay(year, month, orLast ? Math.min(day, lunarMonthDays(year, month)) : day);
  }
  return dayOf({ year, month, day: orLast ? Math.min(day, daysInMonth(year, month)) : day });
}

/** Seconds after midnight of HH:MM. */
const secondOf = (at: string): number => Number(at.slice(0, 2)) * 3600 + Number(at.slice(3)) * 60;

/** The occurrences of a good rule on the days from..to of its zone (day numbers, both included), ascending; at most `max`. */
export function occurrences(rule: Rule, zone: string, from: number, to: number, max = Number.POSITIVE_INFINITY): Occurrence[] {
  const list: Occurrence[] = [];
  for (const day of daysOf(rule, from, to)) {
    if (list.length >= max) break;
    const { s, shown } = instantOf(zone, day, secondOf(rule.at));
    list.push({ date: dateText(day), open: s, close: s + rule.lengthS, shown });
  }
  return list;
}
