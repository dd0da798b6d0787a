// npm run demo: starts its own server and plays one whole session through HTTP, as a transcript that can be read aloud.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./local/bundle.ts";
import { startServer } from "./local/server.ts";
import { play } from "./play/lives.ts";

const stateDir = mkdtempSync(join(tmpdir(), "fairpour-demo-"));
const say = (line: string) => console.log(line);
say("Starting a shop of its own: workerd, D1 and R2 on this machine, a local beacon, three witnesses, an empty state folder …");
const server = await startServer({ stateDir, witnesses: 3 });
let good = false;
try {
  const session = await play(server, say);
  say("\nA separate process reads only the published files and draws again:");
  const program = [join(ROOT, "scripts/verify.ts"), "--origin", server.url, "--session", session];
  const verdict = spawnSync(process.execPath, program, { encoding: "utf8" });
  good = verdict.status === 0;
  say(`${verdict.stdout}${good ? "" : verdict.stderr}`.trimEnd());
  say(good ? "  same winners" : "  NOT the same");
} catch (error) {
  console.error(`\nThe demo went wrong: ${error instanceof Error ? error.stack : error}`);
} finally {
  await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
