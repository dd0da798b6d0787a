// When a store is open, by the clock on its own wall: hours are wall times of a time zone and never added to instants, so no change of clocks
// can shift them.

export type Span = { open: string; close: string };

/** Texts that `spansOf` reads: seven days from Monday, and dates (2026-12-25) that differ from their weekday. */
export type Hours = { week: string[]; dates: { [date: string]: string } };

export const CLOSED = "closed";

const SPAN = /^((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;

/** "10:00-13:00 14:00-20:00" or "closed"; undefined for anything else. A night is written as the end of one day and the start of the next. */
export function spansOf(text: string): Span[] | undefined {
  if (text === CLOSED) return [];
  const spans = text.split(" ").flatMap((part) => {
    const [, open, close] = SPAN.exec(part) ?? [];
    return open !== undefined && close !== undefined && open < close ? [{ open, close }] : [];
  });
  const ascends = spans.every(({ open }, at) => at === 0 || open >= (spans[at - 1] as Span).close);
  return spans.length === text.split(" ").length && ascends ? spans : undefined;
}

export const everyDay = ({ open, close }: Span): Hours => ({ week: Array<string>(7).fill(`${open}-${close}`), dates: {} });

/** What the clock on the store's wall shows. `weekday` counts from Monday = 0. */
export type WallTime = { date: string; weekday: number; time: string };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError for a zone that does not exist. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(timeZone, format);
  return format;
}

export function wallTime(timeZone: string, nowMs: number): WallTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(nowMs)
      .map(({ type, value }) => [type, value]),
  );
  const get = (part: Intl.DateTimeFormatPartTypes): string => parts.get(part) ?? "";
  const date = `${get("year")}-${get("month")}-${get("day")}`;
  // 1970-01-01 was a Thursday.
  return { date, weekday: (dayNumber(date) + 3) % 7, time: `${get("hour")}:${get("minute")}` };
}

/** Days since 1970-01-01. */
const dayNumber = (date: string): number => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, day) / 86_400_000;
};

export const spansOn = ({ week, dates }: Hours, { date, weekday }: WallTime): Span[] =>
  spansOf(dates[date] ?? week[weekday] ?? CLOSED) ?? [];

export const isOpenAt = (hours: Hours, now: WallTime): boolean =>
  spansOn(hours, now).some(({ open, close }) => open <= now.time && now.time < close);

/** IANA names; offsets such as +08:00, which Intl takes too, know no change of clocks. */
export function isTimeZone(name: string): boolean {
  if (!/^(?:UTC|[A-Z][A-Za-z]*(?:\/[A-Z][A-Za-z0-9_+-]*){1,2})$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** A day that the calendar has, from 1970 on: 2027-02-29 is none. */
export function isDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? []).map(Number);
  const inMonth = (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / 86_400_000;
  return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= inMonth;
}
