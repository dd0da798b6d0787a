// Stores for tests, as records and as the operator's file of them.
import { STORE_COLUMN_NAMES, STORE_COLUMNS, type StoreColumn } from "../../contracts/store-csv.ts";
import { writeCsv } from "../../domain/csv/csv.ts";

export type Cells = Record<StoreColumn, string>;

/** The documented example, with changes. */
export const storeCells = (changes: Partial<Cells> = {}): Cells => ({
  ...(Object.fromEntries(STORE_COLUMN_NAMES.map((name) => [name, STORE_COLUMNS[name].example])) as Cells),
  ...changes,
});

export const storesFile = (rows: Cells[], columns: readonly string[] = STORE_COLUMN_NAMES): string =>
  writeCsv([[...columns], ...rows.map((cells) => columns.map((name) => cells[name as StoreColumn] ?? ""))]);

/** As many stores as the modelled system has, each somewhere else. */
export const manyStores = (count: number, changes: (at: number) => Partial<Cells> = () => ({})): Cells[] =>
  Array.from({ length: count }, (_, at) =>
    storeCells({
      store: `cn-many-${String(at).padStart(4, "0")}`,
      name_zh: `示范店 ${at}`,
      city_zh: `城市 ${at % 337}`,
      city_en: `City ${at % 337}`,
      lat: (20 + (at % 250) / 10).toFixed(4),
      lng: (75 + (at % 590) / 10).toFixed(4),
      ...changes(at),
    }),
  );
