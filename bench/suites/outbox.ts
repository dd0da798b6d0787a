// Row P12: rows a second from an object's outbox into D1, beside one Drizzle insert per row; same rows, same table and indexes, same D1.
import { progressBar } from "../../scripts/play/progress.ts";
import { cpuSecondsOf } from "../harness/processes.ts";
import type { Row, Suite } from "../harness/report.ts";
import { stopwatch } from "../harness/rounds.ts";
import { ratios, spreadOf } from "../harness/statistics.ts";
import { noteOthers, type Setting } from "./setting.ts";

/** Rows of one round and side: two full batches of an outbox, a session's orders. */
const ROWS = 2_000;
const AIM = 30;

type Compared = { ours: number; theirs: number; different: number; bytes: number };

export async function outbox({ shop, rounds, conditions }: Setting): Promise<Suite> {
  const bar = progressBar();
  const post = async <Reply>(what: string, from = 0): Promise<Reply> => {
    const reply = await fetch(`${shop.url}/bench/outbox/${what}?from=${from}&count=${ROWS}`, { method: "POST" });
    if (!reply.ok) throw new Error(`/bench/outbox/${what}: ${reply.status}`);
    return (await reply.json()) as Reply;
  };
  const batches: number[] = [];
  const timed = async (what: "drain" | "each", from: number) => {
    const cpu = shop.pid === undefined ? undefined : cpuSecondsOf(shop.pid);
    const began = performance.now();
    const sizes = await post<number[] | object>(what, from);
    const seconds = (performance.now() - began) / 1000;
    if (Array.isArray(sizes)) batches.push(...(sizes as number[]));
    return { rate: ROWS / seconds, perCpu: ROWS / ((cpuSecondsOf(shop.pid ?? 0) ?? Number.NaN) - (cpu ?? Number.NaN)) };
  };
  const empty = await post<Compared>("compare");
  const ours: { rate: number; perCpu: number }[] = [];
  const theirs: { rate: number; perCpu: number }[] = [];
  const others: number[] = [];
  // The first round warms up and is not counted.
  for (let round = -1; round < rounds; round++) {
    bar.show("outbox", Math.max(0, round), rounds);
    const from = (round + 1) * ROWS;
    await post("fill", from);
    const clock = stopwatch();
    for (const side of round % 2 === 0 ? (["drain", "each"] as const) : (["each", "drain"] as const)) {
      const result = await timed(side, from);
      if (round >= 0) (side === "drain" ? ours : theirs).push(result);
    }
    if (round >= 0) others.push(clock());
  }
  bar.end();
  const stored = await post<Compared>("compare");
  const wanted = (rounds + 1) * ROWS;
  if (stored.ours !== wanted || stored.theirs !== wanted || stored.different !== 0)
    throw new Error(`${wanted} rows on each side wanted: ${JSON.stringify(stored)}`);
  const pick = (runs: typeof ours, name: "rate" | "perCpu") => runs.map((run) => run[name]);
  const rateOf = (name: string, runs: typeof ours): Row => ({
    name,
    value: spreadOf(pick(runs, "rate")),
    unit: "rows/s",
    more: { "per server CPU": spreadOf(pick(runs, "perCpu")).median },
  });
  return {
    name: "outbox",
    rounds,
    rows: [
      {
        name: "P12: outbox to D1 / one Drizzle insert per row",
        value: ratios(pick(ours, "rate"), pick(theirs, "rate")),
        unit: "x",
        aim: { atLeast: AIM },
        more: { "per server CPU": ratios(pick(ours, "perCpu"), pick(theirs, "perCpu")).median },
      },
      rateOf("outbox, drained", ours),
      rateOf("Drizzle, one insert per row", theirs),
      {
        name: "an order in D1, both indexes included",
        value: spreadOf([(stored.bytes - empty.bytes) / (2 * wanted)]),
        unit: "bytes",
      },
    ],
    notes: [
      `${wanted.toLocaleString("en")} rows on each side, the same in every column; batches of ${[...new Set(batches)].join(", ")} events.`,
      "Both sides run inside one Durable Object; reading the outbox, deleting from it and its commit are in the time.",
      noteOthers({ others: spreadOf(others) }),
    ],
    conditions: { ...conditions, rowsEach: ROWS },
  };
}
