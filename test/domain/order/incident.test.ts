// Who keeps a unit when a store is short, and who may choose what before whom.
import { describe, expect, it } from "vitest";
import { inLine, mayChoose, type QueuedOrder, withoutUnit } from "../../../domain/order/incident.ts";

const order = (rank: number, changes: Partial<QueuedOrder> = {}): QueuedOrder => ({
  order: `o${rank}`,
  state: "paid",
  rank,
  decided: false,
  ...changes,
});
const ids = (orders: QueuedOrder[]) => orders.map((one) => one.order);

describe("units that are left", () => {
  const five = [
    order(4),
    order(0, { state: "refunded" }),
    order(3, { state: "collected" }),
    order(1),
    order(2, { state: "ready" }),
  ];

  it("stay with what was handed over or lies ready, then go to the paid by rank", () => {
    expect(ids(inLine(five))).toEqual(["o2", "o3", "o1", "o4"]);
  });

  it.each([
    [4, []],
    [3, ["o4"]],
    [2, ["o1", "o4"]],
    [1, ["o1", "o4"]],
    [0, ["o1", "o4"]],
  ])("%i of them leave %j without one: never who has it already", (units, without) => {
    expect(ids(withoutUnit(five, units))).toEqual(without);
  });
});

describe("a choice", () => {
  const queue = [order(0), order(1), order(2), order(3)];
  const base = { queue, units: 1, decideBy: 100, now: 50 };

  it.each([
    ["by who has a unit", { order: "o0" }, "incident_over"],
    ["by who has no order here", { order: "o9" }, "incident_over"],
    ["when the incident has ended", { order: "o1", units: undefined }, "incident_over"],
    ["by who has none", { order: "o3" }, undefined],
    ["of a store without units", { order: "o1", free: 0 }, "no_units_there"],
    ["of a store with a unit, by the best of those who choose", { order: "o1", free: 1 }, undefined],
    ["of the last unit, by one before whom others have not chosen", { order: "o3", free: 2 }, "earlier_ranks_first"],
    ["of a unit beyond what those could take", { order: "o3", free: 3 }, undefined],
    ["of the last unit, once they are waited for no longer", { order: "o3", free: 1, now: 100 }, undefined],
  ])("%s: %s", (_, changes, refusal) => {
    expect(mayChoose({ ...base, ...changes })).toBe(refusal);
  });

  it("waits only for better ranks that have not chosen", () => {
    const decided = [order(0), order(1, { decided: true }), order(2), order(3)];
    expect(mayChoose({ ...base, queue: decided, order: "o3", free: 1 })).toBe("earlier_ranks_first");
    expect(mayChoose({ ...base, queue: decided, order: "o3", free: 2 })).toBeUndefined();
  });
});
