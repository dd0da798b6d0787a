// Waves: wave 1 awards the winners, later ones go down each pool's waitlist as units lapse. draw1, section 8.
import { type Bytes, hex, same } from "../bytes.ts";
import type { Pool } from "../draw/pools.ts";
import type { PoolResult, Ranked } from "../draw/rank.ts";
import { type AwardRow, awardsRoot, type LapseRow, lapsesRoot, readWaveBundle, type Wave } from "../draw/wave.ts";
import type { Announced } from "./announced.ts";
import type { Logged } from "./logged.ts";
import { must, reading } from "./reasons.ts";
import { type Audited, find, read } from "./step.ts";

export type WaveCounts = { waves: number; awards: number; lapses: number };

/** All waves that the log tells of; without a log, all that are published. */
export function* readWaves({ manifest, M }: Announced, pools: Pool[], results: PoolResult[], logged: Logged): Audited<WaveCounts> {
  const book = new Book(pools, results);
  const count = logged.waves?.length ?? Number.POSITIVE_INFINITY;
  for (let no = 1; no <= count; no++) {
    const file = `draws/${manifest.session}/waves/${no}`;
    const bytes = logged.waves ? yield* read(file) : yield* find(file);
    if (!bytes) break;
    const { awards, lapses } = reading(file, () => readWaveBundle(bytes, M, no));
    const told = logged.waves?.[no - 1];
    must(!told || tells(told, awards, lapses), "wave-differs", file, "not the awards and lapses that stand in the log");
    book.add(awards, lapses, file);
  }
  yield { passed: "waves follow the ranks and never award more than there is" };
  if (logged.settled) {
    const { handedOver, refunded, lapsed } = logged.settled;
    const ended = handedOver + refunded + lapsed;
    const agrees = lapsed === book.lapses && ended === book.awards;
    must(agrees, "settled-wrong", undefined, `the settlement accounts for ${ended} of ${book.awards} awards`);
  }
  return { waves: book.waves, awards: book.awards, lapses: book.lapses };
}

const tells = (told: Wave, awards: AwardRow[], lapses: LapseRow[]): boolean =>
  told.awards === awards.length &&
  told.lapses === lapses.length &&
  told.awardsRoot === hex(awardsRoot(awards)) &&
  told.lapsesRoot === hex(lapsesRoot(lapses));

/** What the waves so far have given and taken back. */
class Book {
  waves = 0;
  awards = 0;
  lapses = 0;
  readonly #pools: Map<number, { stock: number; winners: number; ranked: Ranked[]; next: number; held: number }>;
  /** pool/rank of the awards that stand. */
  readonly #standing = new Set<string>();

  constructor(pools: Pool[], results: PoolResult[]) {
    this.#pools = new Map();
    for (const [at, { pool, winners, waits }] of results.entries()) {
      const { stock } = pools[at] as Pool;
      this.#pools.set(pool, { stock, winners: winners.length, ranked: [...winners, ...waits], next: 0, held: 0 });
    }
  }

  add(awards: AwardRow[], lapses: LapseRow[], file: string): void {
    this.waves++;
    this.awards += awards.length;
    this.lapses += lapses.length;
    for (const { pool, rank } of lapses) {
      must(this.#standing.delete(`${pool}/${rank}`), "wave-lapse-wrong", file, `rank ${rank} of pool ${pool} holds no award`);
      (this.#pools.get(pool) as { held: number }).held--;
    }
    for (const award of awards) this.#award(award, file);
    for (const [pool, { winners, next, held, stock }] of this.#pools) {
      const isFirst = this.waves > 1 || next === winners;
      must(isFirst, "wave-one-not-winners", file, `${next} of the ${winners} winners of pool ${pool} are awarded`);
      must(held <= stock, "wave-over-stock", file, `${held} units of pool ${pool} are awarded, there are ${stock}`);
    }
  }

  #award({ pool, rank, lh }: { pool: number; rank: number; lh: Bytes }, file: string): void {
    const of = this.#pools.get(pool);
    must(of !== undefined, "wave-award-wrong", file, `there is no pool ${pool}`);
    must(rank === of.next, "wave-rank-gap", file, `rank ${rank} of pool ${pool}, not ${of.next}`);
    const row = of.ranked[rank];
    must(row !== undefined && same(row.lh, lh), "wave-award-wrong", file, `another entry than rank ${rank} of pool ${pool}`);
    of.next++;
    of.held++;
    this.#standing.add(`${pool}/${rank}`);
  }
}
