// Open loop: requests leave at the instants of a Poisson process whether or not earlier ones were answered, and waiting counts from then.
import { cpuSecondsOf } from "../harness/processes.ts";
import { Connection } from "./connection.ts";
import type { Measured } from "./load.ts";

export type SteadyOrder = {
  port: number;
  path: string;
  perSecond: number;
  seconds: number;
  serverPid?: number | undefined;
  /** Keep receipts for the audit. */
  audit: boolean;
};

export type SteadyMeasured = Measured & { taken: { perSecond: number; p99Ms: number } };

/** Enough that none waits for a connection: 1,600 a second times 80 ms is 128. */
const CONNECTIONS = 512;
/** Shard rates settle within this; latencies before it are left out. */
const SETTLE_MS = 1000;

export async function steady(order: SteadyOrder, rests: string[], keep: (body: Buffer) => void): Promise<SteadyMeasured> {
  const { perSecond, seconds, serverPid } = order;
  const arrivals: number[] = [];
  for (let ms = 0; ms < seconds * 1000; ms += (-Math.log(1 - Math.random()) / perSecond) * 1000) arrivals.push(ms);
  // Where people are remembered each comes once; elsewhere the prepared requests start again at the first.
  if (order.audit && arrivals.length > rests.length)
    throw new Error(`${arrivals.length} requests wanted, ${rests.length} prepared`);
  const head = `POST ${order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  const requests = arrivals.map((_, at) => Buffer.from(head + rests[at % rests.length], "latin1"));
  const free = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(order.port)));
  const all = [...free];
  const latencies: number[] = [];
  /** Of those that were taken, after settling. */
  const taken: number[] = [];
  const statuses: { [status: string]: number } = {};
  const cpuFrom = serverPid === undefined ? undefined : cpuSecondsOf(serverPid);
  const generatorFrom = process.cpuUsage();
  const began = performance.now();
  let sent = 0;
  let answered = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("not answered in time")), (seconds + 30) * 1000);
      const answer = (connection: Connection, at: number, status: number, body: Buffer) => {
        const due = arrivals[at] as number;
        if (due >= SETTLE_MS) latencies.push(performance.now() - began - due);
        if (due >= SETTLE_MS && status === 201) taken.push(performance.now() - began - due);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (order.audit && status === 201) keep(body);
        free.push(connection);
        if (++answered < arrivals.length) return;
        clearTimeout(late);
        resolve();
      };
      const tick = () => {
        const now = performance.now() - began;
        while (sent < arrivals.length && (arrivals[sent] as number) <= now) {
          const connection = free.pop();
          if (!connection) break;
          const at = sent++;
          connection.send(requests[at] as Buffer, ({ status, body }) => answer(connection, at, status, body), reject);
        }
        if (sent < arrivals.length) setTimeout(tick, 1);
      };
      tick();
    });
  } finally {
    for (const connection of all) connection.close();
  }
  const elapsed = (performance.now() - began) / 1000;
  const used = process.cpuUsage(generatorFrom);
  const cpuTo = serverPid === undefined ? undefined : cpuSecondsOf(serverPid);
  latencies.sort((a, b) => a - b);
  taken.sort((a, b) => a - b);
  return {
    count: answered,
    seconds: elapsed,
    serverCpuSeconds: cpuFrom === undefined || cpuTo === undefined ? undefined : cpuTo - cpuFrom,
    generatorCpuSeconds: (used.user + used.system) / 1e6,
    statuses,
    p50Ms: latencies[Math.floor(latencies.length / 2)] as number,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] as number,
    taken: {
      perSecond: taken.length / (seconds - SETTLE_MS / 1000),
      p99Ms: taken[Math.floor(taken.length * 0.99)] ?? Number.NaN,
    },
  };
}
