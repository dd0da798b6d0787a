// Sessions as everybody sees them, the server's clock, and the beacons that this build knows.
import { Hono } from "hono";
import type { SessionLine, SessionRecord, SessionView } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { stateAt } from "../../domain/draw/life.ts";
import { recordsOf } from "../../records/database.ts";
import { findSession, listSessions } from "../../records/sessions.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { factsOf } from "../edge/facts.ts";
import { problem } from "../edge/problem.ts";

const LIST_MAX = 50;
/** States change at most once a second; a whole crowd may share one reading. */
const PUBLIC = { "Cache-Control": "public, max-age=1" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** The record with the state that the clock gives it: opening and closing wait for nobody. */
const atNow = <Line extends SessionLine>(line: Line): Line => ({ ...line, state: stateAt(line.state, line, Date.now() / 1000) });

export const sessions = (chains: readonly Chain[]) =>
  new Hono<OpenApp>()
    .get("/v1/time", (c) => c.json({ now: Date.now() }, 200, { "Cache-Control": "no-store" }))
    .get("/v1/beacons", (c) => c.json({ beacons: chains }, 200, { "Cache-Control": "public, max-age=60" }))
    .get("/v1/sessions", async (c) => {
      const lines = await listSessions(records(c.env), LIST_MAX);
      return c.json({ sessions: lines.map(atNow) }, 200, PUBLIC);
    })
    .get("/v1/sessions/:session", async (c) => {
      const facts = await factsOf(c.env, c.req.param("session"));
      const record: SessionRecord | undefined = await findSession(records(c.env), facts.manifest.session);
      if (!record) return problem("not_prepared");
      const pools = [...facts.pools.values()].map(({ at: _, ...pool }) => pool);
      const view: SessionView = { ...atNow(record), manifest: facts.id, pools, rules: facts.rules };
      return c.json(view, 200, PUBLIC);
    });
