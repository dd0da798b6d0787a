// Reservations until the server dies: what was acknowledged, and which requests were left without an answer.
import { Connection } from "./connection.ts";
import type { Kind } from "./people.ts";

export type BurstOrder = {
  port: number;
  path: string;
  kind: Kind;
  connections: number;
  /** Which of the prepared requests; all of them unless given. */
  only?: number[];
  /** Ends this process as a crash would, so many milliseconds after the first answer. */
  kill?: { pid: number; afterMs: number };
};

/** `unanswered` were sent and not answered: they may have been stored or not. What was never sent is in neither. */
export type Burst = { acknowledged: number; unanswered: number[]; statuses: { [status: string]: number } };

export async function burst(order: BurstOrder, rests: string[], keep: (body: Buffer) => void): Promise<Burst> {
  const { port, path, connections: width, only, kill } = order;
  const wanted = only ?? rests.map((_, at) => at);
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  const result: Burst = { acknowledged: 0, unanswered: [], statuses: {} };
  const connections = await Promise.all(Array.from({ length: width }, () => Connection.open(port)));
  let next = 0;
  let armed = kill;
  const answered = () => {
    if (armed) setTimeout(({ pid }) => process.kill(pid, "SIGKILL"), armed.afterMs, armed);
    armed = undefined;
  };
  const work = connections.map(async (connection) => {
    while (next < wanted.length) {
      const at = wanted[next++] as number;
      const isAnswered = await new Promise<boolean>((resolve) => {
        connection.send(
          Buffer.from(head + rests[at], "latin1"),
          ({ status, body }) => {
            answered();
            result.statuses[status] = (result.statuses[status] ?? 0) + 1;
            if (status === 201 || status === 200) {
              result.acknowledged++;
              keep(body);
            }
            resolve(true);
          },
          () => resolve(false),
        );
      });
      if (isAnswered) continue;
      result.unanswered.push(at);
      return;
    }
  });
  await Promise.all(work);
  for (const connection of connections) connection.close();
  return result;
}
