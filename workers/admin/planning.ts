// A draft at the operator's desk: other plans for it, units spread over stores, what is checked and foreseen before it is announced, and what can
// still be said afterwards.
import { Hono } from "hono";
import * as v from "valibot";
import { skuId } from "../../contracts/basics.ts";
import {
  type AllotmentReply,
  type BulletinReply,
  bulletinInput,
  type ProposalReply,
  proposalInput,
  type VersionsReply,
} from "../../contracts/planning.ts";
import { planInput } from "../../contracts/sessions.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { checksReply } from "../edge/checks.ts";
import { allot, redraft } from "../edge/drafts.ts";
import { forecastReply } from "../edge/forecast.ts";
import { body } from "../edge/input.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { plannedSession } from "../edge/reach.ts";
import { allotmentOf, spread } from "../edge/spread.ts";
import { PLAN_BYTES_MAX } from "./sessions.ts";

/** Weights of some 10,000 stores. */
const PROPOSAL_BYTES_MAX = 1_000_000;
const PRIVATE = { "Cache-Control": "no-store" };

export const adminPlanning = (chains: readonly Chain[]) =>
  new Hono<CallerApp>()
    .put("/v1/admin/sessions/:session/plan", operator, async (c) => {
      const input = await body(c, planInput, PLAN_BYTES_MAX);
      if (input.session !== c.req.param("session"))
        throw new ProblemError("invalid_input", { errors: [{ pointer: "/session", detail: "not the one of the address" }] });
      const outcome = await redraft(c.env, input, c.var.caller.sub);
      return outcome.ok ? c.json({ session: input.session, ...outcome.value }, 200, PRIVATE) : problem(outcome.refusal);
    })
    .get("/v1/admin/sessions/:session/versions", operator, async (c) => {
      const outcome = await (await plannedSession(c.env, c.req.param("session"))).versions();
      return outcome.ok ? c.json({ versions: outcome.value } satisfies VersionsReply, 200, PRIVATE) : problem(outcome.refusal);
    })
    .get("/v1/admin/sessions/:session/allotment", operator, async (c) => {
      const sku = c.req.query("sku");
      if (!v.is(skuId, sku)) throw new ProblemError("invalid_input", { errors: [{ pointer: "/sku", detail: "one SKU a reply" }] });
      const outcome = await (await plannedSession(c.env, c.req.param("session"))).poolsOf(sku);
      if (!outcome.ok) return problem(outcome.refusal);
      const pools = outcome.value.map(({ store, stock, wait }) => ({ store, stock, wait }));
      const reply: AllotmentReply = { sku, units: pools.reduce((sum, { stock }) => sum + stock, 0), pools };
      return c.json(reply, 200, PRIVATE);
    })
    .post("/v1/admin/sessions/:session/allotment/proposal", operator, async (c) => {
      const { units, spread: how, apply } = await body(c, proposalInput, PROPOSAL_BYTES_MAX);
      const session = c.req.param("session");
      const facts = await (await plannedSession(c.env, session)).draft();
      if (!facts.ok) return problem(facts.refusal);
      const { input } = facts.value.plan;
      if (!Object.keys(units).every((sku) => input.skus.includes(sku))) return problem("unknown_sku");
      const skus = await spread(c.env, input.market, units, how);
      const allotment = allotmentOf(skus);
      if (apply) await allot(c.env, session, allotment, "proportional", c.var.caller.sub);
      const sum = skus.reduce((all, one) => all + one.units, 0);
      const reply: ProposalReply = { applied: apply, pools: allotment.pools.length, units: sum, skus };
      return c.json(reply, 200, PRIVATE);
    })
    .get("/v1/admin/sessions/:session/checks", operator, async (c) =>
      c.json(await checksReply(c.env, c.req.param("session"), chains), 200, PRIVATE),
    )
    .get("/v1/admin/sessions/:session/forecast", operator, async (c) =>
      c.json(await forecastReply(c.env, c.req.param("session")), 200, PRIVATE),
    )
    .post("/v1/admin/sessions/:session/bulletins", operator, async (c) => {
      const { text } = await body(c, bulletinInput);
      const outcome = await (await plannedSession(c.env, c.req.param("session"))).say(text, c.var.caller.sub);
      return outcome.ok ? c.json(outcome.value satisfies BulletinReply, 202, PRIVATE) : problem(outcome.refusal);
    });
