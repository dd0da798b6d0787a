// The reference session's second wave, found from its root.
import { hex } from "../../domain/bytes.ts";
import type { PoolResult } from "../../domain/draw/rank.ts";
import { type AwardRow, byPoolAndRank, type LapseRow, lapsesRoot, type Wave } from "../../domain/draw/wave.ts";

/**
 * The reference session lapses two awards in its second wave without saying which: the bundle's digest settles it, so every pair of
 * winners and both common causes are tried.
 */
export function secondWave(wanted: Wave, results: PoolResult[]): { awards: AwardRow[]; lapses: LapseRow[] } {
  const won = results.flatMap(({ pool, winners }) => winners.map((_, rank) => ({ pool, rank })));
  for (const a of won) {
    for (const b of won) {
      if (byPoolAndRank(a, b) >= 0) continue;
      for (const causes of [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ] as const) {
        const lapses = [
          { ...a, cause: causes[0] },
          { ...b, cause: causes[1] },
        ];
        if (hex(lapsesRoot(lapses)) !== wanted.lapsesRoot) continue;
        const awards = lapses.map(({ pool }, at) => {
          const result = results.find((other) => other.pool === pool) as (typeof results)[number];
          const step = lapses.slice(0, at).filter((lapse) => lapse.pool === pool).length;
          return { pool, rank: result.winners.length + step, lh: (result.waits[step] as { lh: Uint8Array<ArrayBuffer> }).lh };
        });
        return { awards: awards.sort(byPoolAndRank), lapses };
      }
    }
  }
  return { awards: [], lapses: [] };
}
