// P14: 100,000 people open their results. What that asks of objects and of D1 is counted in the Worker, by wrappers around its bindings.
import { progressBar } from "../../scripts/play/progress.ts";
import type { Opened } from "../generator/opens.ts";
import type { Drawn } from "../harness/drawn.ts";
import type { Suite } from "../harness/report.ts";
import { stopwatch } from "../harness/rounds.ts";
import { spreadOf } from "../harness/statistics.ts";
import type { Counts } from "../worker/counts.ts";
import { noteOthers, type Setting } from "./setting.ts";

const CONNECTIONS = 64;
/** A result minute. */
const MINUTE_S = 60;

/** What a cold phone asks for, as test/journeys/result-minute.test.ts sees it in a browser; the own pool's file comes last. */
const filesOf = (session: string) => ["/v1/time", `/draws/${session}/result.json`];

export async function opens({ shop, generator, rounds, size, conditions, drawnSession }: Setting): Promise<Suite> {
  const bar = progressBar();
  bar.show("a session is being drawn", 0, 0);
  const drawn = (await drawnSession?.()) as Drawn;
  const order = {
    port: shop.port,
    always: filesOf(drawn.session),
    oneOf: Array.from({ length: drawn.pools }, (_, at) => `/draws/${drawn.session}/results/${at + 1}`),
    connections: CONNECTIONS,
    serverPid: shop.pid,
  };
  const count = async (turn: "start" | "stop") => (await (await fetch(`${shop.url}/bench/counts/${turn}`)).json()) as Counts;
  const runs: Opened[] = [];
  const others: number[] = [];
  const asked: Counts = { requests: 0, objects: 0, statements: 0, files: 0, pages: 0 };
  for (let round = 0; round < rounds; round++) {
    bar.show("results opened", round, rounds);
    const clock = stopwatch();
    await count("start");
    const run = await generator.ask<"opens">({ do: "opens", order: { ...order, count: Math.ceil(size / rounds) } });
    const counts = await count("stop");
    if (run.statuses[200] !== run.requests) throw new Error(`results: ${JSON.stringify(run.statuses)}`);
    if (counts.requests !== run.requests) throw new Error(`${run.requests} sent, ${counts.requests} counted in the Worker`);
    for (const name of Object.keys(asked) as (keyof Counts)[]) asked[name] += counts[name];
    runs.push(run);
    others.push(clock());
  }
  bar.end();
  const each = (of: (run: Opened) => number) => spreadOf(runs.map(of));
  const total = (value: number) => ({ median: value, min: value, max: value });
  const opened = runs.reduce((sum, run) => sum + run.count, 0);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const what = `P14: ${opened.toLocaleString("en")} result opens`;
  return {
    name: "opens",
    rounds,
    rows: [
      { name: `${what}, object calls`, value: total(asked.objects), unit: "", aim: { atMost: 0 } },
      { name: `${what}, D1 statements`, value: total(asked.statements), unit: "", aim: { atMost: 0 } },
      { name: `${what} take`, value: total(seconds), unit: "s", aim: { atMost: (MINUTE_S * opened) / 100_000 } },
      { name: "reads from R2, all opens together", value: total(asked.files), unit: "" },
      { name: "opens", value: each((run) => run.count / run.seconds), unit: "/s" },
      { name: "requests", value: each((run) => run.requests / run.seconds), unit: "/s" },
      { name: "server CPU of an open", value: each((run) => (1e6 * (run.serverCpuSeconds ?? Number.NaN)) / run.count), unit: "us" },
      { name: "bytes of an open, headers included", value: each((run) => run.bytes / run.count), unit: "B" },
      { name: "p50 of an open, one request after the other", value: each((run) => run.p50Ms), unit: "ms" },
      { name: "p99 of an open", value: each((run) => run.p99Ms), unit: "ms" },
    ],
    notes: [
      noteOthers({ others: spreadOf(others) }),
      `An open is ${order.always.length + 1} requests: ${order.always.map((path) => path.replace(drawn.session, "{session}")).join(", ")} and results/{pool} of ${drawn.pools} pools.`,
      "Pages, scripts and styles are static assets on Cloudflare, which no Worker serves; the cache there, which would answer nearly all of these, is not here.",
    ],
    conditions: { ...conditions, connections: CONNECTIONS },
  };
}
