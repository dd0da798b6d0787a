// The review before the seal: an operator proposes exclusions or decides appeals, another one confirms.
import { Hono } from "hono";
import {
  type CoolingDown,
  decisionsInput,
  exclusionsInput,
  type Proposal,
  type ProposalNo,
  type ProposalView,
} from "../../contracts/review.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { body } from "../edge/input.ts";
import { problem } from "../edge/problem.ts";
import { plannedSession } from "../edge/reach.ts";

/** 10,000 rows of some 45 bytes; 1,000 decisions with answers of 300 letters. */
const ROWS_BYTES_MAX = 1_500_000;
const PRIVATE = { "Cache-Control": "no-store" };

async function propose(env: Env, session: string, proposal: Proposal, by: string): Promise<Response> {
  const outcome: Outcome<ProposalView, ProposalNo> = await (await plannedSession(env, session)).propose(proposal, by);
  if (outcome.ok) return Response.json(outcome.value, { status: 201, headers: PRIVATE });
  const { code, rows } = outcome.refusal;
  return problem(code, rows ? { errors: rows } : {});
}

export const adminReview = new Hono<CallerApp>()
  .get("/v1/admin/sessions/:session/review", operator, async (c) => {
    const outcome = await (await plannedSession(c.env, c.req.param("session"))).review();
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  })
  .get("/v1/admin/sessions/:session/cooling-down", operator, async (c) => {
    const outcome = await (await plannedSession(c.env, c.req.param("session"))).coolingDown();
    return outcome.ok ? c.json({ rows: outcome.value } satisfies CoolingDown, 200, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/sessions/:session/exclusions", operator, async (c) => {
    const input = await body(c, exclusionsInput, ROWS_BYTES_MAX);
    return propose(c.env, c.req.param("session"), { kind: "exclusions", ...input }, c.var.caller.sub);
  })
  .post("/v1/admin/sessions/:session/decisions", operator, async (c) => {
    const input = await body(c, decisionsInput, ROWS_BYTES_MAX);
    return propose(c.env, c.req.param("session"), { kind: "decisions", ...input }, c.var.caller.sub);
  })
  .post("/v1/admin/sessions/:session/proposals/:proposal/confirm", operator, async (c) => {
    const object = await plannedSession(c.env, c.req.param("session"));
    const outcome = await object.confirm(c.req.param("proposal"), c.var.caller.sub);
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/sessions/:session/proposals/:proposal/drop", operator, async (c) => {
    const object = await plannedSession(c.env, c.req.param("session"));
    const outcome = await object.drop(c.req.param("proposal"), c.var.caller.sub);
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  });
