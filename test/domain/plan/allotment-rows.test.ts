// An allotment as a table: taken whole, or refused with each row that does not fit.
import { describe, expect, it } from "vitest";
import { readTable } from "../../../domain/csv/table.ts";
import { ALLOTMENT_COLUMNS, allotmentFrom } from "../../../domain/plan/allotment-rows.ts";

const known = { skus: new Set(["wine", "plush"]), stores: new Set(["north", "south"]) };

function read(...lines: string[]) {
  const table = readTable(["sku,store,units", ...lines].join("\n"), { columns: ALLOTMENT_COLUMNS, rowsMax: 100 });
  if (!table.ok) throw new Error(JSON.stringify(table.refusal));
  return allotmentFrom(table.value, known);
}

describe("an allotment as a table", () => {
  it("gives a pool for each row", () => {
    expect(read("wine,north,3", '"wine",south,0', "plush,north,4294967295")).toEqual({
      ok: true,
      value: [
        { sku: "wine", store: "north", stock: 3 },
        { sku: "wine", store: "south", stock: 0 },
        { sku: "plush", store: "north", stock: 4294967295 },
      ],
    });
  });

  it.each([
    ["a SKU that the plan does not have", "beer,north,1", "sku", "unknown_sku"],
    ["a store of no such market", "wine,west,1", "store", "unknown_store"],
    ["no units", "wine,north,", "units", "not_units"],
    ["half a unit", "wine,north,1.5", "units", "not_units"],
    ["fewer than none", "wine,north,-1", "units", "not_units"],
    ["units with a separator", 'wine,north,"1,000"', "units", "not_units"],
    ["units in another notation", "wine,north,1e3", "units", "not_units"],
    ["more units than a pool can hold", "wine,north,4294967296", "units", "not_units"],
    ["a pool for the second time", "wine,south,1", "store", "pool_twice"],
  ])("refuses %s, with its line", (_, line, column, reason) => {
    const outcome = read("wine,south,2", line);
    expect(outcome.ok ? [] : outcome.refusal.map((fault) => [fault.line, fault.column, fault.reason])).toEqual([
      [3, column, reason],
    ]);
  });

  it("names every fault, and nothing is taken where there is one", () => {
    const outcome = read("beer,west,x", "wine,north,1");
    expect(outcome.ok ? [] : outcome.refusal.map(({ reason }) => reason)).toEqual(["unknown_sku", "unknown_store", "not_units"]);
  });

  it("refuses a table without rows", () => {
    expect(read()).toMatchObject({ ok: false, refusal: [{ reason: "empty" }] });
  });
});
