// Sessions as everybody sees them, the server's clock, and the beacons that this build knows.
import { Hono } from "hono";
import { viewOf } from "../../contracts/session-view.ts";
import type { SessionLine } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { stateAt } from "../../domain/draw/life.ts";
import { recordsOf } from "../../records/database.ts";
import { listSessions } from "../../records/sessions.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { factsOf } from "../edge/facts.ts";
import { open } from "../edge/open.ts";
import { publishedSession } from "../edge/session-files.ts";
import { shared } from "../edge/shared.ts";

const LIST_MAX = 50;
/** States change at most once a second; a whole crowd may share one reading. */
const SHARED_S = 1;

/** The line with the state that the clock gives it: opening and closing wait for nobody. */
const atNow = <Line extends SessionLine>(line: Line): Line => ({ ...line, state: stateAt(line.state, line, Date.now() / 1000) });

export const sessions = (chains: readonly Chain[]) =>
  new Hono<OpenApp>()
    .get("/v1/time", open, (c) => c.json({ now: Date.now() }, 200, { "Cache-Control": "no-store" }))
    .get("/v1/beacons", open, (c) => c.json({ beacons: chains }, 200, { "Cache-Control": "public, max-age=60" }))
    .get("/v1/sessions", open, (c) =>
      shared(c, "sessions", SHARED_S, async () => {
        const lines = await listSessions(recordsOf(c.env.DB, settingsOf(c.env).BRAND), LIST_MAX);
        return { sessions: lines.map(atNow) };
      }),
    )
    .get("/v1/sessions/:session", open, async (c) => {
      const facts = await factsOf(c.env, c.req.param("session"));
      return shared(c, `session/${facts.id}`, SHARED_S, async () => {
        const nowS = Date.now() / 1000;
        return viewOf(await publishedSession(c.env, facts, nowS), nowS, chains);
      });
    });
