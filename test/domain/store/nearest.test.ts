// The nearest places, against distances that are known and against a slow oracle.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest, type Place, pointsOf } from "../../../domain/store/nearest.ts";

const CITIES = {
  guiyang: { lat: 26.5833, lng: 106.7167 },
  zunyi: { lat: 27.6867, lng: 106.9072 },
  chongqing: { lat: 29.5628, lng: 106.5528 },
  beijing: { lat: 39.9075, lng: 116.3972 },
  losAngeles: { lat: 34.0522, lng: -118.2437 },
} as const;

/** Haversine on the same sphere. */
function metresBetween(a: Place, b: Place): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lng - a.lng) / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)));
}

describe("distances", () => {
  it.each([
    ["guiyang", "zunyi", 124],
    ["guiyang", "chongqing", 332],
    ["guiyang", "beijing", 1728],
    ["beijing", "losAngeles", 10_080],
  ] as const)("from %s to %s are %i km, within one per cent", (from, to, km) => {
    const [found] = nearest(pointsOf([CITIES[to]]), CITIES[from], 1);
    expect(Math.abs((found?.metres ?? 0) / 1000 - km)).toBeLessThan(km / 100);
  });

  it.each([
    ["two points a metre apart", { lat: 26.5833, lng: 106.7167 }, { lat: 26.583309, lng: 106.7167 }],
    ["both sides of the date line", { lat: -17, lng: 179.99 }, { lat: -17, lng: -179.99 }],
    ["the two ends of the earth", { lat: 90, lng: 0 }, { lat: -90, lng: 77 }],
    ["a point and itself", { lat: 12.5, lng: -3 }, { lat: 12.5, lng: -3 }],
  ])("between %s are right", (_, a, b) => {
    expect(nearest(pointsOf([a]), b, 1)[0]?.metres).toBeCloseTo(metresBetween(a, b), 2);
  });
});

const place = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

it("gives the nearest first, as many as were asked for and there are, like sorting all of them does", () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 40 }), place, fc.integer({ min: 0, max: 50 }), (places, from, limit) => {
      const found = nearest(pointsOf(places), from, limit);
      const slow = places
        .map((to) => metresBetween(from, to))
        .sort((a, b) => a - b)
        .slice(0, limit);
      expect(found).toHaveLength(slow.length);
      expect(new Set(found.map(({ at }) => at)).size).toBe(found.length);
      found.forEach(({ at, metres }, rank) => {
        expect(metres).toBeCloseTo(metresBetween(from, places[at] as Place), 0);
        expect(metres).toBeCloseTo(slow[rank] as number, 0);
      });
    }),
  );
});

it("gives the earlier of two at the same place first", () => {
  const here = CITIES.guiyang;
  expect(nearest(pointsOf([CITIES.beijing, here, here]), here, 3).map(({ at }) => at)).toEqual([1, 2, 0]);
});
