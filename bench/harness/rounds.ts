// Interleaved rounds: every rung in every round, forwards and then backwards (ABBA), with fresh people each time; then the counts.
import { cpus } from "node:os";
import { progressBar } from "../../scripts/play/progress.ts";
import type { Measured } from "../generator/load.ts";
import type { Kind } from "../generator/people.ts";
import type { Length } from "../lengths.ts";
import type { Generator } from "./generator.ts";
import { busySeconds, cpuSecondsOf } from "./processes.ts";
import { SHARDS, type Shop } from "./shop.ts";
import { ratios, type Spread, spreadOf } from "./statistics.ts";

export type Rung = {
  name: string;
  path: string;
  /** What every reply has to be. */
  status: number;
  kind?: Kind;
  /** Name below /bench/stored: this rung keeps what it accepts, and every person comes once. */
  stores?: string;
  /** Another server than the shop. */
  on?: Served;
};

export type Served = Pick<Shop, "url" | "port" | "pid" | "facts">;

export type Plan = Pick<Length, "rounds" | "secondsEach" | "warm"> & { rungs: Rung[]; connections: number };

export type Results = {
  rates: (name: string) => number[];
  perCpu: (name: string) => number[];
  ratio: (above: string, below: string) => Spread;
  ratioPerCpu: (above: string, below: string) => Spread;
  of: (name: string) => Measured[];
  accepted: { [name: string]: number };
  /** Share of all cores that processes other than ours took, per round. */
  others: Spread;
};

/** A rung that has become so much slower since the warm-up is cut short. */
const SLOWER = 3;
/** Most people made for one round: 2 kB of text each. */
const PEOPLE_MAX = 40_000;

export async function measure(
  shop: Shop,
  generator: Generator,
  { rungs, rounds, secondsEach, warm, connections }: Plan,
): Promise<Results> {
  const bar = progressBar();
  const measured = new Map<string, Measured[]>(rungs.map(({ name }) => [name, []]));
  const accepted: Results["accepted"] = Object.fromEntries(rungs.map(({ name }) => [name, 0]));
  const kinds = [...new Set(rungs.map(({ kind }) => kind ?? "good"))];
  const prepare = async (count: number) => {
    for (const kind of kinds) await generator.ask<"prepare">({ do: "prepare", facts: shop.facts, count, kind });
  };
  const run = async ({ name, path, kind = "good", status, stores, on = shop }: Rung, count: number) => {
    const audit = stores === "session";
    const order = { port: on.port, path, kind, count, secondsMax: SLOWER * secondsEach, connections, serverPid: on.pid, audit };
    const result = await generator.ask<"load">({ do: "load", order });
    if (Object.keys(result.statuses).some((other) => other !== String(status)))
      throw new Error(`${name}: ${JSON.stringify(result.statuses)}, expected ${status} only`);
    accepted[name] = (accepted[name] as number) + (result.statuses[status] as number);
    return result;
  };

  const before = await storedBy(shop, rungs);
  // Twice: the second time tells how many requests fill a round.
  const counts = new Map<string, number>();
  for (const pass of [0, 1]) {
    await prepare(warm);
    for (const rung of rungs) {
      bar.show(`warm-up ${pass + 1}: ${rung.name}`, 0, 0);
      const { count, seconds } = await run(rung, warm);
      counts.set(rung.name, Math.max(warm, Math.round((count / seconds) * secondsEach)));
    }
  }
  const people = Math.min(
    PEOPLE_MAX,
    Math.max(warm, ...rungs.filter(({ stores }) => stores).map(({ name }) => counts.get(name) as number)),
  );
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bar.show(`round ${round + 1} of ${rounds}: people`, 0, 0);
    await prepare(people);
    const clock = stopwatch();
    const order = round % 2 === 0 ? rungs : rungs.toReversed();
    for (const [at, rung] of order.entries()) {
      const wanted = counts.get(rung.name) as number;
      measured.get(rung.name)?.push(await run(rung, rung.stores ? Math.min(people, wanted) : wanted));
      bar.show(`round ${round + 1} of ${rounds}`, at + 1, rungs.length);
    }
    others.push(clock());
  }
  bar.end();
  await checkStored(shop, generator, rungs, accepted, before);

  const rates = (name: string) => (measured.get(name) as Measured[]).map(({ count, seconds }) => count / seconds);
  const perCpu = (name: string) =>
    (measured.get(name) as Measured[]).map(({ count, serverCpuSeconds }) => count / (serverCpuSeconds ?? Number.NaN));
  return {
    rates,
    perCpu,
    ratio: (above, below) => ratios(rates(above), rates(below)),
    ratioPerCpu: (above, below) => ratios(perCpu(above), perCpu(below)),
    of: (name) => measured.get(name) as Measured[],
    accepted,
    others: spreadOf(others),
  };
}

/** Call the result for the share of the machine that others took since: whatever is measured is a child of this process. */
export function stopwatch(): () => number {
  const now = () => ({
    ms: performance.now(),
    others: (busySeconds() ?? Number.NaN) - (cpuSecondsOf(process.pid) ?? Number.NaN),
  });
  const from = now();
  return () => {
    const to = now();
    return Math.max(0, (to.others - from.others) / (((to.ms - from.ms) / 1000) * cpus().length));
  };
}

export type Counts = { entries: number; groups: number; rowsWritten: number };

export async function countsOf({ url, facts }: Served, stores: string): Promise<Counts> {
  const reply = await fetch(`${url}/bench/stored/${stores === "session" ? `session/${facts.session}` : stores}`);
  if (!reply.ok) throw new Error(`/bench/stored/${stores}: ${reply.status}`);
  return (await reply.json()) as Counts;
}

async function storedBy(shop: Shop, rungs: Rung[]): Promise<Map<string, number>> {
  const stored = new Map<string, number>();
  for (const { name, stores, on = shop } of rungs) if (stores) stored.set(name, (await countsOf(on, stores)).entries);
  return stored;
}

/** Accepted = stored on every rung that keeps anything; for the real route every receipt's leaf as well. Throws otherwise. */
async function checkStored(
  shop: Shop,
  generator: Generator,
  rungs: Rung[],
  accepted: Results["accepted"],
  before: Map<string, number>,
): Promise<void> {
  const after = await storedBy(shop, rungs);
  for (const [name, entries] of after) {
    const stored = entries - (before.get(name) as number);
    if (stored !== accepted[name]) throw new Error(`${name}: accepted ${accepted[name]}, stored ${stored}`);
  }
  if (rungs.some(({ stores }) => stores === "session")) await audit(shop, generator);
}

export async function audit({ url, facts }: Shop, generator: Generator): Promise<string> {
  const found = await generator.ask<"audit">({ do: "audit", origin: url, session: facts.session, shards: SHARDS });
  if (found.acknowledged !== found.stored || found.doubles > 0 || found.lost > 0)
    throw new Error(`the audit failed: ${JSON.stringify(found)}`);
  return `${found.acknowledged.toLocaleString("en")} reservations acknowledged = stored, leaf by leaf; no double, none lost; ${found.proven} receipts proven.`;
}
