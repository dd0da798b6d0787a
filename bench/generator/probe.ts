// A few GETs a second in open loop, beside whatever else runs: what a visitor waits for who does not belong to the crowd.
import { Connection } from "./connection.ts";

export type ProbeOrder = { port: number; path: string; perSecond: number; seconds: number };
export type Probed = { count: number; p50Ms: number; p95Ms: number; p99Ms: number };

/** Latencies before it are left out: the load beside the probe starts with it. */
const SETTLE_MS = 500;
const CONNECTIONS = 64;

export async function probe({ port, path, perSecond, seconds }: ProbeOrder): Promise<Probed> {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`, "latin1");
  const free = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(port)));
  const all = [...free];
  const latencies: number[] = [];
  const began = performance.now();
  const waiting: Promise<void>[] = [];
  try {
    for (let dueMs = 0; dueMs < seconds * 1000; dueMs += (-Math.log(1 - Math.random()) / perSecond) * 1000) {
      const aheadMs = dueMs - (performance.now() - began);
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      // With all of them busy the next one waits, and its waiting counts.
      while (free.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      const connection = free.pop() as Connection;
      waiting.push(
        new Promise((resolve, reject) => {
          connection.send(
            request,
            ({ status }) => {
              if (status !== 200) reject(new Error(`${path}: ${status}`));
              // From the intended instant, as a visitor would count.
              if (dueMs >= SETTLE_MS) latencies.push(performance.now() - began - dueMs);
              free.push(connection);
              resolve();
            },
            reject,
          );
        }),
      );
    }
    await Promise.all(waiting);
  } finally {
    for (const connection of all) connection.close();
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] as number;
  return { count: latencies.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
