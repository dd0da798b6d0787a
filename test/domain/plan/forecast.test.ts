// What is foreseen of a session, from the last ones like it or from what its plan expects.
import { describe, expect, it } from "vitest";
import { forecastOf, median } from "../../../domain/plan/forecast.ts";

const size = { units: 20, pools: 4 };
const past = (...counts: number[]) => counts.map((reservations, at) => ({ session: `s-${at}`, reservations }));

describe("a forecast", () => {
  it.each([
    ["from past sessions, the middle of them", past(1000, 400, 90_000), 5000, "past", 1000, 0.02, 250],
    ["from what is expected where none is past", [], 5000, "expected", 5000, 0.004, 1250],
    ["of certain units", past(5), undefined, "past", 5, 1, 1.25],
    ["of nobody", past(0), undefined, "past", 0, undefined, 0],
  ])("%s", (_, list, expected, basis, reservations, odds, reservationsPerPool) => {
    expect(forecastOf(size, list, expected)).toEqual({
      basis,
      past: list.map(({ session }) => session),
      ...size,
      reservations,
      ...(odds === undefined ? {} : { odds }),
      reservationsPerPool,
    });
  });

  it("is none where nothing is known", () => {
    expect(forecastOf(size, [], undefined)).toEqual({ basis: "none", past: [], ...size });
  });
});

it.each([
  [[3], 3],
  [[1, 2], 1.5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});
