// Which winners an auditor gets to see opened: the draw's own random number picks them, so that nobody else does. draw1, section 6.
import { type Bytes, compare, join } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { tag } from "./tags.ts";

/** 200 clean chains bound the share of false ones to 1.5 % at 95 %. */
export const SAMPLE_MAX = 200;

/** Of the winners with more than one ticket the first 200 in ascending order of H(T("audit") || seed || lh); all, if there are fewer. */
export function auditSample<Winner extends { lh: Bytes; tickets: number }>(seed: Uint8Array, winners: Winner[]): Winner[] {
  return winners
    .filter(({ tickets }) => tickets > 1)
    .map((winner) => ({ winner, key: sha256(join(tag("audit"), seed, winner.lh)) }))
    .sort((a, b) => compare(a.key, b.key))
    .slice(0, SAMPLE_MAX)
    .map(({ winner }) => winner);
}
