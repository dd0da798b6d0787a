// GS1 check digits, against numbers from GS1's own documents and one wrong digit at every place.
import { describe, expect, it } from "vitest";
import { isGtin } from "../../../domain/catalog/gtin.ts";

const GOOD = ["96385074", "614141007349", "6291041500213", "10614141543219", "00000000"];

describe("a GTIN", () => {
  it.each(GOOD)("%s has a right check digit", (gtin) => {
    expect(isGtin(gtin)).toBe(true);
  });

  it.each(GOOD)("%s with any one digit changed has not", (gtin) => {
    const wrong = [...gtin].map((digit, at) => gtin.slice(0, at) + ((Number(digit) + 1) % 10) + gtin.slice(at + 1));
    expect(wrong.filter(isGtin)).toEqual([]);
  });

  it.each([
    "",
    "0",
    "9638507",
    "123456789",
    "12345678901",
    "629104150021３",
    " 6291041500213",
    "6291041500213\n",
    "006291041500213",
  ])("is not %j", (text) => {
    expect(isGtin(text)).toBe(false);
  });
});
