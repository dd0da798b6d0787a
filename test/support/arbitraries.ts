// Random input for property tests, in the shapes that the format is made of.
import fc from "fast-check";
import type { Bytes } from "../../domain/bytes.ts";

/** Byte strings; the copy gives them a buffer of their own, as the domain's type asks for. */
export const bytes = (minLength: number, maxLength = minLength): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));

export const hash32 = bytes(32);
export const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
export const u16 = fc.integer({ min: 0, max: 0xffff });
export const u8 = fc.integer({ min: 0, max: 0xff });

/** Well-formed text of any script, the control characters and astral planes included. */
export const anyText = (maxLength = 20) => fc.string({ unit: "binary", maxLength });

const whole = fc.oneof(fc.maxSafeNat(), fc.nat({ max: 300 }), fc.constant(Number.MAX_SAFE_INTEGER));

/** Values that the format's JSON allows. */
export const json = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, anyText(), whole, fc.boolean(), tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 5 }),
  object: fc.dictionary(anyText(), tie("value"), { maxKeys: 6 }),
})).value as fc.Arbitrary<never>;

/** Distinct hashes in ascending order, as a table holds them. */
export const ascendingHashes = (minLength: number, maxLength: number): fc.Arbitrary<Bytes[]> =>
  fc
    .uniqueArray(hash32, { minLength, maxLength, selector: (hash) => hash.join() })
    .map((hashes) => hashes.sort((a, b) => Buffer.compare(a, b)));
