// The private file of who held which place: one person's rows are found with two short reads.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, hex, same, u32 } from "../../../domain/bytes.ts";
import { nonceMask } from "../../../domain/draw/nonce.ts";
import {
  type HeldPlace,
  PLACES_HEAD,
  placesFile,
  placesRange,
  readPlaces,
  readPlacesHead,
} from "../../../domain/draw/place-file.ts";
import { H } from "../../reference/naive-merkle.ts";

const M = H(u32(1)) as Bytes;
const FAMILIES = ["baijiu", "baijiu", "toys"];
const held = (person: number, index: number, sku: number): HeldPlace => ({
  pid: H(u32(person)) as Bytes,
  index,
  sku,
  nonce: H(u32(1000 + index)) as Bytes,
});

/** As a reader of the stored file finds somebody: head, then the range that the head names. */
function lookUp(file: Bytes, pid: Bytes) {
  const range = placesRange(readPlacesHead(file.subarray(0, PLACES_HEAD), M, 3), pid);
  const piece = file.slice(range.offset, range.offset + range.length);
  return [...readPlaces(piece)].filter((row) => same(row.pid, pid));
}

describe("a file of places", () => {
  it("gives everybody's places back, by person and in order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(2)), { maxLength: 200 }), (entries) => {
        const places = entries.map(([person, sku], index) => held(person, index, sku));
        const file = placesFile(M, 3, FAMILIES, places);
        for (let person = 0; person <= 40; person++) {
          const { pid } = held(person, 0, 0);
          expect(lookUp(file, pid).map(({ index, sku }) => [index, sku])).toEqual(
            places.filter((place) => same(place.pid, pid)).map(({ index, sku }) => [index, sku]),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it("says the family of each SKU", () => {
    expect(readPlacesHead(placesFile(M, 3, FAMILIES, []), M, 3).families).toEqual(FAMILIES);
  });

  it("has room for the 48 longest families that a plan may have", () => {
    const longest = Array.from({ length: 48 }, (_, at) => `${at}`.padEnd(64, "x"));
    expect(readPlacesHead(placesFile(M, 3, longest, [held(1, 0, 0)]), M, 3).families).toEqual(longest);
  });

  it("is refused where it is another session's or shard's", () => {
    const file = placesFile(M, 3, FAMILIES, []);
    expect(() => readPlacesHead(file, H(u32(2)) as Bytes, 3)).toThrow("unexpected header");
    expect(() => readPlacesHead(file, M, 4)).toThrow("unexpected header");
  });
});

describe("a masked nonce", () => {
  const mask = nonceMask(H(u32(7)) as Bytes, M);
  const [nonce, pid] = [H(u32(8)) as Bytes, H(u32(9)) as Bytes];

  it("comes back with the same pid and place, and with no other", () => {
    expect(hex(mask(mask(nonce, pid, 5), pid, 5))).toBe(hex(nonce));
    expect(hex(mask(mask(nonce, pid, 5), pid, 6))).not.toBe(hex(nonce));
    expect(hex(nonceMask(H(u32(7)) as Bytes, pid)(mask(nonce, pid, 5), pid, 5))).not.toBe(hex(nonce));
  });
});
