// Result opens: each is the requests that a cold page makes for one result, one after the other on one connection.
import { cpuSecondsOf } from "../harness/processes.ts";
import { Connection } from "./connection.ts";
import type { Measured } from "./load.ts";

export type OpensOrder = {
  port: number;
  /** Asked for by every open, and then one of `oneOf`, in turn: the file of the own pool. */
  always: string[];
  oneOf: string[];
  count: number;
  connections: number;
  serverPid?: number | undefined;
};

export type Opened = Measured & { requests: number; bytes: number };

const LONGEST_MS = 300_000;

export async function opens({ port, always, oneOf, count, connections: width, serverPid }: OpensOrder): Promise<Opened> {
  const get = (path: string) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n`, "latin1");
  const steps = always.map(get);
  const lasts = oneOf.map(get);
  const connections = await Promise.all(Array.from({ length: width }, () => Connection.open(port)));
  const latencies = new Float64Array(count);
  const statuses: { [status: string]: number } = {};
  const cpuFrom = serverPid === undefined ? undefined : cpuSecondsOf(serverPid);
  const generatorFrom = process.cpuUsage();
  const began = performance.now();
  let requests = 0;
  let bytes = 0;
  const one = (connection: Connection, request: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      connection.send(
        request,
        ({ status, size }) => {
          statuses[status] = (statuses[status] ?? 0) + 1;
          requests++;
          bytes += size;
          resolve();
        },
        reject,
      );
    });
  let opened = 0;
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("the results were not opened in time")), LONGEST_MS).unref();
  });
  const work = connections.map(async (connection) => {
    for (let at = opened++; at < count; at = opened++) {
      const from = performance.now();
      for (const request of steps) await one(connection, request);
      await one(connection, lasts[at % lasts.length] as Buffer);
      latencies[at] = performance.now() - from;
    }
  });
  try {
    await Promise.race([Promise.all(work), late]);
  } finally {
    for (const connection of connections) connection.close();
  }
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(generatorFrom);
  const cpuTo = serverPid === undefined ? undefined : cpuSecondsOf(serverPid);
  latencies.sort();
  return {
    count,
    seconds,
    serverCpuSeconds: cpuFrom === undefined || cpuTo === undefined ? undefined : cpuTo - cpuFrom,
    generatorCpuSeconds: (used.user + used.system) / 1e6,
    statuses,
    p50Ms: latencies[Math.floor(count / 2)] as number,
    p99Ms: latencies[Math.floor(count * 0.99)] as number,
    requests,
    bytes,
  };
}
