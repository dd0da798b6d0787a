// An allotment from the rows of a table: each row that does not fit is named with its line and the reason; with one fault nothing is taken.
import type { RowFault, TableRow } from "../csv/table.ts";
import { type Outcome, ok, refuse } from "../outcome.ts";

export const ALLOTMENT_COLUMNS = ["sku", "store", "units"] as const;
type Row = TableRow<(typeof ALLOTMENT_COLUMNS)[number]>;

export type Allotted = { sku: string; store: string; stock: number };

const UNITS_MAX = 0xffff_ffff;

/** `skus` are those of the plan, `stores` those of its market. */
export function allotmentFrom(
  rows: Row[],
  { skus, stores }: { skus: ReadonlySet<string>; stores: ReadonlySet<string> },
): Outcome<Allotted[], RowFault[]> {
  const faults: RowFault[] = [];
  const lines = new Map<string, number>();
  const pools = rows.map(({ line, cells: { sku, store, units } }) => {
    const fault = (column: string, reason: string, detail: string) => faults.push({ line, column, reason, detail });
    if (!skus.has(sku)) fault("sku", "unknown_sku", "The plan has no such SKU.");
    if (!stores.has(store)) fault("store", "unknown_store", "The market of the session has no such store.");
    const stock = /^(?:0|[1-9]\d{0,9})$/.test(units) ? Number(units) : Number.NaN;
    if (!(stock <= UNITS_MAX)) fault("units", "not_units", `A whole number from 0 to ${UNITS_MAX}, without separators.`);
    const pool = `${sku}\n${store}`;
    const before = lines.get(pool);
    if (before !== undefined) fault("store", "pool_twice", `Line ${before} has units for this SKU at this store already.`);
    lines.set(pool, before ?? line);
    return { sku, store, stock };
  });
  if (rows.length === 0) faults.push({ line: 1, reason: "empty", detail: "There is no row below the header." });
  return faults.length > 0 ? refuse(faults) : ok(pools);
}
