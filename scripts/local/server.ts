// The whole shop on this machine for trying out: the local Worker in workerd, the local beacon and witnesses beside it, an example pack.
// `npm start`, the demo, drills, journeys and benchmarks all serve with this; `npm run serve` is the same without what is only for trying out.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { bundle, ROOT } from "./bundle.ts";
import { type LocalChain, localChain } from "./chain.ts";
import { seed, seedStores } from "./database.ts";
import { endProcess, startProcess } from "./process.ts";
import { LOCAL_LOG_ORIGIN, localSecrets, type Secrets } from "./secrets.ts";
import { freePort, type LocalWitness, startWitnesses, witnessSetting } from "./witnesses.ts";
import { type ExtraObjects, startWorkerd, wranglerVars } from "./workerd.ts";

export type ServerOptions = {
  /** State of this installation: databases, files, secrets. Kept across restarts. */
  stateDir: string;
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** What a new state folder is filled with; one that is not new has to hold the same. */
  pack?: string;
  /** Stores beside the pack's, in the pack's form: drills need more than a pack has. */
  extraStores?: object[];
  /** Another entry than workers/local.ts: benchmarks bring their own. */
  entry?: string;
  /** Durable Objects of that entry beside the shop's own: binding -> class. */
  extraObjects?: ExtraObjects;
  /** Witnesses beside the shop, each a process of its own; a session then needs two of them. None unless asked for. */
  witnesses?: number;
  /** What workerd and the Worker print goes here; nowhere unless given. */
  log?: (line: string) => void;
};

export type LocalServer = {
  url: string;
  chain: LocalChain;
  secrets: Secrets;
  witnesses: LocalWitness[];
  stop: () => Promise<void>;
  /** Starts workerd anew on the same state, after it was killed; resolves to the shop's new address. */
  restart: () => Promise<string>;
  miniflare: Miniflare;
};

export async function startServer({
  stateDir,
  port = 0,
  host = "127.0.0.1",
  pack = "baijiu",
  extraStores = [],
  entry = "workers/local.ts",
  extraObjects,
  witnesses: count = 0,
  log,
}: ServerOptions): Promise<LocalServer> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const secrets = localSecrets(stateDir);
  const { LOCAL_BEACON_KEY, ...shopSecrets } = secrets;
  const chain = localChain(LOCAL_BEACON_KEY);
  const chosenPort = port === 0 && count > 0 ? await freePort(host) : port;
  const logFiles = { origin: LOCAL_LOG_ORIGIN, seed: secrets.LOG_KEY, url: `http://${host}:${chosenPort}/log` };
  // Without pages built the API serves all the same; the bundler wants the folder.
  mkdirSync(join(ROOT, "web/dist"), { recursive: true });
  const build = join(stateDir, "build");
  bundle(entry, build);
  const witnesses = await startWitnesses(count, stateDir, logFiles);
  const beacon = await startProcess<{ port: number }>(join(ROOT, "scripts/local/beacon.ts"), { LOCAL_BEACON_KEY });
  const endHelpers = () => Promise.all([endProcess(beacon.process), ...witnesses.map((witness) => witness.stop())]);
  const bindings = {
    ...shopSecrets,
    LOG_ORIGIN: LOCAL_LOG_ORIGIN,
    WITNESSES: witnessSetting(witnesses),
    BEACON_RELAYS: `http://127.0.0.1:${beacon.ready.port}`,
    LOCAL_CHAIN: JSON.stringify(chain),
    // Whoever tries webhooks out has the receiver on the same machine.
    WEBHOOK_LOOPBACK: "allowed",
  };
  const workerd = await startWorkerd({ stateDir, build, host, port: chosenPort, bindings, extraObjects, log }).catch(
    async (error: unknown) => {
      await endHelpers();
      throw error;
    },
  );
  const { url, miniflare, restart } = workerd;
  const stop = async () => {
    await Promise.all([endHelpers(), workerd.stop()]);
  };
  try {
    const database = await miniflare.getD1Database("DB", "shop");
    const brand = wranglerVars().BRAND as string;
    await seed(database, brand, pack, stateDir);
    await seedStores(database, brand, extraStores);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, chain, secrets, witnesses, miniflare, restart, stop };
}
