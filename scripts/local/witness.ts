// One witness on this machine: a workerd of its own with the bindings of witness/wrangler.toml, a state folder and a key of its own. Run as a
// process of its own; what it needs comes in the environment, its address and key go to standard output.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, Response } from "miniflare";
import { unhex } from "../../domain/bytes.ts";
import { publicKeyOf } from "../../domain/ed25519.ts";
import { KEY_TYPE, noteKey, vkeyOf } from "../../domain/log/note.ts";
import { modulesIn, ROOT } from "./bundle.ts";

export type WitnessOrder = {
  stateDir: string;
  /** Where the bundled Worker lies, and the bindings of its wrangler.toml as Miniflare takes them. */
  build: string;
  options: object;
  name: string;
  by: string;
  logs: { key: string; url: string }[];
};

/** The key in `stateDir`, made at first start and readable by its owner only. */
function ownKey(stateDir: string): string {
  const path = join(stateDir, "key");
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

const { stateDir, build, options, name, by, logs } = JSON.parse(process.env.WITNESS_ORDER ?? "null") as WitnessOrder;
mkdirSync(stateDir, { recursive: true, mode: 0o700 });
const key = ownKey(stateDir);
/** The verify page as it was last built. */
const page = join(ROOT, "web/dist/verify.html");
const pages = () =>
  existsSync(page)
    ? new Response(readFileSync(page), { headers: { "Content-Type": "text/html; charset=utf-8" } })
    : new Response(null, { status: 404 });
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    workers: [
      {
        ...options,
        name: "witness",
        modules: modulesIn(build),
        modulesRoot: build,
        bindings: { NAME: name, BY: by, WITNESS_KEY: key, LOGS: logs },
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
        serviceBindings: { PAGES: pages },
      },
    ],
    resourcePersistencePath: join(stateDir, "data"),
    log: new Log(LogLevel.ERROR),
    handleRuntimeStdio: () => {},
  } as never),
);
await miniflare.ready;
const { origin } = await miniflare.unsafeGetDirectURL("witness");
console.log(JSON.stringify({ url: origin, key: vkeyOf(noteKey(name, KEY_TYPE.cosignature, publicKeyOf(unhex(key)))) }));

const end = async () => {
  await miniflare.dispose();
  process.exit(0);
};
// Miniflare would end the process at once; workerd has to go first.
process.removeAllListeners("SIGTERM");
process.on("SIGTERM", end);
// The server that started this process holds its standard input: when it is gone, so are we.
process.stdin.resume().on("end", end);
