// Calendar days without a time zone: a day is its number since 1970-01-01 in the Gregorian calendar, so that days are added and compared.

export type Civil = { year: number; month: number; day: number };

const ERA_DAYS = 146_097;
/** From 0000-03-01 to 1970-01-01. Years are counted from March, so that a leap day is the last of its year. */
const EPOCH_DAYS = 719_468;

export function dayOf({ year, month, day }: Civil): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * ERA_DAYS + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - EPOCH_DAYS;
}

export function civilOf(number: number): Civil {
  const days = number + EPOCH_DAYS;
  const era = Math.floor(days / ERA_DAYS);
  const dayOfEra = days - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export const daysInMonth = (year: number, month: number): number =>
  dayOf(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }) - dayOf({ year, month, day: 1 });

/** 1 is Monday, 7 Sunday (ISO 8601). Day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const padded = (value: number, length: number): string => String(value).padStart(length, "0");

/** YYYY-MM-DD. */
export function dateText(number: number): string {
  const { year, month, day } = civilOf(number);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** The day of YYYY-MM-DD; undefined for a text that names no day. */
export function readDate(text: string): number | undefined {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return undefined;
  return day >= 1 && day <= daysInMonth(year, month) ? dayOf({ year, month, day }) : undefined;
}
