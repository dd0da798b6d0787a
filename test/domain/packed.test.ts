// Packed hashes: sorting numbers by them is sorting by bytes, also where the first 48 bits are the same.
import fc from "fast-check";
import { expect, it } from "vitest";
import { compare, hex, join } from "../../domain/bytes.ts";
import { compareHashes, sorterBy } from "../../domain/packed.ts";

/** Hashes of which many begin alike. */
const hash = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  .map(([first, sixth, last]) => {
    const bytes = new Uint8Array(32);
    [bytes[0], bytes[5], bytes[31]] = [first, sixth, last];
    return bytes;
  });

it("sorts by bytes, and leaves equal hashes in the order of their numbers", () => {
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 60 }), (hashes) => {
      const packed = join(...hashes);
      const order = [...sorterBy(packed)(Uint32Array.from(hashes, (_, at) => at))];
      const expected = hashes.map((_, at) => at).sort((a, b) => compare(hashes[a] as Uint8Array, hashes[b] as Uint8Array) || a - b);
      expect(order).toEqual(expected);
    }),
  );
});

it("compares two hashes wherever they begin", () => {
  fc.assert(
    fc.property(hash, hash, (a, b) => {
      const packed = join(new Uint8Array(3), a, b);
      expect(Math.sign(compareHashes(packed, 3, packed, 35))).toBe(Math.sign(compare(a, b)));
      expect(compareHashes(packed, 3, a, 0), hex(a)).toBe(0);
    }),
  );
});
