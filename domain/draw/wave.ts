// Waves: wave 1 awards the winners, later ones go down each pool's waitlist as units lapse. draw1, section 8.
import { type Bytes, join, Malformed, u8, u32 } from "../bytes.ts";
import { HASH, rootOfRows } from "../merkle.ts";
import { openBundle, row, tag } from "./tags.ts";

export type AwardRow = { pool: number; rank: number; lh: Bytes };
export type LapseRow = { pool: number; rank: number; cause: number };

/** Why an awarded unit came back. */
export const LAPSE_CAUSE = { unpaid: 1, givenBack: 2, notCollected: 3, failedAtHandOver: 4 } as const;

export type Wave = {
  v: 1;
  type: "wave";
  session: string;
  manifest: string;
  no: number;
  s: number;
  payBy: number;
  awards: number;
  awardsRoot: string;
  lapses: number;
  lapsesRoot: string;
};

const awardBody = ({ pool, rank, lh }: AwardRow): Bytes => join(u32(pool), u32(rank), lh);
const lapseBody = ({ pool, rank, cause }: LapseRow): Bytes => join(u32(pool), u32(rank), u8(cause));

/** Rows must ascend by (pool, rank). */
export const awardsRoot = (awards: AwardRow[]): Bytes => rootOfRows(awards.map((award) => row("award", awardBody(award))));
export const lapsesRoot = (lapses: LapseRow[]): Bytes => rootOfRows(lapses.map((lapse) => row("lapse", lapseBody(lapse))));

/** The published file `waves/{no}`. */
export const waveBundle = (manifest: Uint8Array, no: number, awards: AwardRow[], lapses: LapseRow[]): Bytes =>
  join(
    tag("bundle-wave"),
    manifest,
    u32(no),
    u32(awards.length),
    ...awards.map(awardBody),
    u32(lapses.length),
    ...lapses.map(lapseBody),
  );

/** Reads the file back; throws Malformed unless it is whole, for this wave and ascending. */
export function readWaveBundle(bytes: Uint8Array, manifest: Uint8Array, no: number): { awards: AwardRow[]; lapses: LapseRow[] } {
  const reader = openBundle(bytes, "bundle-wave", manifest, u32(no));
  const awards = Array.from({ length: reader.u32() }, () => ({ pool: reader.u32(), rank: reader.u32(), lh: reader.take(HASH) }));
  const lapses = Array.from({ length: reader.u32() }, () => ({ pool: reader.u32(), rank: reader.u32(), cause: reader.u8() }));
  reader.end();
  const ascends = (rows: { pool: number; rank: number }[]) =>
    rows.every((row, at) => at === 0 || byPoolAndRank(rows[at - 1] as typeof row, row) < 0);
  if (!ascends(awards) || !ascends(lapses)) throw new Malformed("not-ascending", "awards and lapses must ascend");
  if (!lapses.every(({ cause }) => cause >= 1 && cause <= 4)) throw new Malformed("wrong-form", "an unknown cause of a lapse");
  return { awards, lapses };
}

export const byPoolAndRank = (a: { pool: number; rank: number }, b: { pool: number; rank: number }): number =>
  a.pool - b.pool || a.rank - b.rank;
