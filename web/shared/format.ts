// Money, times and distances as the chosen language writes them.
import { exponentOf } from "../../domain/currency.ts";
import { currencySign } from "../../domain/language.ts";
import { lang } from "./lang.ts";

/** Making a formatter costs a hundred times what using it does. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return formatter(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(lang.value, options));
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatter(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(lang.value, options));
}

function formatter<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(options: string, make: () => Format): Format {
  const key = `${lang.value} ${options}`;
  const format = (made.get(key) as Format | undefined) ?? make();
  made.set(key, format);
  return format;
}

export function money(amountMinor: number, currency: string): string {
  const digits = exponentOf(currency);
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = numberFormat({ style: "currency", currency, currencyDisplay: currencySign(lang.value), ...places });
  return format.format(amountMinor / 10 ** digits);
}

export const count = (value: number): string => numberFormat().format(value);

/** Names side by side. */
export const listed = (names: string[]): string => names.join(lang.value === "en" ? ", " : "、");

const dayOf = (unixS: number): string => new Date(unixS * 1000).toDateString();

/** A clock time; with the date unless it is today. Unix seconds. */
export function when(unixS: number, nowS: number, withSeconds = false): string {
  const time: Intl.DateTimeFormatOptions = {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(withSeconds ? { second: "2-digit" } : {}),
  };
  const date: Intl.DateTimeFormatOptions = dayOf(unixS) === dayOf(nowS) ? {} : { month: "short", day: "numeric" };
  return dateFormat({ ...date, ...time }).format(unixS * 1000);
}

/** Day and clock time where it happens, whatever the reader's own zone is. */
export const day = (unixS: number, timeZone: string): string =>
  dateFormat({
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(unixS * 1000);

const two = (value: number): string => String(value).padStart(2, "0");

/** Seconds left as parts for a display: days, and hours:minutes:seconds. */
export function left(seconds: number): { days: number; clock: string } {
  const s = Math.max(0, seconds);
  const hours = Math.floor(s / 3600) % 24;
  return { days: Math.floor(s / 86400), clock: `${two(hours)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` };
}

export function distance(metres: number): string {
  const km = metres / 1000;
  return numberFormat({ style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0 }).format(km);
}

/** A long hash, shortened for reading; the whole stands in its title. */
export const short = (hash: string): string => `${hash.slice(0, 10)}…${hash.slice(-6)}`;
