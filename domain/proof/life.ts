// The whole life of one receipt, from what a check has found and the waves' files: entered, excluded, sealed, drawn, awarded, lapsed.
import { hex } from "../bytes.ts";
import { isOut, type OutcomeCode, type ReviewRow } from "../draw/review.ts";
import { type AwardRow, type LapseRow, readWaveBundle } from "../draw/wave.ts";
import type { Facts, Standing } from "./work.ts";

/** `s` in Unix seconds where the files say it. */
export type LifeEvent =
  | { event: "entered"; s: number; shard: number; index: number }
  /** Operators excluded it before the seal, and this is what came of it: told, appealed, and in again or not. */
  | { event: "reviewed"; reason: number; outcome: OutcomeCode }
  | { event: "excluded"; reason: number }
  | { event: "sealed"; s?: number; entries: number }
  | { event: "drawn"; s: number; standing: Standing; rank?: number; winners: number; waits: number }
  | { event: "awarded"; wave: number; rank: number }
  | { event: "lapsed"; wave: number; cause: number }
  | { event: "not-reached"; waves: number };

export type WaveRows = { awards: AwardRow[]; lapses: LapseRow[] };

/** Reads the bundles of waves 1, 2, …; throws a RangeError on one that is not whole. */
export const readWaves = (bundles: Uint8Array[], M: Uint8Array): WaveRows[] =>
  bundles.map((bytes, at) => readWaveBundle(bytes, M, at + 1));

/**
 * What the steps that held say about the entry; waves and reviewed exclusions are as published, and their places in the log are the auditor's to
 * check. An outcome that the entry's standing contradicts is not told.
 */
export function lifeOf(facts: Facts, waves: WaveRows[] = [], reviewed: ReviewRow[] = []): LifeEvent[] {
  const { own, seal, standing, beaconAt } = facts;
  const events: LifeEvent[] = [];
  if (own && facts.group) events.push({ event: "entered", s: own.s, shard: own.shard, index: own.index });
  const review = reviewed.find(
    ({ shard, index, outcome }) =>
      shard === own?.shard && index === own.index && isOut(outcome) === (standing === "excluded") && standing !== undefined,
  );
  if (review) events.push({ event: "reviewed", reason: review.reason, outcome: review.outcome });
  else if (standing === "excluded") events.push({ event: "excluded", reason: facts.reason as number });
  const seen = facts.witnesses?.sealed.map(({ time }) => time) ?? [];
  if (seal) events.push({ event: "sealed", entries: seal.entries, ...(seen.length > 0 ? { s: Math.max(...seen) } : {}) });
  if (!own || !standing || standing === "excluded") return events;
  const { winners = 0, waits = 0, rank } = facts;
  events.push({ event: "drawn", s: beaconAt as number, standing, winners, waits, ...(rank === undefined ? {} : { rank }) });
  if (rank === undefined) return events;
  const isMine = (row: { pool: number; rank: number }) => row.pool === own.pool && row.rank === rank;
  waves.forEach(({ awards, lapses }, at) => {
    if (awards.some((row) => isMine(row) && hex(row.lh) === own.lh)) events.push({ event: "awarded", wave: at + 1, rank });
    const lapse = lapses.find(isMine);
    if (lapse) events.push({ event: "lapsed", wave: at + 1, cause: lapse.cause });
  });
  const awarded = events.some(({ event }) => event === "awarded");
  if (standing === "wait" && waves.length > 0 && !awarded) events.push({ event: "not-reached", waves: waves.length });
  return events;
}
