// Sends prepared requests over c connections and measures the steady part: from the first twentieth answered to the last one sent.
import { cpuSecondsOf } from "../harness/processes.ts";
import { Connection } from "./connection.ts";
import type { Kind } from "./people.ts";

export type LoadOrder = {
  port: number;
  path: string;
  kind: Kind;
  /** How many of the prepared requests; beyond them it starts again at the first, for rungs that remember nobody. */
  count: number;
  /** Nothing is sent after so long: on a machine that is busy with other things fewer than `count` are. */
  secondsMax?: number;
  connections: number;
  serverPid?: number | undefined;
  /** Keep receipts for the audit. */
  audit?: boolean;
};

export type Measured = {
  /** Answered in the steady part. */
  count: number;
  seconds: number;
  serverCpuSeconds: number | undefined;
  generatorCpuSeconds: number;
  /** Over everything, warm part included. */
  statuses: { [status: string]: number };
  p50Ms: number;
  p99Ms: number;
};

/** No run takes longer; a server that stops answering is an error and not an endless wait. */
const LONGEST_MS = 60_000;

export async function load(order: LoadOrder, rests: string[], keep: (body: Buffer) => void): Promise<Measured> {
  const { count, connections: width, serverPid } = order;
  const head = `${order.kind === "get" ? "GET" : "POST"} ${order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  const made = Math.min(count, rests.length);
  const requests = rests.slice(0, made).map((rest) => Buffer.from(head + rest, "latin1"));
  const connections = await Promise.all(Array.from({ length: width }, () => Connection.open(order.port)));
  const latencies = new Float64Array(count);
  const statuses: { [status: string]: number } = {};
  const steadyFrom = Math.max(width, Math.floor(count / 20));
  const endMs = performance.now() + 1000 * (order.secondsMax ?? Number.POSITIVE_INFINITY);
  const snapshot = () => ({
    ms: performance.now(),
    server: serverPid === undefined ? undefined : cpuSecondsOf(serverPid),
    generator: process.cpuUsage(),
    answered,
  });
  let answered = 0;
  let sent = 0;
  let ended = false;
  let measured = 0;
  let from = snapshot();
  let to = from;
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${order.path}: not answered within ${LONGEST_MS} ms`)), LONGEST_MS);
      const failed = (error: Error) => {
        clearTimeout(late);
        reject(error);
      };
      const next = (connection: Connection) => {
        const at = sent++;
        const began = performance.now();
        connection.send(
          requests[at % made] as Buffer,
          ({ status, body }) => {
            if (answered >= steadyFrom) latencies[measured++] = performance.now() - began;
            statuses[status] = (statuses[status] ?? 0) + 1;
            if (order.audit && status === 201) keep(body);
            answered++;
            if (answered === steadyFrom) from = snapshot();
            // The steady part has to have begun, or nothing could be said of it.
            ended ||= sent === count || (answered > 2 * steadyFrom && performance.now() > endMs);
            if (!ended) next(connection);
            else if (to.answered <= from.answered) to = snapshot();
            if (ended && answered === sent) {
              clearTimeout(late);
              resolve();
            }
          },
          failed,
        );
      };
      for (const connection of connections) next(connection);
    });
  } finally {
    for (const connection of connections) connection.close();
  }
  const sorted = latencies.subarray(0, measured).sort();
  const cpu = (usage: NodeJS.CpuUsage) => (usage.user + usage.system) / 1e6;
  return {
    count: to.answered - from.answered,
    seconds: (to.ms - from.ms) / 1000,
    serverCpuSeconds: from.server === undefined || to.server === undefined ? undefined : to.server - from.server,
    generatorCpuSeconds: cpu(to.generator) - cpu(from.generator),
    statuses,
    p50Ms: sorted[Math.floor(measured / 2)] as number,
    p99Ms: sorted[Math.floor(measured * 0.99)] as number,
  };
}
