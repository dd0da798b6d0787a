// Whether the draw looks even: informational, since an even draw looks uneven now and then. draw1, section 11.
import { readU32 } from "../bytes.ts";
import type { PoolResult } from "../draw/rank.ts";
import { HASH } from "../merkle.ts";
import type { Places } from "./places.ts";
import { chiSquareP, type Group, uniformP } from "./significance.ts";

/** Four tests; a p below this is worth a look (Bonferroni). */
const UNUSUAL = 0.01 / 4;

export type Test = { p: number; unusual: boolean } | null;
export type Statistics = { scores: Test; shards: Test; deciles: Test; minutes: Test };

/** Of a session that is not drawn. */
export const NO_STATISTICS: Statistics = { scores: null, shards: null, deciles: null, minutes: null };

/** The score at `from` as a number from 0 to 1: its first 53 bits. */
const unit = (scores: Uint8Array, from: number): number =>
  (readU32(scores, from) * 2 ** 21 + (readU32(scores, from + 4) >>> 11)) / 2 ** 53;

const test = (p: number | undefined): Test => (p === undefined ? null : { p, unusual: p < UNUSUAL });

/** Collects every score, and for entries of pools with more entries than units their chance and whether they won. */
export class Evenness {
  readonly #places: Places;
  readonly #uniform: Float64Array;
  #scored = 0;
  /** By entry; 0 for one whose pool had enough for everybody. */
  readonly #chances: Float64Array;
  readonly #won: Uint8Array;

  constructor(places: Places) {
    this.#places = places;
    this.#uniform = new Float64Array(places.tickets.length);
    this.#chances = new Float64Array(places.tickets.length);
    this.#won = new Uint8Array(places.tickets.length);
  }

  /** `rows` are the entries of a pool, `scores` theirs in the same order. */
  addPool(rows: Uint32Array, scores: Uint8Array, { winners, cutoff }: PoolResult): void {
    const ticketsOf = (at: number) => this.#places.tickets[rows[at] as number] as number;
    // The smallest of w uniform numbers, made uniform again.
    for (let at = 0; at < rows.length; at++) {
      this.#uniform[this.#scored++] = 1 - (1 - unit(scores, at * HASH)) ** ticketsOf(at);
    }
    if (winners.length === 0 || winners.length === rows.length) return;
    const limit = unit(cutoff, 0);
    const chance = Array.from({ length: 9 }, (_, tickets) => 1 - (1 - limit) ** tickets);
    let sum = 0;
    for (let at = 0; at < rows.length; at++) sum += chance[ticketsOf(at)] as number;
    if (sum === 0) return;
    // Together the chances of a pool expect as many winners as it has.
    const scale = winners.length / sum;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      this.#chances[row] = (chance[ticketsOf(at)] as number) * scale;
      this.#won[row] = isAtMost(scores, at * HASH, cutoff) ? 1 : 0;
    }
  }

  statistics(opened: number): Statistics {
    const { firsts, seconds } = this.#places;
    const shards = new Map<number, Group>();
    const deciles = new Map<number, Group>();
    const minutes = new Map<number, Group>();
    for (let shard = 0; shard + 1 < firsts.length; shard++) {
      const first = firsts[shard] as number;
      const n = (firsts[shard + 1] as number) - first;
      for (let index = 0; index < n; index++) {
        const expected = this.#chances[first + index] as number;
        if (expected === 0) continue;
        const won = this.#won[first + index] as number;
        add(shards, shard, won, expected);
        add(deciles, Math.floor((index * 10) / n), won, expected);
        add(minutes, Math.floor(((seconds[first + index] as number) - opened) / 60), won, expected);
      }
    }
    return {
      scores: test(uniformP(this.#uniform.subarray(0, this.#scored))),
      shards: test(chiSquareP(inOrder(shards))),
      deciles: test(chiSquareP(inOrder(deciles))),
      minutes: test(chiSquareP(inOrder(minutes))),
    };
  }
}

function isAtMost(scores: Uint8Array, from: number, cutoff: Uint8Array): boolean {
  for (let byte = 0; byte < HASH; byte++) {
    const difference = (scores[from + byte] as number) - (cutoff[byte] as number);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function add(groups: Map<number, Group>, key: number, won: number, expected: number): void {
  let group = groups.get(key);
  if (!group) {
    group = { n: 0, wins: 0, expected: 0 };
    groups.set(key, group);
  }
  group.n++;
  group.wins += won;
  group.expected += expected;
}

const inOrder = (groups: Map<number, Group>): Group[] => [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
