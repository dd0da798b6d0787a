// Stores as rows of a CSV file: what each column takes, and the same columns out again. docs/stores.md shows this table.
import * as v from "valibot";
import type { RowFault, TableRow } from "../domain/csv/table.ts";
import { MARKETS, marketOf } from "../domain/market.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { CLOSED, isDate, isTimeZone, spansOf } from "../domain/store/hours.ts";
import { type Names, storeId } from "./basics.ts";
import { LICENCE_KINDS, type Licence, licence, line, phone, SERVICES, STORE_STATUSES, type StoreRecord } from "./stores.ts";

type Column<Value> = {
  /** What a cell has to be, for people: in the refusal of one that is not, and in the documentation. */
  needs: string;
  example: string;
  /** The code of that refusal. */
  reason: string;
  /** Undefined for a cell that does not fit. An empty cell is only given to columns that are optional. */
  read: (cell: string) => Value | undefined;
  optional?: true;
  write: (store: StoreRecord) => string;
};

const column = <Value>(of: Column<Value>): Column<Value> => of;

const oneOf = <const Words extends readonly string[]>(words: Words) => v.picklist(words);
const fitting =
  <const Schema extends v.GenericSchema<string>>(schema: Schema) =>
  (cell: string): v.InferOutput<Schema> | undefined =>
    v.is(schema, cell) ? (cell as v.InferOutput<Schema>) : undefined;
const when =
  (fits: (cell: string) => boolean) =>
  (cell: string): string | undefined =>
    fits(cell) ? cell : undefined;

type Text = "name" | "province" | "city" | "address";

const name = (of: Text, lang: "zh-CN" | "en", example: string) =>
  column({
    needs: "1 to 200 characters on one line, no space at either end",
    example,
    reason: "bad_text",
    read: fitting(line(200)),
    write: (store) => store[of][lang],
  });

/** Not every store has its names in Japanese. */
const nameJa = (of: Text, example: string) =>
  column<string | null>({
    needs: "the same in Japanese",
    example,
    reason: "bad_text",
    optional: true,
    read: (cell) => (cell === "" ? null : fitting(line(200))(cell)),
    write: (store) => store[of].ja ?? "",
  });

const degrees = (of: "lat" | "lng", max: number, example: string) =>
  column({
    needs: `degrees (WGS 84) between -${max} and ${max}, with a point and at most 6 decimals; 0, 0 is no place of a store`,
    example,
    reason: "bad_coordinates",
    read: (cell) => {
      const value = /^-?[0-9]{1,3}(?:\.[0-9]{1,6})?$/.test(cell) ? Number(cell) : Number.NaN;
      return Math.abs(value) <= max ? value : undefined;
    },
    write: (store) => String(store[of]),
  });

const day = (weekday: number) =>
  column({
    needs: `opening times such as 10:00-13:00 14:00-20:00, or ${CLOSED}; a night ends at 24:00 and goes on the next day`,
    example: "10:00-20:00",
    reason: "bad_hours",
    read: when((cell) => spansOf(cell) !== undefined),
    write: (store) => store.hours.week[weekday] ?? CLOSED,
  });

const capacity = (of: "pickupsPerHour" | "shelfUnits", what: string, example: string) =>
  column<number | null>({
    needs: `${what}: a whole number up to 100000, empty for no limit`,
    example,
    reason: "bad_number",
    optional: true,
    read: (cell) => (cell === "" ? null : /^[0-9]{1,6}$/.test(cell) && Number(cell) <= 100_000 ? Number(cell) : undefined),
    write: (store) => String(store[of] ?? ""),
  });

/** Parts between semicolons; undefined where one does not fit. */
function parts<Part>(cell: string, read: (part: string) => Part | undefined): Part[] | undefined {
  const list = cell === "" ? [] : cell.split(";").map((part) => read(part.trim()));
  return list.includes(undefined) ? undefined : (list as Part[]);
}

