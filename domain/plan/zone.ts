// Wall clocks and instants. What a wall time means on the days when clocks are changed is decided here, and nowhere else.
import { dayOf } from "./civil.ts";

const DAY_S = 86_400;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes a hundred times as long as using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const fields = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23", ...fields });
    formats.set(zone, format);
  }
  return format;
}

/** Whether this is the name of a time zone, such as Asia/Shanghai. A bare offset is none: it knows no summer time. */
export function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The wall clock of a zone at an instant, as if it were UTC: seconds since 1970. */
export function wallAt(zone: string, s: number): number {
  const parts: { [type: string]: number } = {};
  for (const { type, value } of formatOf(zone).formatToParts(s * 1000)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return dayOf({ year, month, day }) * DAY_S + hour * 3600 + minute * 60 + second;
}

export const dayAt = (zone: string, s: number): number => Math.floor(wallAt(zone, s) / DAY_S);

/** How the clock shows a wall time on its day: once, never because clocks go forward over it, or twice because they go back. */
export type Shown = "once" | "never" | "twice";

/**
 * The instant of a wall time, in Unix seconds. A wall time that comes twice means the first one. One that never comes is moved forward by as
 * much as the clocks are: 02:30 on a day when they go from 2 to 3 means 03:30. (RFC 5545, section 3.3.5, and Temporal's "compatible" decide
 * the same way.) Zones change their clocks once in two days at most, so the offsets a day before and after are the only ones there can be.
 */
export function instantOf(zone: string, day: number, secondOfDay: number): { s: number; shown: Shown } {
  const wall = day * DAY_S + secondOfDay;
  const offsets = [wall - DAY_S, wall + DAY_S].map((s) => wallAt(zone, s) - s) as [number, number];
  const fitting = offsets.map((offset) => wall - offset).filter((s) => wallAt(zone, s) === wall);
  if (fitting.length === 0) return { s: wall - offsets[0], shown: "never" };
  const s = Math.min(...fitting);
  return { s, shown: fitting.some((other) => other !== s) ? "twice" : "once" };
}
