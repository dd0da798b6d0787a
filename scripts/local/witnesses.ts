// The witnesses of a local installation: processes of their own, run by whoever runs the shop, and labelled so.
import { createServer } from "node:net";
import { join } from "node:path";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { unhex } from "../../domain/bytes.ts";
import { logKeyOf } from "../../domain/log/checkpoint.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { bundle, ROOT } from "./bundle.ts";
import { endProcess, startProcess } from "./process.ts";
import type { WitnessOrder } from "./witness.ts";

export type LocalWitness = { url: string; key: string; pid: number; stop: () => Promise<void> };

/** Starts `count` witnesses that know the log of this seed, whose files will be at `logUrl`. */
export async function startWitnesses(
  count: number,
  stateDir: string,
  log: { origin: string; seed: string; url: string },
): Promise<LocalWitness[]> {
  if (count === 0) return [];
  const build = join(stateDir, "witness-build");
  bundle("witness/index.ts", build, "witness/wrangler.toml");
  const { modulesRules: _, assets: __, ...options } = workerOptionsOf(join(ROOT, "witness/wrangler.toml")).workerOptions;
  const logs = [{ key: vkeyOf(logKeyOf(log.origin, unhex(log.seed))), url: log.url }];
  const starting = Array.from({ length: count }, async (_, at) => {
    const number = at + 1;
    const order: WitnessOrder = {
      stateDir: join(stateDir, `witness-${number}`),
      build,
      options,
      name: `localhost/witness-${number}`,
      by: byOf(number),
      logs,
    };
    const { process: child, ready } = await startProcess<{ url: string; key: string }>(join(ROOT, "scripts/local/witness.ts"), {
      WITNESS_ORDER: JSON.stringify(order),
    });
    return { ...ready, pid: child.pid as number, stop: () => endProcess(child) };
  });
  const started = await Promise.allSettled(starting);
  const failed = started.find((outcome) => outcome.status === "rejected");
  const witnesses = started.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  if (!failed) return witnesses;
  await Promise.all(witnesses.map(({ stop }) => stop()));
  throw failed.reason;
}

const byOf = (number: number): string => `Local witness ${number}`;

/** The setting: two of three, or as many as there are; all run by the brand. */
export const witnessSetting = (witnesses: LocalWitness[]) => ({
  k: Math.min(2, witnesses.length),
  list: witnesses.map(({ url, key }, at) => ({ key, by: byOf(at + 1), url, brand: true })),
});

/** A port that is free now: the witnesses have to know the shop's address before the shop starts. */
export async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
