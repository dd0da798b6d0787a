// The operator's incidents: a store cannot hand over what was won there; its winners are asked, best rank first.
import { Hono } from "hono";
import { DECIDE_S, type IncidentInput, incidentInput } from "../../contracts/incidents.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import { settingsOf } from "../../contracts/settings.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import { recordsOf } from "../../records/database.ts";
import { endIncident, incidentsOfSession, reportIncident } from "../../records/incidents.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { factsOf, type SessionFacts } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { publishedSession } from "../edge/session-files.ts";

const PRIVATE = { "Cache-Control": "no-store" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);
const unixNow = () => Math.floor(Date.now() / 1000);

export const adminIncidents = new Hono<CallerApp>()
  .post("/v1/admin/incidents", operator, async (c) => {
    const input = await body(c, incidentInput);
    const facts = await factsOf(c.env, input.session);
    const now = unixNow();
    const refusal = await tooEarlyOrLate(c.env, facts, now);
    if (refusal) return problem(refusal);
    const { incident, session, store, kind, note = null, decideBy = now + DECIDE_S } = input;
    const skus = unitsLeft(poolsOf(facts, input), input);
    const report = { incident, session, store, kind, note, decideBy, skus, at: now, by: c.var.caller.sub };
    const outcome = await reportIncident(records(c.env), report, crypto.randomUUID());
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  })
  .get("/v1/admin/incidents", operator, async (c) =>
    c.json({ incidents: await incidentsOfSession(records(c.env), c.req.query("session") ?? "") }, 200, PRIVATE),
  )
  .post("/v1/admin/incidents/:incident/end", operator, async (c) => {
    const by = { id: crypto.randomUUID(), at: unixNow(), by: c.var.caller.sub };
    const desk = await endIncident(records(c.env), c.req.param("incident"), by);
    return desk ? c.json(desk, 200, PRIVATE) : problem("not_found");
  });

/** Incidents are of the time between the draw and the end of pickups. */
async function tooEarlyOrLate(env: Env, facts: SessionFacts, now: number): Promise<ProblemCode | undefined> {
  const { voided, drawn, settled } = await publishedSession(env, facts, now);
  if (voided) return "voided";
  if (!drawn) return "not_drawn";
  return settled ? "session_over" : undefined;
}

function poolsOf({ pools }: SessionFacts, { store, sku }: IncidentInput): Pool[] {
  const own = (sku === undefined ? [...pools] : pools.of(sku)).filter((pool) => pool.store === store);
  if (own.length === 0) throw new ProblemError("unknown_pool");
  return own;
}

/** What the store will hand over in all; a closed one nothing more than it has. */
const unitsLeft = (pools: Pool[], input: IncidentInput): { sku: string; units: number }[] =>
  pools.map(({ sku, stock }) => ({ sku, units: input.kind === "shortage" ? Math.max(0, stock - input.missing) : 0 }));
