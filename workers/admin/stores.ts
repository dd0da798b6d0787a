// The operator's stores: a file in, the same file out.
import { Hono } from "hono";
import { settingsOf } from "../../contracts/settings.ts";
import { readStores, STORE_COLUMN_NAMES, type StoreColumn, storeRows } from "../../contracts/store-csv.ts";
import type { StoreRecord } from "../../contracts/stores.ts";
import { writeCsv } from "../../domain/csv/csv.ts";
import { type RowFault, readTable, type TableRow } from "../../domain/csv/table.ts";
import { type Records, recordsOf } from "../../records/database.ts";
import { importStores, storesElsewhere, storesKept } from "../../records/stores.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { csvBody, refusedRows } from "../edge/csv.ts";

/** 2,200 stores are 0.8 MB. */
const FILE_BYTES_MAX = 8_000_000;
const ROWS_MAX = 20_000;
const PRIVATE = { "Cache-Control": "no-store" };

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

export const adminStores = new Hono<CallerApp>()
  .post("/v1/admin/stores/import", operator, async (c) => {
    const table = readTable(await csvBody(c, FILE_BYTES_MAX), { columns: STORE_COLUMN_NAMES, rowsMax: ROWS_MAX });
    if (!table.ok) return refusedRows(table.refusal);
    const stores = readStores(table.value);
    if (!stores.ok) return refusedRows(stores.refusal);
    const moved = await movedStores(records(c.env), table.value, stores.value);
    if (moved.length > 0) return refusedRows(moved);
    const dryRun = c.req.query("dryRun") !== undefined;
    return c.json(await importStores(records(c.env), stores.value, dryRun), 200, PRIVATE);
  })
  .get("/v1/admin/stores/export", operator, async (c) => {
    const text = writeCsv(storeRows(await storesKept(records(c.env), c.req.query("market"))));
    return c.body(text, 200, {
      ...PRIVATE,
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="stores.csv"',
    });
  });

/** Sessions are announced for stores of one market: a store that moved to another would vanish from those that are under way. */
async function movedStores(records: Records, rows: TableRow<StoreColumn>[], stores: StoreRecord[]): Promise<RowFault[]> {
  const lines = new Map(rows.map(({ line, cells }) => [cells.store, line]));
  return (await storesElsewhere(records, stores)).map(({ store, market }) => ({
    line: lines.get(store) ?? 0,
    column: "market",
    reason: "other_market",
    detail: `The store is known in market ${market} and stays there; give a store in another market an id of its own.`,
  }));
}
