// Largest remainder: exact, explained, and the same in whatever order stores are named.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestRemainder, type Quota, weighed } from "../../../domain/plan/quota.ts";

const stores = (weights: { [store: string]: number }) => Object.entries(weights).map(([store, weight]) => ({ store, weight }));
const unitsOf = (lines: Quota[] | undefined) => lines?.map(({ units }) => units);

const weighedStores = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 60 })
  .chain((names) =>
    fc
      .array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(1_000_000_000)), { minLength: names.length, maxLength: names.length })
      .map((weights) => names.map((store, at) => ({ store, weight: weights[at] as number }))),
  );
const anyUnits = fc.oneof(fc.nat(30), fc.nat(0xffff_ffff));
const someWeight = (list: { weight: number }[]) => list.some(({ weight }) => weight > 0);

describe("largest remainder", () => {
  it.each<[string, number, { [store: string]: number }, number[]]>([
    ["what divides evenly", 12, { a: 1, b: 1, c: 1 }, [4, 4, 4]],
    ["a unit too many: ties in order of store id", 10, { c: 1, a: 1, b: 1 }, [4, 3, 3]],
    ["fewer units than stores", 2, { a: 1, b: 1, c: 1 }, [1, 1, 0]],
    ["weights", 10, { a: 60, b: 30, c: 10 }, [6, 3, 1]],
    // Hare quotas 1.5, 0.93, 0.57: the whole parts take one, the fractions .93 and .57 the others.
    ["fractions", 3, { a: 50, b: 31, c: 19 }, [1, 1, 1]],
    ["weight 0 gets nothing", 5, { a: 0, b: 2, c: 1 }, [0, 3, 2]],
    ["nothing to give", 0, { a: 1, b: 2 }, [0, 0]],
  ])("%s", (_, units, weights, expected) => {
    expect(unitsOf(largestRemainder(units, stores(weights)))).toEqual(expected);
  });

  it("is refused where nobody has a weight", () => {
    expect(largestRemainder(5, stores({ a: 0, b: 0 }))).toBeUndefined();
    expect(largestRemainder(5, [])).toBeUndefined();
  });

  it("gives out every unit and none more", () => {
    fc.assert(
      fc.property(anyUnits, weighedStores.filter(someWeight), (units, list) => {
        const lines = largestRemainder(units, list) as Quota[];
        expect(lines.reduce((sum, line) => sum + line.units, 0)).toBe(units);
      }),
    );
  });

  it("gives each store its quota rounded down or up, and nothing for no weight", () => {
    fc.assert(
      fc.property(anyUnits, weighedStores.filter(someWeight), (units, list) => {
        for (const { weight, floor, units: given, quota } of largestRemainder(units, list) as Quota[]) {
          expect([floor, floor + 1]).toContain(given);
          expect(Math.floor(quota)).toBe(floor);
          if (weight === 0) expect(given).toBe(0);
        }
      }),
    );
  });

  it("never gives the lighter store more than the heavier", () => {
    fc.assert(
      fc.property(anyUnits, weighedStores.filter(someWeight), (units, list) => {
        const lines = [...(largestRemainder(units, list) as Quota[])].sort((a, b) => a.weight - b.weight);
        lines.forEach((line, at) => {
          const lighter = lines[at - 1];
          if (lighter && lighter.weight < line.weight) expect(line.units).toBeGreaterThanOrEqual(lighter.units);
        });
      }),
    );
  });

  it("does not depend on the order in which stores are named", () => {
    fc.assert(
      fc.property(anyUnits, weighedStores.filter(someWeight), fc.func(fc.nat()), (units, list, order) => {
        const shuffled = [...list].sort((a, b) => order(a.store) - order(b.store));
        expect(largestRemainder(units, shuffled)).toEqual(largestRemainder(units, list));
      }),
    );
  });

  it("explains itself: the units that whole parts leave go to the first places", () => {
    fc.assert(
      fc.property(anyUnits, weighedStores.filter(someWeight), (units, list) => {
        const lines = largestRemainder(units, list) as Quota[];
        const left = units - lines.reduce((sum, { floor }) => sum + floor, 0);
        expect(lines.map(({ rank }) => rank).sort((a, b) => a - b)).toEqual(lines.map((_, at) => at + 1));
        for (const { floor, rank, units: given } of lines) expect(given).toBe(floor + (rank <= left ? 1 : 0));
      }),
    );
  });

  it("does a brand's 2,200 stores exactly", () => {
    const list = Array.from({ length: 2200 }, (_, at) => ({
      store: `s-${String(at).padStart(4, "0")}`,
      weight: 1 + ((at * 7919) % 997),
    }));
    expect((largestRemainder(26_328, list) as Quota[]).reduce((sum, { units }) => sum + units, 0)).toBe(26_328);
  });
});

describe("weights", () => {
  it.each([
    ["equal where none are named", ["b", "a"], undefined, { b: 1, a: 1 }],
    ["as named", ["a", "b"], { a: 3, b: 2 }, { a: 3, b: 2 }],
    ["none for a store that is left out", ["a", "b"], { a: 3 }, { a: 3, b: 0 }],
    ["each store once", ["a", "a"], undefined, { a: 1 }],
  ])("%s", (_, list, weights, expected) => {
    expect(Object.fromEntries(weighed(list, weights).map(({ store, weight }) => [store, weight]))).toEqual(expected);
  });
});