function readDates(cell: string): StoreRecord["hours"]["dates"] | undefined {
  const list = parts(cell, (part) => {
    const [date = "", text = ""] = [part.slice(0, 10), part.slice(11)];
    return part[10] === " " && isDate(date) && spansOf(text) ? ([date, text] as const) : undefined;
  })?.sort(([a], [b]) => (a < b ? -1 : 1));
  const isTwice = list?.some(([date], at) => date === list[at + 1]?.[0]);
  return list && list.length <= 100 && !isTwice ? Object.fromEntries(list) : undefined;
}

function readLicence(part: string): Licence | undefined {
  const [, kind, number, until] = /^(\S+) (.+) (\S+)$/.exec(part) ?? [];
  const given = { kind, number, until };
  return v.is(licence, given) ? given : undefined;
}

function readServices(cell: string): StoreRecord["services"] | undefined {
  const given = cell === "" ? [] : cell.split(" ");
  const known = SERVICES.filter((service) => given.includes(service));
  return known.length === given.length ? known : undefined;
}

export const STORE_COLUMNS = {
  store: column({
    needs: "an id: letters, digits, . _ -, at most 64; it names the store for ever",
    example: "cn-guiyang-01",
    reason: "bad_id",
    read: fitting(storeId),
    write: ({ store }) => store,
  }),
  market: column({
    needs: `a market: ${Object.keys(MARKETS).join(", ")}`,
    example: "CN",
    reason: "unknown_market",
    read: when((cell) => marketOf(cell) !== undefined),
    write: ({ market }) => market,
  }),
  status: column({
    needs: STORE_STATUSES.join(", "),
    example: "open",
    reason: "unknown_word",
    read: fitting(oneOf(STORE_STATUSES)),
    write: ({ status }) => status,
  }),
  name_zh: name("name", "zh-CN", "贵阳示范店 01"),
  name_en: name("name", "en", "Guiyang Demo Store 01"),
  name_ja: nameJa("name", "貴陽デモ店舗 01"),
  province_zh: name("province", "zh-CN", "贵州省"),
  province_en: name("province", "en", "Guizhou"),
  province_ja: nameJa("province", "貴州省"),
  city_zh: name("city", "zh-CN", "贵阳"),
  city_en: name("city", "en", "Guiyang"),
  city_ja: nameJa("city", "貴陽"),
  address_zh: name("address", "zh-CN", "示范路 1 号"),
  address_en: name("address", "en", "1 Demo Road"),
  address_ja: nameJa("address", "デモ通り 1"),
  lat: degrees("lat", 90, "26.5833"),
  lng: degrees("lng", 180, "106.7167"),
  time_zone: column({
    needs: "a time zone by its IANA name",
    example: "Asia/Shanghai",
    reason: "unknown_time_zone",
    read: when(isTimeZone),
    write: ({ timeZone }) => timeZone,
  }),
  mon: day(0),
  tue: day(1),
  wed: day(2),
  thu: day(3),
  fri: day(4),
  sat: day(5),
  sun: day(6),
  exceptions: column({
    needs: "dates that differ, each once, at most 100, between semicolons",
    example: "2027-02-06 closed; 2027-02-07 12:00-16:00",
    reason: "bad_hours",
    optional: true,
    read: readDates,
    write: ({ hours: { dates } }) =>
      Object.entries(dates)
        .map(([date, text]) => `${date} ${text}`)
        .join("; "),
  }),
  services: column({
    needs: `any of ${SERVICES.join(", ")}, each once, between spaces`,
    example: "pickup tasting",
    reason: "unknown_word",
    optional: true,
    read: readServices,
    write: ({ services }) => services.join(" "),
  }),
  pickups_per_hour: capacity("pickupsPerHour", "pickups that the counter serves in an hour", "40"),
  shelf_units: capacity("shelfUnits", "units that can be kept for pickup", "600"),
  licences: column({
    needs: `licences between semicolons, each as kind, number and last day; kinds: ${LICENCE_KINDS.join(", ")}`,
    example: "alcohol JY 1520 0001 2028-06-30",
    reason: "bad_licence",
    optional: true,
    read: (cell) => parts(cell, readLicence),
    write: ({ licences }) => licences.map(({ kind, number, until }) => `${kind} ${number} ${until}`).join("; "),
  }),
  phone: column<string | null>({
    needs: "a phone number, shown to everybody: digits, spaces, ( ) -, with or without a + in front",
    example: "+86 851 0000 0000",
    reason: "bad_text",
    optional: true,
    read: (cell) => (cell === "" ? null : fitting(phone)(cell)),
    write: (store) => store.phone ?? "",
  }),
  contact: column<string | null>({
    needs: "whom to ask, for operators only: at most 100 characters",
    example: "Store manager",
    reason: "bad_text",
    optional: true,
    read: (cell) => (cell === "" ? null : fitting(line(100))(cell)),
    write: (store) => store.contact ?? "",
  }),
};

