// The shop's Worker in workerd, through Miniflare with the bindings of wrangler.toml and SQLite files underneath: what `npm start` and
// `npm run serve` serve with, and the demo, drills, journeys and benchmarks.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { EVERY_DAY, EVERY_MINUTE } from "../../contracts/crons.ts";
import { modulesIn, ROOT } from "./bundle.ts";
import { migrate } from "./database.ts";
import { childOf, endById } from "./process.ts";

/** Durable Objects beside the shop's own: binding -> class. */
export type ExtraObjects = Record<string, { className: string; useSQLite: true; unsafePreventEviction?: boolean }>;

export type WorkerdOptions = {
  /** Databases and files of this installation. Kept across restarts. */
  stateDir: string;
  /** Where the bundled Worker lies. */
  build: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Settings and secrets; the vars of wrangler.toml stand behind them. */
  bindings: Record<string, unknown>;
  extraObjects?: ExtraObjects | undefined;
  /** What workerd and the Worker print goes here; nowhere unless given. */
  log?: ((line: string) => void) | undefined;
};

export type Workerd = {
  url: string;
  miniflare: Miniflare;
  /** Starts workerd anew on the same state, after it was killed; resolves to its new address. */
  restart: () => Promise<string>;
  /** Ends it. Requests under way get `drainMs` to end first; nothing that was acknowledged is lost either way. */
  stop: (drainMs?: number) => Promise<void>;
};

/** The vars of wrangler.toml. */
export const wranglerVars = (): Record<string, unknown> =>
  workerOptionsOf(join(ROOT, "wrangler.toml")).workerOptions.bindings as Record<string, unknown>;

export async function startWorkerd({ stateDir, build, host, port, bindings, extraObjects, log }: WorkerdOptions): Promise<Workerd> {
  // Without pages built the API serves all the same; assets want the folder.
  mkdirSync(join(ROOT, "web/dist"), { recursive: true });
  const { modulesRules: _, assets, ...workerOptions } = workerOptionsOf(join(ROOT, "wrangler.toml")).workerOptions;
  const worker = {
    ...workerOptions,
    name: "shop",
    modules: modulesIn(build),
    modulesRoot: build,
    durableObjects: { ...(workerOptions.durableObjects as object), ...extraObjects },
    bindings: { ...(workerOptions.bindings as object), ...bindings },
    // Straight to the Worker: Miniflare's own proxy in front of it is made for development and fails in bursts.
    unsafeDirectSockets: [{ host, port }],
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
    handleRuntimeStdio: forward(log ?? (() => {})),
  } as never);
  const miniflare = new Miniflare(options);
  const address = async () => (await miniflare.unsafeGetDirectURL("shop")).origin;
  try {
    await miniflare.ready;
    await migrate(await miniflare.getD1Database("DB", "shop"));
    const url = await address();
    const sweep = fireCrons(miniflare);
    return {
      url,
      miniflare,
      restart: async () => {
        await miniflare.setOptions(options);
        return address();
      },
      stop: async (drainMs = 0) => {
        clearInterval(sweep);
        // Miniflare would kill workerd; asked nicely first, it takes no new connections and ends the requests that it has.
        const workerd = drainMs > 0 ? childOf(process.pid, "workerd") : undefined;
        if (workerd !== undefined) await endById(workerd, drainMs);
        await miniflare.dispose();
      },
    };
  } catch (error) {
    await miniflare.dispose();
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
