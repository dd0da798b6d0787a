// What a simulated plan must hold, each with the number that was met and the limit that it is held against.

import { LIMITS, SHOP } from "../../domain/cost/facts.ts";
import { WAIT_MS_MAX } from "../../domain/draw/grouping.ts";
import { GROUP_MAX } from "../../domain/draw/receipt.ts";
import type { ScaleRun } from "./simulate.ts";
import { amount } from "./table.ts";
import type { Tally } from "./tally.ts";

export type Verdict = { what: string; met: number; limit: number; unit: string; good: boolean; change: string };

/** One in ten thousand: nobody should be sent away by a plan that fits. */
const SHED_MAX = 0.0001;
/** What a reply may take at a shard that gets 195 a second. */
const WAIT_MS_P99 = 120;
/** Chance keeps groups a little smaller than the rate promises: measured are 121 rows per 1,000 at 195 a second, where groups of 8.8 would give 114. */
const ROWS_SLACK = 1.15;
/** Pre-warming begins a minute before the window. */
const PREWARM_MS = 60_000;

const atMost = (what: string, met: number, limit: number, unit: string, change: string): Verdict => ({
  what,
  met,
  limit,
  unit,
  good: met <= limit,
  change,
});

/** Reservations that the run lost: neither let in, nor refused, nor outside with a ticket. */
const unaccounted = ({ wanted, admitted, straysIn, late, ticketedOut }: Tally): number =>
  Math.abs(wanted - (admitted - straysIn) - late - ticketedOut);

/** A run that was given up has only the verdicts that it reached. */
export function verdictsOf({ plan, tally, peak, meanPerS, overload, prewarmMs }: ScaleRun): Verdict[] {
  // Those who come within the longest wait share a commit.
  const company = Math.min(GROUP_MAX, Math.max(1, (Math.min(meanPerS, plan.objectPerS) * WAIT_MS_MAX) / 1000));
  const more = "more shards: --shards, or `expected` in the plan";
  const rush = (1000 * (tally.groupsIn.rush ?? 0)) / Math.max(1, tally.admittedIn.rush ?? 0);
  const load = [
    atMost("busiest second of one shard", peak.perS, plan.objectPerS, "calls", more),
    atMost("tries sent away", tally.shed / tally.tries, SHED_MAX, "of all", more),
    atMost("wait until the reply, p99", tally.waits.quantile(0.99), WAIT_MS_P99, "ms", more),
  ];
  if (peak.storm) return load;
  return [
    ...load,
    atMost("billed rows in the rush", rush, (ROWS_SLACK * 1000) / company, "per 1,000", "domain/draw/grouping.ts"),
    atMost("tickets that did not get in before close + grace", tally.ticketedOut, 0, "", "more shards, or a longer grace"),
    atMost(
      `the same, ${amount(overload.perS)} a second at one shard in the last minute`,
      overload.tally.ticketedOut,
      0,
      "",
      "a longer grace",
    ),
    atMost("let in after close without a ticket", tally.straysIn + overload.tally.straysIn, 0, "", "a bug: domain/draw/door.ts"),
    atMost(
      "reservations that are in no column",
      unaccounted(tally) + unaccounted(overload.tally),
      0,
      "",
      "a bug: scripts/scale/shard.ts",
    ),
    atMost("pre-warming", prewarmMs, PREWARM_MS, "ms", "more calls at once"),
  ];
}

/** What the limits are, for those who read the table. */
export const READ_ME = [
  `One object takes ${LIMITS.objectPerS.value} a second with writes (documented: 200 to 500) and no more than ${LIMITS.objectSoftPerS.value}.`,
  `A commit takes ${LIMITS.commitMsMin.value} to ${LIMITS.commitMsMax.value} ms; the network between phone and object is not in the waits.`,
  `Who is sent away comes back ${SHOP.shedTimes.value} times when told to, then again whenever the page looks, until it is in or grace is over.`,
];
