// Demo sessions for `npm start`: one opens at once, closes after two minutes, is drawn half a minute later, and the next one follows. A few
// demo people take part, so that there is something to win against; they never pay, so the waitlist moves too.
import { randomInt } from "node:crypto";
import type { SessionLine, SessionView } from "../../contracts/sessions.ts";
import { type Client, expect } from "../play/client.ts";
import { operatorAt, Person } from "../play/people.ts";
import { announce, sleep } from "../play/sessions.ts";
import type { Demo } from "./pack.ts";
import type { LocalServer } from "./server.ts";

export const WINDOW_S = 120;
/** Close to draw: 6 s grace inside 18 s of review, then 9 s to the beacon round. */
const LEADS = { announceS: 0, reviewS: 18, sealLeadS: 9 };
const GRACE_S = 6;
/** A session is announced before it opens, if only just: its witnesses have to cosign it in this time. */
const LEAD_S = 4;
const PAY_WINDOW_S = 300;
const PICKUP_S = 1800;

const PEOPLE = 30;

/** Runs demo sessions until the process ends. `say` gets one line per session. */
export async function demoSessions(server: LocalServer, demo: Demo, say: (line: string) => void): Promise<void> {
  const operator = await operatorAt(server.url);
  for (;;) {
    try {
      const running = await openSession(operator);
      const session = running ?? (await nextSession(server, demo, operator));
      const view = expect(await operator.get<SessionView>(`/v1/sessions/${session}`), 200);
      if (!running) {
        say(`Session ${session}: open until ${clock(view.close)}, drawn at ${clock(view.drawAt)}`);
        await demoPeople(server.url, view);
      }
      await sleep(Math.max(1000, (view.drawAt + 2) * 1000 - Date.now()));
    } catch (error) {
      say(`The demo session could not be made, the next try follows in 10 s: ${error instanceof Error ? error.message : error}`);
      await sleep(10_000);
    }
  }
}

const clock = (unixS: number): string => new Date(unixS * 1000).toLocaleTimeString();

/** A session that a run before this one left open: it goes on. */
async function openSession(operator: Client): Promise<string | undefined> {
  const { sessions } = expect(await operator.get<{ sessions: SessionLine[] }>("/v1/sessions"), 200);
  return sessions.find(({ state }) => state === "open" || state === "announced")?.session;
}

async function nextSession(server: LocalServer, { market, title, skus, stores }: Demo, operator: Client): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const session = `demo-${new Date(now * 1000).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}`;
  const plan = {
    session,
    title,
    market,
    open: now + LEAD_S,
    close: now + LEAD_S + WINDOW_S,
    graceS: GRACE_S,
    leads: LEADS,
    chain: server.chain.hash,
    skus,
    // Sessions follow each other: who loses sees the next one count for more.
    ticketsMax: 8,
    payWindowS: PAY_WINDOW_S,
    pickupS: PICKUP_S,
  };
  await announce(
    operator,
    plan,
    skus.flatMap((sku) => stores.map((store) => ({ sku, store, stock: 1, wait: 10 }))),
  );
  return session;
}

async function demoPeople(url: string, { session, market, pools, open }: SessionView): Promise<void> {
  await sleep(Math.max(0, open * 1000 - Date.now()));
  for (let number = 1; number <= PEOPLE; number++) {
    const person = await Person.signIn(url, `Demo ${number}`, false, market);
    await person.enter(session);
    const pool = pools[randomInt(pools.length)];
    if (pool) expect(await person.reserve(session, pool.pool), 201, 200, 409);
  }
}
