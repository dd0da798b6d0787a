// npm run serve: the shop on one machine for real. The deployed Worker, real beacons, your witnesses, your secrets; nothing that is for trying out.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./local/bundle.ts";
import { seed } from "./local/database.ts";
import { EnvError, readEnvFile } from "./local/env-file.ts";
import { holdState } from "./local/hold-state.ts";
import { buildServed, SERVED_BUILD } from "./local/served-build.ts";
import { startWorkerd, wranglerVars } from "./local/workerd.ts";

const USAGE = `npm run serve -- --env FILE [--state DIR] [--listen HOST:PORT] [--pack NAME]
  --env FILE       settings and secrets; \`npm run secrets -- FILE\` makes one
  --state DIR      databases and files (default .fairpour/served)
  --listen H:P     where it listens (default 127.0.0.1:8787); TLS is the job of a proxy in front
  --pack NAME      loads a seed pack's catalogue and stores; without it the shop has what was imported
  --prepare        builds what is served, and ends: for services on a read-only disk
docs/one-box.md says how to run it under systemd, back it up and update it.`;

/** Requests under way when the shop is told to stop get this long. */
const DRAIN_MS = 10_000;

const { values } = parseArgs({
  options: {
    env: { type: "string" },
    state: { type: "string", default: join(ROOT, ".fairpour/served") },
    listen: { type: "string", default: "127.0.0.1:8787" },
    pack: { type: "string" },
    prepare: { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help || (values.env === undefined && !values.prepare)) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

async function serve(env: string, state: string, listen: string, pack: string | undefined): Promise<void> {
  const [, host, port] = /^\[?([0-9a-zA-Z.:-]+?)\]?:([0-9]{1,5})$/.exec(listen) ?? [];
  if (host === undefined || Number(port) > 65535) throw new EnvError([`--listen ${listen} is not HOST:PORT`]);
  const bindings = readEnvFile(env, wranglerVars());
  if (!(await buildServed())) process.exit(1);
  const stateDir = resolve(state);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  holdState(stateDir);
  const log = (line: string) => console.log(line);
  const shop = await startWorkerd({ stateDir, build: SERVED_BUILD, host, port: Number(port), bindings, log });
  if (pack) await seed(await shop.miniflare.getD1Database("DB", "shop"), bindings.BRAND as string, pack, stateDir);
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Miniflare would end the process at once; requests under way end first.
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await shop.stop(DRAIN_MS);
      process.exit(0);
    });
  }
  const { k, list } = bindings.WITNESSES as { k: number; list: object[] };
  console.log(`Serving ${bindings.BRAND} at ${shop.url}; state in ${stateDir}; witnesses: ${k} needed of ${list.length}`);
}

try {
  if (values.env !== undefined && !values.prepare) await serve(values.env, values.state, values.listen, values.pack);
  else if (await buildServed()) console.log("What is served is built.");
  else process.exit(1);
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  console.error(text);
  if (/EADDRINUSE|Address already in use/.test(text)) console.error(`--listen ${values.listen} is taken.`);
  process.exit(error instanceof EnvError ? 2 : 1);
}
