// May this order be handed over at this store, now? Every state, and which refusal wins.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayCollect } from "../../../domain/order/pickup.ts";

const UNTIL = 5000;
const before = UNTIL - 0.001;

describe("a hand-over", () => {
  it.each<[given: string, state: string, at: string, now: number, refusal: string | undefined]>([
    ["a unit that is ready", "ready", "store-1", 1000, undefined],
    ["the last moment of pickup", "ready", "store-1", before, undefined],
    ["the end of pickup", "ready", "store-1", UNTIL, "pickup_expired"],
    ["another store", "ready", "store-2", 1000, "not_found"],
    ["another store, collected already", "collected", "store-2", 1000, "not_found"],
    ["collected already", "collected", "store-1", 1000, "already_collected"],
    ["collected already, after pickup", "collected", "store-1", UNTIL, "already_collected"],
    ["accepted, not paid", "accepted", "store-1", 1000, "not_paid"],
    ["accepted, not paid, after pickup", "accepted", "store-1", UNTIL, "not_paid"],
    ["lapsed", "lapsed", "store-1", 1000, "not_paid"],
    ["refunded in time", "refunded", "store-1", 1000, "pickup_expired"],
    ["paid, not delivered yet", "paid", "store-1", 1000, "not_ready"],
    ["paid, not delivered, after pickup", "paid", "store-1", UNTIL, "pickup_expired"],
  ])("of %s", (_, state, at, now, refusal) => {
    expect(mayCollect({ state, store: "store-1", pickupUntil: UNTIL }, at, now)).toBe(refusal);
  });

  it("of no order is not found", () => {
    expect(mayCollect(undefined, "store-1", 1000)).toBe("not_found");
  });

  it("happens for ready orders of this store in time, and for no others", () => {
    const state = fc.constantFrom("accepted", "paid", "ready", "collected", "lapsed", "refunded", "unheard-of");
    fc.assert(
      fc.property(state, fc.constantFrom("store-1", "store-2"), fc.nat({ max: 2 * UNTIL }), (of, at, now) => {
        const allowed = mayCollect({ state: of, store: "store-1", pickupUntil: UNTIL }, at, now) === undefined;
        expect(allowed).toBe(of === "ready" && at === "store-1" && now < UNTIL);
      }),
    );
  });
});
