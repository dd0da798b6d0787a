// npm start [-- --pack NAME] [--no-demo]: the whole shop on this machine, with demo sessions, until Ctrl-C. State survives in .fairpour/state.
import { join } from "node:path";
import { ROOT } from "./local/bundle.ts";
import { demoSessions } from "./local/demo-sessions.ts";
import { readPack } from "./local/pack.ts";
import { startServer } from "./local/server.ts";
import { FIRST_PACK, startOptions } from "./local/start-options.ts";
import { buildWeb } from "./setup/web.ts";

const options = startOptions(process.argv.slice(2));
if ("say" in options) {
  (options.code === 0 ? console.log : console.error)(options.say);
  process.exit(options.code);
}
const { pack, demo: hasDemo } = options;

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`PORT is "${process.env.PORT}"; it has to be a port number, for example PORT=8788 npm start`);
if ((await buildWeb(ROOT)) !== 0) process.exit(1);

const stateDir = process.env.FAIRPOUR_STATE ?? join(ROOT, pack === FIRST_PACK ? ".fairpour/state" : `.fairpour/state-${pack}`);
const { demo } = readPack(pack);
console.log("Starting the shop, its beacon and its witnesses …");
const server = await startServer({ stateDir, port, pack, witnesses: 3 }).catch((error: unknown) => {
  console.error(`The shop could not start: ${error instanceof Error ? error.message : error}`);
  if (String(error).includes("EADDRINUSE") || String(error).includes("Address already in use")) {
    console.error(`Port ${port} is taken. Stop what uses it, or choose another: PORT=8788 npm start`);
  }
  process.exit(1);
});
const url = server.url.replace("127.0.0.1", "localhost");

console.log(`
Fairpour is running with the pack ${pack}. Ctrl-C stops it; state stays in ${stateDir}

  Shop           ${url}/            sign in with any name (local only, nobody checks it)
  Store desk     ${url}/store/      sign in with a store id, for example ${demo.stores[0]}
  Operator       no page yet: get a token and use the API
                   curl -s ${url}/local/sign-in -H 'Content-Type: application/json' -d '{"role":"operator","name":"ann"}'
                   (excluding somebody takes two of different names: docs/architecture.md)
  Same for       a consumer: -d '{"role":"member","name":"Ada"}'    a store: -d '{"role":"store","store":"${demo.stores[0]}"}'
  Session log    ${url}/log/checkpoint    cosigned by two of three witnesses of this machine's own:
${server.witnesses.map(({ url: witness }) => `                   ${witness}`).join("\n")}
  API            ${url}/api/         every operation; as a file at /openapi.json; error codes at /problems
`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // Miniflare would end the process at once; ours stops workerd and the beacon first.
  process.removeAllListeners(signal);
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  });
}
if (hasDemo) await demoSessions(server, demo, (line) => console.log(line));
else console.log("No demo sessions: plan your own (docs/api.md).");
