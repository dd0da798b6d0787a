// Stores as CSV: what comes out goes in again as the same, and every row that does not fit is named with its line, column and reason.
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readStores, STORE_COLUMN_NAMES, STORE_COLUMNS, type StoreColumn, storeRows } from "../../contracts/store-csv.ts";
import { SERVICES, STORE_STATUSES, type StoreRecord, storeRecord } from "../../contracts/stores.ts";
import { writeCsv } from "../../domain/csv/csv.ts";
import { textOfFile } from "../../domain/csv/encoding.ts";
import { readTable } from "../../domain/csv/table.ts";

const EXAMPLE = Object.fromEntries(STORE_COLUMN_NAMES.map((name) => [name, STORE_COLUMNS[name].example])) as Record<
  StoreColumn,
  string
>;
const read = (...rows: Partial<Record<StoreColumn, string>>[]) =>
  readStores(rows.map((changes, at) => ({ line: at + 2, cells: { ...EXAMPLE, ...changes } })));

it("takes the example of every column, as a store that fits the contract", () => {
  const stores = read({});
  expect(stores.ok && v.is(v.array(storeRecord), stores.value)).toBe(true);
  expect(stores).toMatchObject({
    ok: true,
    value: [
      {
        store: "cn-guiyang-01",
        name: { "zh-CN": "贵阳示范店 01", en: "Guiyang Demo Store 01", ja: "貴陽デモ店舗 01" },
        lat: 26.5833,
        hours: { week: Array(7).fill("10:00-20:00"), dates: { "2027-02-06": "closed", "2027-02-07": "12:00-16:00" } },
        services: ["pickup", "tasting"],
        pickupsPerHour: 40,
        licences: [{ kind: "alcohol", number: "JY 1520 0001", until: "2028-06-30" }],
      },
    ],
  });
});

it("takes empty cells where a column may be left empty", () => {
  const empty = Object.fromEntries(
    STORE_COLUMN_NAMES.filter((name) => "optional" in STORE_COLUMNS[name]).map((name) => [name, ""]),
  );
  expect(read(empty)).toMatchObject({
    ok: true,
    value: [
      { services: [], pickupsPerHour: null, shelfUnits: null, licences: [], phone: null, contact: null, hours: { dates: {} } },
    ],
  });
});

describe("a row is refused for", () => {
  it.each<[string, Partial<Record<StoreColumn, string>>, string, string]>([
    ["an empty cell that is needed", { city_zh: "" }, "city_zh", "required"],
    ["an id with a space", { store: "cn guiyang" }, "store", "bad_id"],
    ["a market that is none", { market: "UK" }, "market", "unknown_market"],
    ["a status that is none", { status: "Open" }, "status", "unknown_word"],
    ["a name with a line break", { name_en: "Demo\nStore" }, "name_en", "bad_text"],
    ["a name that ends in a space", { name_zh: "店 " }, "name_zh", "bad_text"],
    ["a name that is too long", { name_zh: "店".repeat(201) }, "name_zh", "bad_text"],
    ["a latitude beyond the pole", { lat: "90.1" }, "lat", "bad_coordinates"],
    ["latitude and longitude in the wrong order", { lat: "106.7167", lng: "26.5833" }, "lat", "bad_coordinates"],
    ["a longitude beyond the date line", { lng: "-180.5" }, "lng", "bad_coordinates"],
    ["a decimal comma", { lat: "26,5833" }, "lat", "bad_coordinates"],
    ["coordinates with an exponent", { lat: "1e1" }, "lat", "bad_coordinates"],
    ["coordinates that are no number", { lat: "NaN" }, "lat", "bad_coordinates"],
    ["a place in the sea", { lat: "0", lng: "0.0" }, "lat", "bad_coordinates"],
    ["a time zone that is none", { time_zone: "Asia/Peking" }, "time_zone", "unknown_time_zone"],
    ["hours that end before they begin", { wed: "20:00-10:00" }, "wed", "bad_hours"],
    ["an exception on a date that is none", { exceptions: "2027-02-29 closed" }, "exceptions", "bad_hours"],
    ["an exception twice", { exceptions: "2027-02-28 closed; 2027-02-28 10:00-12:00" }, "exceptions", "bad_hours"],
    ["a service that is none", { services: "pickup valet" }, "services", "unknown_word"],
    ["a service twice", { services: "pickup pickup" }, "services", "unknown_word"],
    ["a capacity that is no whole number", { pickups_per_hour: "12.5" }, "pickups_per_hour", "bad_number"],
    ["a capacity below zero", { shelf_units: "-1" }, "shelf_units", "bad_number"],
    ["a capacity beyond any shop", { shelf_units: "100001" }, "shelf_units", "bad_number"],
    ["a licence of a kind that is none", { licences: "wine 1 2028-01-01" }, "licences", "bad_licence"],
    ["a licence that holds until no day", { licences: "alcohol 1 2028-02-30" }, "licences", "bad_licence"],
    ["a licence without a number", { licences: "alcohol 2028-02-28" }, "licences", "bad_licence"],
    ["a phone number that is none", { phone: "call us" }, "phone", "bad_text"],
  ])("%s", (_, changes, column, reason) => {
    expect(read({}, { store: "other", ...changes })).toEqual({
      ok: false,
      refusal: [{ line: 3, column, reason, detail: expect.stringMatching(/.{10}/) }],
    });
  });

  it("an id that an earlier line has, which it names", () => {
    expect(read({}, { store: "b" }, {})).toEqual({
      ok: false,
      refusal: [{ line: 4, column: "store", reason: "duplicate_id", detail: "Line 2 has the same id." }],
    });
  });

  it("everything that is wrong with it, and every other row too", () => {
    const refused = read({ market: "XX", lat: "91" }, { store: "b", mon: "" });
    expect(!refused.ok && refused.refusal.map(({ line, column }) => [line, column])).toEqual([
      [2, "market"],
      [2, "lat"],
      [3, "mon"],
    ]);
  });
});