export type StoreColumn = keyof typeof STORE_COLUMNS;
type Values = { [Name in StoreColumn]: Exclude<ReturnType<(typeof STORE_COLUMNS)[Name]["read"]>, undefined> };

export const STORE_COLUMN_NAMES = Object.keys(STORE_COLUMNS) as StoreColumn[];

/** The rows of a file as stores, or everything that is wrong with them. */
export function readStores(rows: TableRow<StoreColumn>[]): Outcome<StoreRecord[], RowFault[]> {
  const faults: RowFault[] = [];
  const stores: StoreRecord[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells } of rows) {
    const read = readRow(cells);
    faults.push(...read.faults.map((fault) => ({ line, ...fault })));
    const before = lines.get(cells.store);
    if (before === undefined) lines.set(cells.store, line);
    else faults.push({ line, column: "store", reason: "duplicate_id", detail: `Line ${before} has the same id.` });
    if (read.store) stores.push(read.store);
  }
  return faults.length > 0 ? refuse(faults) : ok(stores);
}

function readRow(cells: Record<StoreColumn, string>): { faults: Omit<RowFault, "line">[]; store?: StoreRecord } {
  const faults: Omit<RowFault, "line">[] = [];
  const values: Partial<Record<StoreColumn, unknown>> = {};
  for (const name of STORE_COLUMN_NAMES) {
    const { needs, reason, optional, read } = STORE_COLUMNS[name] as Column<unknown>;
    // Some systems write é as two characters; what is stored has one form, so that a search finds it.
    const cell = cells[name].normalize("NFC");
    if (cell === "" && !optional) {
      faults.push({ column: name, reason: "required", detail: `Empty. Needs ${needs}.` });
      continue;
    }
    values[name] = read(cell);
    if (values[name] === undefined) faults.push({ column: name, reason, detail: `Needs ${needs}.` });
  }
  if (values.lat === 0 && values.lng === 0)
    faults.push({ column: "lat", reason: "bad_coordinates", detail: "0, 0 lies in the sea: the coordinates are missing." });
  return faults.length > 0 ? { faults } : { faults, store: recordOf(values as Values) };
}

const namesOf = (zh: string, en: string, ja: string | null): Names => ({ "zh-CN": zh, en, ...(ja === null ? {} : { ja }) });

const recordOf = (values: Values): StoreRecord => ({
  store: values.store,
  market: values.market,
  status: values.status,
  province: namesOf(values.province_zh, values.province_en, values.province_ja),
  city: namesOf(values.city_zh, values.city_en, values.city_ja),
  name: namesOf(values.name_zh, values.name_en, values.name_ja),
  address: namesOf(values.address_zh, values.address_en, values.address_ja),
  lat: values.lat,
  lng: values.lng,
  timeZone: values.time_zone,
  hours: {
    week: [values.mon, values.tue, values.wed, values.thu, values.fri, values.sat, values.sun],
    dates: values.exceptions,
  },
  services: values.services,
  pickupsPerHour: values.pickups_per_hour,
  shelfUnits: values.shelf_units,
  licences: values.licences,
  phone: values.phone,
  contact: values.contact,
});

/** Header and rows, for `writeCsv`. */
export const storeRows = (stores: StoreRecord[]): string[][] => [
  STORE_COLUMN_NAMES,
  ...stores.map((store) => STORE_COLUMN_NAMES.map((name) => STORE_COLUMNS[name].write(store))),
];
