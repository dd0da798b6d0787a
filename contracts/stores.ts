// Stores: where goods are collected, as everybody sees them and as their operator keeps them.
import * as v from "valibot";
import { CLOSED, isDate, isTimeZone, spansOf } from "../domain/store/hours.ts";
import { market, names, storeId, u32, whole } from "./basics.ts";

/** planned: not shown to anybody yet. paused: for a while, closed: for good; both stay known to whoever holds an order there. */
export const STORE_STATUSES = ["planned", "open", "paused", "closed"] as const;
export const SERVICES = ["pickup", "delivery", "tasting", "gift-wrap", "returns", "step-free"] as const;
export const LICENCE_KINDS = ["business", "alcohol", "food", "other"] as const;

/** A line for people: nothing invisible in it, and no space at either end, where nobody would see it. */
export const line = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    v.check((text) => text.trim() === text && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), "one line, no space at its ends"),
  );

const day = v.pipe(
  v.string(),
  v.check((text) => spansOf(text) !== undefined, `10:00-13:00 14:00-20:00, or ${CLOSED}`),
);
const date = v.pipe(v.string(), v.check(isDate, "a date such as 2027-01-31"));

/** Exceptions a store may have: two years of public holidays. */
const DATES_MAX = 100;
export const hours = v.strictObject({
  week: v.pipe(v.array(day), v.length(7)),
  dates: v.pipe(
    v.record(date, day),
    v.check((dates) => Object.keys(dates).length <= DATES_MAX, `at most ${DATES_MAX} dates`),
  ),
});

export const licence = v.strictObject({
  kind: v.picklist(LICENCE_KINDS),
  number: v.pipe(line(64), v.excludes(";")),
  /** The last day on which it holds. */
  until: date,
});
export type Licence = v.InferOutput<typeof licence>;

export const phone = v.pipe(v.string(), v.regex(/^\+?[0-9(][0-9 ()-]{3,29}$/, "a phone number"));

/** Pickups in an hour and units on the shelf: what a plan must not exceed. More than any shop has. */
const capacity = v.nullable(whole(0, 100_000));

export const storeRecord = v.strictObject({
  store: storeId,
  market,
  status: v.picklist(STORE_STATUSES),
  province: names,
  city: names,
  name: names,
  address: names,
  /** WGS 84 degrees. */
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lng: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  timeZone: v.pipe(v.string(), v.check(isTimeZone, "an IANA time zone")),
  hours,
  services: v.array(v.picklist(SERVICES)),
  pickupsPerHour: capacity,
  shelfUnits: capacity,
  licences: v.pipe(v.array(licence), v.maxLength(20)),
  phone: v.nullable(phone),
  /** Who to ask, for operators only. */
  contact: v.nullable(line(100)),
});
export type StoreRecord = v.InferOutput<typeof storeRecord>;

const { pickupsPerHour: _p, shelfUnits: _s, licences: _l, contact: _c, ...shown } = storeRecord.entries;
/** What is kept for operators is left out. */
export const store = v.object(shown);
export type Store = v.InferOutput<typeof store>;

/** GET /v1/stores. */
export const storesReply = v.object({ stores: v.array(store) });

/** POST /v1/admin/stores/import. A row that says what is stored already is unchanged; a store that no row names is left as it is. */
export const importReport = v.object({
  rows: u32,
  created: u32,
  changed: u32,
  unchanged: u32,
  dryRun: v.boolean(),
});
export type ImportReport = v.InferOutput<typeof importReport>;

/** Results a caller of the nearest stores may ask for. */
export const NEAREST_MAX = 50;

/** GET /v1/sessions/{session}/stores?sku=&lat=&lng=&limit= */
export const nearestInput = v.strictObject({
  sku: v.string(),
  lat: v.pipe(v.string(), v.regex(/^-?[0-9]{1,2}(?:\.[0-9]{1,12})?$/), v.transform(Number), v.minValue(-90), v.maxValue(90)),
  lng: v.pipe(v.string(), v.regex(/^-?[0-9]{1,3}(?:\.[0-9]{1,12})?$/), v.transform(Number), v.minValue(-180), v.maxValue(180)),
  limit: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,2}$/), v.transform(Number), v.minValue(1), v.maxValue(NEAREST_MAX)), "20"),
});

/** A store that gives out a SKU in a session. `entries` and `odds` are known from the seal on, and said by nobody before. */
export const nearStore = v.object({
  store,
  pool: u32,
  metres: u32,
  units: u32,
  entries: v.exactOptional(u32),
  /** Units for each entry, at most 1: the chance of an entry that has as many tickets as the others. */
  odds: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});
export type NearStore = v.InferOutput<typeof nearStore>;
export const nearestReply = v.object({ stores: v.array(nearStore), sealed: v.boolean() });
export type NearestReply = v.InferOutput<typeof nearestReply>;
