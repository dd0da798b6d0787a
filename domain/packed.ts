// Hashes that lie packed in one byte string: comparing and sorting them without an object for each.
import { readU32 } from "./bytes.ts";
import { HASH } from "./merkle.ts";

/** Order of two packed hashes, each given by where it begins. */
export function compareHashes(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  for (let byte = 0; byte < HASH; byte++) {
    const difference = (a[atA + byte] as number) - (b[atB + byte] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first 48 bits of each hash as a number: sorting compares these, and whole hashes only where they are equal. */
function prefixes(packed: Uint8Array): Float64Array {
  const keys = new Float64Array(packed.length / HASH);
  for (let at = 0; at < keys.length; at++) {
    const from = at * HASH;
    keys[at] = readU32(packed, from) * 65536 + (packed[from + 4] as number) * 256 + (packed[from + 5] as number);
  }
  return keys;
}

/** Sorts numbers of packed hashes by their hash, ascending, in place; equal hashes stay in the order of their numbers. */
export function sorterBy(packed: Uint8Array): (numbers: Uint32Array) => Uint32Array {
  const keys = prefixes(packed);
  return (numbers) =>
    numbers.sort((a, b) => (keys[a] as number) - (keys[b] as number) || compareHashes(packed, a * HASH, packed, b * HASH) || a - b);
}
