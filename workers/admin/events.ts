// The event feed for an operator's own systems: what happened, from a cursor on.
import { Hono } from "hono";
import { type EventsReply, eventsQuery } from "../../contracts/feed.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { recordsOf } from "../../records/database.ts";
import { eventsAfter } from "../../records/events.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { query } from "../edge/input.ts";
import { problem } from "../edge/problem.ts";

export const adminEvents = new Hono<CallerApp>().get("/v1/admin/events", operator, async (c) => {
  const { after, limit, types } = query(c, eventsQuery);
  const outcome = await eventsAfter(
    recordsOf(c.env.DB, settingsOf(c.env).BRAND),
    after === undefined ? undefined : Number(after),
    limit,
  );
  if (!outcome.ok) return problem(outcome.refusal);
  const { events, next, more } = outcome.value;
  const wanted = types ? events.filter(({ type }) => types.includes(type)) : events;
  const reply: EventsReply = { events: wanted.map(({ entity: _, ...event }) => event), next: String(next), more };
  return c.json(reply, 200, { "Cache-Control": "no-store" });
});