it("stores é in one form, however a spreadsheet wrote it", () => {
  const stores = read({ city_en: "Orle\u0301ans" });
  expect(stores.ok && stores.value[0]?.city.en).toBe("Orl\u00e9ans");
});

describe("export, then import", () => {
  const text = fc
    .string({
      unit: fc.constantFrom("=", "+", "-", "@", "'", '"', ",", ";", " ", "a", "é", "茅", "1"),
      minLength: 1,
      maxLength: 12,
    })
    .filter((value) => value.trim() === value);
  const names = fc.record({ "zh-CN": text, en: text, ja: text }, { requiredKeys: ["zh-CN", "en"] });
  const day = fc.constantFrom("closed", "10:00-20:00", "10:00-13:00 14:00-24:00");
  const degrees = (max: number) => fc.integer({ min: -max * 1e6, max: max * 1e6 }).map((value) => value / 1e6);
  const store: fc.Arbitrary<StoreRecord> = fc.record({
    store: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/),
    market: fc.constantFrom("CN", "US", "GB"),
    status: fc.constantFrom(...STORE_STATUSES),
    province: names,
    city: names,
    name: names,
    address: names,
    lat: degrees(90).filter((value) => value !== 0),
    lng: degrees(180),
    timeZone: fc.constantFrom("Asia/Shanghai", "America/New_York"),
    hours: fc.record({
      week: fc.array(day, { minLength: 7, maxLength: 7 }),
      dates: fc.dictionary(fc.constantFrom("2027-01-01", "2027-02-28", "2028-02-29"), day),
    }),
    services: fc.subarray([...SERVICES]),
    pickupsPerHour: fc.option(fc.nat({ max: 100_000 })),
    shelfUnits: fc.option(fc.nat({ max: 100_000 })),
    licences: fc.array(
      fc.record({
        kind: fc.constantFrom("alcohol", "food"),
        number: text.filter((value) => !value.includes(";")),
        until: fc.constant("2028-02-29"),
      }),
      { maxLength: 3 },
    ),
    phone: fc.option(fc.constantFrom("+86 851 0000 0000", "0851-000", "(0) 12 34")),
    contact: fc.option(text),
  }) as fc.Arbitrary<StoreRecord>;

  it("is the same stores, whatever their texts hold", () => {
    fc.assert(
      fc.property(fc.uniqueArray(store, { selector: ({ store: id }) => id, minLength: 1, maxLength: 4 }), (stores) => {
        const file = textOfFile(new TextEncoder().encode(writeCsv(storeRows(stores))));
        const table = readTable(file.ok ? file.value : "", { columns: STORE_COLUMN_NAMES, rowsMax: 10 });
        expect(table.ok && readStores(table.value)).toEqual({ ok: true, value: stores });
      }),
    );
  });
});
