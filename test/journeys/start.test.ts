// npm start on a fresh machine: addresses, sign-in, a demo session at once, secrets that only the owner reads, state that survives.
import { rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { SessionLine } from "../../contracts/sessions.ts";
import { freePort } from "../../scripts/local/witnesses.ts";
import { Client, expect as must } from "../../scripts/play/client.ts";
import { Person } from "../../scripts/play/people.ts";
import { eventually } from "../../scripts/play/sessions.ts";
import { start } from "./support/command.ts";
import { freshState } from "./support/shop.ts";

const stateDir = freshState();
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

it("serves a shop with a running session, and the reservation is still there after a restart", async () => {
  const port = await freePort("127.0.0.1");
  const env = { PORT: String(port), FAIRPOUR_STATE: stateDir };
  const url = `http://127.0.0.1:${port}`;
  const first = start("start.ts", [], env);
  await eventually("the shop runs", 120, async () => first.output().includes("Fairpour is running"));
  expect(first.output()).toContain(`http://localhost:${port}/`);
  expect(first.output()).toContain("/store/");
  expect(first.output()).toContain('{"role":"operator","name":"ann"}');

  const page = await fetch(`${url}/`);
  expect([page.status, page.headers.get("Content-Type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect((await fetch(`${url}/store/`)).status).toBe(200);
  expect(statSync(join(stateDir, "secrets.json")).mode & 0o777).toBe(0o600);

  const session = await eventually("a demo session is open", 20, async () => (await open(url))?.session);
  const ada = await Person.signIn(url, "Ada");
  await ada.enter(session);
  const receipt = await ada.reserve(session, 1);
  expect(receipt.status).toBe(201);
  first.process.kill("SIGTERM");
  expect((await first.ended).code).toBe(0);

  const second = start("start.ts", [], env);
  await eventually("the shop runs again", 120, async () => second.output().includes("Fairpour is running"));
  expect((await open(url))?.session).toBe(session);
  const again = await Person.signIn(url, "Ada");
  const own = must(await again.client.get<{ reservations: { receipt: object }[] }>(`/v1/sessions/${session}/reservations`), 200);
  expect(own.reservations.map((reservation) => reservation.receipt)).toEqual([receipt.body]);
  second.process.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
});

it("says plainly what to do when its port is taken", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as { port: number };
  const { code, output } = await start("start.ts", [], { PORT: String(port), FAIRPOUR_STATE: stateDir }).ended;
  taken.close();
  expect(code).toBe(1);
  expect(output).toContain("PORT=8788 npm start");
});

async function open(url: string): Promise<SessionLine | undefined> {
  const { sessions } = must(await new Client(url).get<{ sessions: SessionLine[] }>("/v1/sessions"), 200);
  return sessions.find(({ state }) => state === "open");
}
