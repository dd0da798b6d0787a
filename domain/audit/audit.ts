// Level 3 of draw1, section 11: everything that the published files of a session let anyone check, in the order of docs/verify-reasons.md.
import { hex } from "../bytes.ts";
import type { Pool } from "../draw/pools.ts";
import type { Cosigned } from "../log/cosignature.ts";
import { type Announced, type Expected, readAnnounced, readPools } from "./announced.ts";
import { type Drawn, readDrawn } from "./drawn.ts";
import { Evenness, type Statistics } from "./evenness.ts";
import { type Limit, type LogTrust, readLogged } from "./logged.ts";
import { readSealed, type Sealed } from "./sealed.ts";
import type { Audited } from "./step.ts";
import { readWaves, type WaveCounts } from "./waves.ts";

export type Counts = {
  entries: number;
  excluded: number;
  /** Exclusions by reason, and entries in the tables by tickets. */
  reasons: { [reason: string]: number };
  histogram: { [tickets: string]: number };
  pools: number;
  winners: number;
  waits: number;
} & WaveCounts;

export type Outcome = {
  /** M, hex. */
  manifest: string;
  assurance: Announced["manifest"]["assurance"];
  counts: Counts;
  witnesses: Cosigned[];
  limits: Limit[];
  statistics: Statistics;
};

/** Everything that was recomputed, for whoever has more to compare it with. */
export type Recomputed = { outcome: Outcome; announced: Announced; pools: Pool[]; sealed: Sealed; drawn: Drawn };

/** Runs all checks in their order. Throws Broken at the first that fails. */
export function* audit(expected: Expected & LogTrust): Audited<Recomputed> {
  const announced = yield* readAnnounced(expected);
  const logged = yield* readLogged(announced, expected);
  const pools = yield* readPools(announced);
  const sealed = yield* readSealed(announced, pools);
  const evenness = new Evenness(sealed.places);
  const drawn = yield* readDrawn(announced, pools, sealed, evenness);
  const waves = yield* readWaves(announced, pools, drawn.results, logged);
  const { manifest, chain, M } = announced;
  const { places, exclusions } = sealed;
  const { limits } = logged;
  if (chain.local) limits.push("local-beacon");
  if (manifest.ticketsMax > 1) limits.push("tickets-by-rule");
  const outcome: Outcome = {
    manifest: hex(M),
    assurance: manifest.assurance,
    counts: {
      entries: places.tickets.length,
      excluded: exclusions.length,
      reasons: counted(exclusions, ({ reason }) => reason),
      histogram: counted(places.tickets, (tickets, at) => (places.excluded[at] === 0 ? tickets : undefined)),
      pools: pools.length,
      winners: drawn.winners,
      waits: drawn.waits,
      ...waves,
    },
    witnesses: logged.witnesses,
    limits: limits.sort(),
    statistics: evenness.statistics(manifest.open),
  };
  return { outcome, announced, pools, sealed, drawn };
}

function counted<Item>(items: Iterable<Item>, keyOf: (item: Item, at: number) => number | undefined): { [key: string]: number } {
  const counts: { [key: string]: number } = {};
  let at = 0;
  for (const item of items) {
    const key = keyOf(item, at++);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
