// The whole shop on this machine: workerd through Miniflare with the bindings of wrangler.toml, SQLite files underneath, and the local
// beacon beside it. `npm start`, the demo, drills, journeys and benchmarks all serve with this.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { EVERY_DAY, EVERY_MINUTE } from "../../contracts/crons.ts";
import { bundle, ROOT } from "./bundle.ts";
import { type LocalChain, localChain } from "./chain.ts";
import { migrate, seed, seedStores } from "./database.ts";
import { endProcess, startProcess } from "./process.ts";
import { localSecrets, type Secrets } from "./secrets.ts";
import { freePort, type LocalWitness, startWitnesses, witnessSetting } from "./witnesses.ts";

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
  extraObjects?: Record<string, { className: string; useSQLite: true; unsafePreventEviction?: boolean }>;
  /** Witnesses beside the shop, each a process of its own; a session then needs two of them. None unless asked for. */
  witnesses?: number;
  /** What workerd and the Worker print goes here; nowhere unless given. */
  log?: (line: string) => void;
};

/** Origin of the log of every local installation. */
const LOG_ORIGIN = "localhost/sessions";

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
  extraObjects = {},
  witnesses: count = 0,
  log,
}: ServerOptions): Promise<LocalServer> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const secrets = localSecrets(stateDir);
  const { LOCAL_BEACON_KEY, ...shopSecrets } = secrets;
  const chain = localChain(LOCAL_BEACON_KEY);
  const chosenPort = port === 0 && count > 0 ? await freePort(host) : port;
  const logFiles = { origin: LOG_ORIGIN, seed: secrets.LOG_KEY, url: `http://${host}:${chosenPort}/log` };
  // Without pages built the API serves all the same; the bundler wants the folder.
  mkdirSync(join(ROOT, "web/dist"), { recursive: true });
  const modules = bundle(entry, join(stateDir, "build"));
  const witnesses = await startWitnesses(count, stateDir, logFiles);
  const beacon = await startProcess<{ port: number }>(join(ROOT, "scripts/local/beacon.ts"), { LOCAL_BEACON_KEY });
  const endHelpers = () => Promise.all([endProcess(beacon.process), ...witnesses.map((witness) => witness.stop())]);
  const { modulesRules: _, assets, ...workerOptions } = workerOptionsOf(join(ROOT, "wrangler.toml")).workerOptions;
  const settings = workerOptions.bindings as { BRAND: string };
  const worker = {
    ...workerOptions,
    name: "shop",
    modules,
    modulesRoot: join(stateDir, "build"),
    durableObjects: { ...(workerOptions.durableObjects as object), ...extraObjects },
    bindings: {
      ...settings,
      ...shopSecrets,
      LOG_ORIGIN,
      WITNESSES: witnessSetting(witnesses),
      BEACON_RELAYS: `http://127.0.0.1:${beacon.ready.port}`,
      LOCAL_CHAIN: JSON.stringify(chain),
      // Whoever tries webhooks out has the receiver on the same machine.
      WEBHOOK_LOOPBACK: "allowed",
    },
    // Straight to the Worker: Miniflare's own proxy in front of it is made for development and fails in bursts.
    unsafeDirectSockets: [{ host, port: chosenPort }],
    serviceBindings: { ASSETS: "pages" },
  };
  // The pages are a Worker of their own: Miniflare puts small Workers in front of one that has assets, and each request to the API would
  // pay several times its own cost for them. On Cloudflare that routing is the platform's.
  const pages = {
    name: "pages",
    compatibilityDate: workerOptions.compatibilityDate,
    modules: [
      { type: "ESModule", path: "pages.js", contents: "export default { fetch: () => new Response(null, { status: 404 }) }" },
    ],
    assets,
  };
  const options = convertV4MiniflareOptions({
    workers: [worker as never, pages as never],
    resourcePersistencePath: join(stateDir, "data"),
    log: new Log(LogLevel.ERROR),
    ...(log ? { handleRuntimeStdio: forward(log) } : { handleRuntimeStdio: forward(() => {}) }),
  } as never);
  const miniflare = new Miniflare(options);
  const address = async () => (await miniflare.unsafeGetDirectURL("shop")).origin;
  try {
    await miniflare.ready;
    const database = await miniflare.getD1Database("DB", "shop");
    await migrate(database);
    await seed(database, settings.BRAND, pack, stateDir);
    await seedStores(database, settings.BRAND, extraStores);
    const url = await address();
    const sweep = fireCrons(miniflare);
    return {
      url,
      chain,
      secrets,
      witnesses,
      miniflare,
      restart: async () => {
        await miniflare.setOptions(options);
        return address();
      },
      stop: async () => {
        clearInterval(sweep);
        await Promise.all([endHelpers(), miniflare.dispose()]);
      },
    };
  } catch (error) {
    await Promise.all([endHelpers(), miniflare.dispose()]);
    throw error;
  }
}

/** Miniflare does not run cron triggers by itself. A laptop is seldom on at three in the morning: the day's comes with the first minute. */
function fireCrons(miniflare: Miniflare): NodeJS.Timeout {
  let minute = 0;
  return setInterval(async () => {
    const crons = minute++ % 1440 === 0 ? [EVERY_MINUTE, EVERY_DAY] : [EVERY_MINUTE];
    for (const cron of crons) {
      try {
        await (await miniflare.getWorker("shop")).scheduled({ cron });
      } catch {
        // The next one tries again; alarms do the work meanwhile.
      }
    }
  }, 60_000).unref();
}

const forward = (log: (line: string) => void) => (stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream) => {
  for (const stream of [stdout, stderr]) createInterface({ input: stream }).on("line", log);
};
