// Level 3 of draw1, section 11: everything that the published files of a session let anyone check, in the order of docs/verify-reasons.md.
import { hex } from "../bytes.ts";
import { roundTime } from "../draw/chains.ts";
import type { Pool } from "../draw/pools.ts";
import type { Cosigned } from "../log/cosignature.ts";
import { type Announced, type Expected, readAnnounced, readPools } from "./announced.ts";
import { type Drawn, readDrawn } from "./drawn.ts";
import { Evenness, NO_STATISTICS, type Statistics } from "./evenness.ts";
import { type Limit, type Logged, type LogTrust, readLogged } from "./logged.ts";
import { type Reviewed, readReviewed } from "./reviewed.ts";
import { readSealed, type Sealed } from "./sealed.ts";
import { type Audited, find } from "./step.ts";
import { readWaves, type WaveCounts } from "./waves.ts";

/** How far the session is, as its published files show it. */
export type Stage = "announced" | "sealed" | "drawn";

export type Counts = {
  entries: number;
  excluded: number;
  /** What the review before the seal decided, where operators excluded anybody. */
  review?: Reviewed;
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
  stage: Stage;
  /** When the announced beacon round appears, Unix seconds: from then on anyone can draw from the sealed tables. */
  drawAt: number;
  assurance: Announced["manifest"]["assurance"];
  counts: Counts;
  witnesses: Cosigned[];
  limits: Limit[];
  statistics: Statistics;
};

/** Everything that was recomputed, for whoever has more to compare it with. */
export type Recomputed = {
  outcome: Outcome;
  announced: Announced;
  logged: Logged;
  pools: Pool[];
  sealed?: Sealed;
  drawn?: Drawn;
};

/** Runs all checks in their order, as far as the session is. Throws Broken at the first that fails. */
export function* audit(expected: Expected & LogTrust): Audited<Recomputed> {
  const announced = yield* readAnnounced(expected);
  const logged = yield* readLogged(announced, expected);
  const pools = yield* readPools(announced);
  const stage = yield* stageOf(announced);
  const sealed = stage === "announced" ? undefined : yield* readSealed(announced, pools);
  const review = sealed && (yield* readReviewed(announced, sealed));
  const evenness = sealed && new Evenness(sealed.places);
  const drawn = stage === "drawn" && sealed && evenness ? yield* readDrawn(announced, pools, sealed, evenness) : undefined;
  const waves = drawn ? yield* readWaves(announced, pools, drawn.results, logged) : { waves: 0, awards: 0, lapses: 0 };
  const { manifest, chain, M } = announced;
  const { limits } = logged;
  if (stage === "announced") limits.push("not-sealed");
  if (stage !== "drawn") limits.push("not-drawn");
  if (chain.local) limits.push("local-beacon");
  if (manifest.ticketsMax > 1) limits.push("tickets-by-rule");
  const outcome: Outcome = {
    manifest: hex(M),
    stage,
    drawAt: roundTime(manifest.beacon, manifest.beacon.round),
    assurance: manifest.assurance,
    counts: {
      ...sealedCounts(sealed, review),
      pools: pools.length,
      winners: drawn?.winners ?? 0,
      waits: drawn?.waits ?? 0,
      ...waves,
    },
    witnesses: logged.witnesses,
    limits: limits.sort(),
    statistics: drawn && evenness ? evenness.statistics(manifest.open) : NO_STATISTICS,
  };
  return { outcome, announced, logged, pools, ...(sealed && { sealed }), ...(drawn && { drawn }) };
}

/** For whoever has a use for a drawn session only. */
export function drawnOnly({ sealed, drawn, ...more }: Recomputed): Required<Recomputed> {
  if (!sealed || !drawn) throw new Error(`the session is only ${more.outcome.stage}`);
  return { ...more, sealed, drawn };
}

/** What is in the log has to be published as well (story.ts), so what is not published is not there yet. */
function* stageOf({ manifest: { session } }: Announced): Audited<Stage> {
  if (yield* find(`draws/${session}/result.json`)) return "drawn";
  return (yield* find(`draws/${session}/seal.json`)) ? "sealed" : "announced";
}

function sealedCounts(
  sealed: Sealed | undefined,
  review: Reviewed | undefined,
): Pick<Counts, "entries" | "excluded" | "review" | "reasons" | "histogram"> {
  if (!sealed) return { entries: 0, excluded: 0, reasons: {}, histogram: {} };
  const { places, exclusions } = sealed;
  return {
    entries: places.tickets.length,
    excluded: exclusions.length,
    ...(review && { review }),
    reasons: counted(exclusions, ({ reason }) => reason),
    histogram: counted(places.tickets, (tickets, at) => (places.excluded[at] === 0 ? tickets : undefined)),
  };
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
