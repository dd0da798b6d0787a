// A simulated run as a table for people and as JSON for programs.
import type { ScaleRun } from "./simulate.ts";
import { amount, percent, table } from "./table.ts";
import type { Tally } from "./tally.ts";
import { READ_ME, type Verdict, verdictsOf } from "./verdicts.ts";

export type RunReport = { good: boolean; text: string; json: object };

const number = (value: number): string => Math.round(value).toLocaleString("en");
const per1000 = (tally: Tally, stretch: string): number =>
  tally.admittedIn[stretch] ? (1000 * (tally.groupsIn[stretch] ?? 0)) / tally.admittedIn[stretch] : 0;

export function runReport(run: ScaleRun): RunReport {
  const { plan, peak } = run;
  const verdicts = verdictsOf(run);
  const broken = verdicts.filter(({ good }) => !good);
  const good = broken.length === 0;
  const text = [
    `${number(plan.entries)} reservations in ${number(plan.windowS)} s, ${number(plan.peakPerS)} a second in the rush, on ${plan.shards} shards: ${amount(run.meanPerS)} a second each, ${amount(run.hotPerS)} a hot one (seed ${plan.seed})`,
    "",
    table(["", "met", "limit", "", ""], verdicts.map(rowOf)),
    "",
    ...(peak.storm ? [STORM] : detailsOf(run)),
    "",
    ...READ_ME.map((line) => `- ${line}`),
    "",
    good ? "The plan holds." : `The plan does NOT hold. Change first: ${(broken[0] as Verdict).change}.`,
  ].join("\n");
  return { good, text, json: { good, plan, verdicts, peak, ...numbersOf(run) } };
}

const STORM = "Given up: so many come again in one second that nothing further would mean anything.";

const rowOf = ({ what, met, limit, unit, good }: Verdict): string[] => [
  what,
  unit === "of all" ? percent(met) : amount(met),
  unit === "of all" ? `<= ${percent(limit)}` : `<= ${amount(limit)}`,
  unit === "of all" ? "" : unit,
  good ? "✓" : "✗",
];

function detailsOf({ plan, tally, peak, overload, cold, prewarmMs }: ScaleRun): string[] {
  const { waits } = tally;
  const rehearsed = overload.tally;
  const late = (rehearsed.lastTicketMs - plan.windowS * 1000) / 1000;
  const within = tally.ticketed
    ? `, half of them within ${amount(tally.rounds.quantile(0.5) / 10)} s, all within ${amount(tally.rounds.max / 10)} s`
    : "";
  return [
    `Waits     p50 ${number(waits.quantile(0.5))} ms, p99 ${number(waits.quantile(0.99))} ms, longest ${number(waits.max)} ms; fullest queue ${number(peak.queue)} requests`,
    `Rows      per 1,000 reservations: rush ${number(per1000(tally, "rush"))}, between ${number(per1000(tally, "between"))}, last minute ${number(per1000(tally, "end"))}; ${number(tally.groups)} in all`,
    `Tries     ${number(tally.tries)} for ${number(tally.wanted)} reservations, ${shedOf(tally)}; ${number(tally.late)} refused as late because they came in the last moment; ${number(tally.strays)} came after close and stayed out`,
    `Tickets   ${number(tally.ticketed)} given, ${number(tally.ticketedIn)} got in${within}`,
    `Overload  ${number(overload.perS)} a second at one shard in the last minute: ${number(rehearsed.ticketed)} tickets, the last one in ${late.toFixed(0)} s after close (grace ${plan.graceS} s); ${amount(rehearsed.tries / rehearsed.wanted)} tries for each reservation, ${shedOf(rehearsed)}; the object called up to ${number(overload.peak.perS)} times a second`,
    `Warm      pre-warming takes about ${(prewarmMs / 1000).toFixed(0)} s; without it the last shard is there ${amount(cold.lastReadyMs / 1000)} s after open, the queue reaches ${number(cold.peak.queue)}, and ${percent(cold.tally.shed / Math.max(1, cold.tally.tries))} of the first tries are sent away`,
  ];
}

const shedOf = ({ shed, shedByEdge, shedByShard, shedByPlatform }: Tally): string =>
  shed === 0
    ? "0 sent away"
    : `${number(shed)} sent away: ${number(shedByEdge)} by the edge, ${number(shedByShard)} by the shard, ${number(shedByPlatform)} by the platform`;

const numbersOf = ({ plan, tally, meanPerS, hotPerS, overload, cold, prewarmMs }: ScaleRun): object => ({
  perShard: { meanPerS, hotPerS },
  waitsMs: { p50: tally.waits.quantile(0.5), p99: tally.waits.quantile(0.99), max: tally.waits.max },
  tries: { reservations: tally.wanted, all: tally.tries, calls: tally.calls, shed: shedNumbers(tally), late: tally.late },
  tickets: { held: tally.ticketed, in: tally.ticketedIn, out: tally.ticketedOut },
  groups: tally.groups,
  rowsPer1000: { rush: per1000(tally, "rush"), between: per1000(tally, "between"), end: per1000(tally, "end") },
  overload: {
    perS: overload.perS,
    shed: shedNumbers(overload.tally),
    busiestCallsPerS: overload.peak.perS,
    tickets: { held: overload.tally.ticketed, in: overload.tally.ticketedIn, out: overload.tally.ticketedOut },
    lastInS: overload.tally.lastTicketMs / 1000 - plan.windowS,
  },
  cold: { lastReadyMs: cold.lastReadyMs, shed: cold.tally.shed, queue: cold.peak.queue },
  prewarmMs,
});

const shedNumbers = ({ shedByEdge, shedByShard, shedByPlatform }: Tally): object => ({
  byEdge: shedByEdge,
  byShard: shedByShard,
  byPlatform: shedByPlatform,
});
