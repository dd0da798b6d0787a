// npm start: the whole shop on this machine, with demo sessions, until Ctrl-C. State survives in .fairpour/state.
import { join } from "node:path";
import { ROOT } from "./local/bundle.ts";
import { demoSessions } from "./local/demo-sessions.ts";
import { startServer } from "./local/server.ts";
import { buildWeb } from "./setup/web.ts";

const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT is "${process.env.PORT}"; it has to be a port number, for example PORT=8788 npm start`);
  process.exit(2);
}
if ((await buildWeb(ROOT)) !== 0) process.exit(1);

const stateDir = process.env.FAIRPOUR_STATE ?? join(ROOT, ".fairpour/state");
const server = await startServer({ stateDir, port, witnesses: 3 }).catch((error: unknown) => {
  console.error(`The shop could not start: ${error instanceof Error ? error.message : error}`);
  if (String(error).includes("EADDRINUSE") || String(error).includes("Address already in use")) {
    console.error(`Port ${port} is taken. Stop what uses it, or choose another: PORT=8788 npm start`);
  }
  process.exit(1);
});
const url = server.url.replace("127.0.0.1", "localhost");

console.log(`
Fairpour is running. Ctrl-C stops it; state stays in ${stateDir}

  Shop           ${url}/            sign in with any name (local only, nobody checks it)
  Store desk     ${url}/store/      sign in with a store id, for example cn-beijing-01
  Operator       no page yet: get a token and use the API
                   curl -s ${url}/local/sign-in -H 'Content-Type: application/json' -d '{"role":"operator"}'
  Same for       a consumer: -d '{"role":"member","name":"Ada"}'    a store: -d '{"role":"store","store":"cn-beijing-01"}'
  Session log    ${url}/log/checkpoint    cosigned by two of three witnesses of this machine's own:
${server.witnesses.map(({ url: witness }) => `                   ${witness}`).join("\n")}
  Error codes    ${url}/problems
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
await demoSessions(server, (line) => console.log(line));
