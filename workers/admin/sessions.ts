// The operator's desk: plan, allot, announce, nudge, void. Sessions move by their plan without any of this.
import { Hono } from "hono";
import { paymentInput } from "../../contracts/orders.ts";
import { allotmentInput, moveInput, planInput, voidInput } from "../../contracts/sessions.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { sessionIsKnown } from "../../records/sessions.ts";
import { allotmentOfCsv, isCsv } from "../edge/allotment-csv.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { announce, dryRun } from "../edge/checks.ts";
import { allot, draft, recordsIn } from "../edge/drafts.ts";
import { body } from "../edge/input.ts";
import { markPaid } from "../edge/payment.ts";
import { problem } from "../edge/problem.ts";
import { plannedSession } from "../edge/reach.ts";

/** An allotment of 150,000 pools at some 100 bytes each. */
const ALLOTMENT_BYTES_MAX = 16_000_000;
export const PLAN_BYTES_MAX = 64_000;

const PRIVATE = { "Cache-Control": "no-store" };

export const adminSessions = (chains: readonly Chain[]) =>
  new Hono<CallerApp>()
    .post("/v1/admin/sessions", operator, async (c) => {
      const input = await body(c, planInput, PLAN_BYTES_MAX);
      const outcome = await draft(c.env, input, c.var.caller.sub);
      return outcome.ok ? c.json({ session: input.session, ...outcome.value }, 201, PRIVATE) : problem(outcome.refusal);
    })
    .get("/v1/admin/sessions/:session", operator, async (c) => {
      const outcome = await (await plannedSession(c.env, c.req.param("session"))).desk();
      return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
    })
    .put("/v1/admin/sessions/:session/allotment", operator, async (c) => {
      const session = c.req.param("session");
      const how = isCsv(c) ? "csv" : "hand";
      const input =
        how === "csv"
          ? await allotmentOfCsv(c, c.env, session, ALLOTMENT_BYTES_MAX)
          : await body(c, allotmentInput, ALLOTMENT_BYTES_MAX);
      return c.json(await allot(c.env, session, input, how, c.var.caller.sub), 200, PRIVATE);
    })
    .post("/v1/admin/sessions/:session/announce", operator, async (c) => {
      const session = c.req.param("session");
      if (c.req.query("dry") !== undefined) return c.json(await dryRun(c.env, session, chains), 200, PRIVATE);
      const announced = await announce(c.env, session, chains);
      // 202 while the witnesses are waited for.
      return c.json(announced, announced.state === "draft" ? 202 : 200, PRIVATE);
    })
    .post("/v1/admin/sessions/:session/moves", operator, async (c) => {
      const { to } = await body(c, moveInput);
      const outcome = await (await plannedSession(c.env, c.req.param("session"))).move(to);
      return outcome.ok ? c.json(outcome.value, 202, PRIVATE) : problem(outcome.refusal);
    })
    .post("/v1/admin/sessions/:session/void", operator, async (c) => {
      const { text, rollTo } = await body(c, voidInput);
      const session = c.req.param("session");
      const object = await plannedSession(c.env, session);
      // The session that takes its place exists already: what stands in the log for ever names nothing that may never come.
      if (rollTo !== undefined && (rollTo === session || !(await sessionIsKnown(recordsIn(c.env), rollTo))))
        return problem("unknown_session");
      const outcome = await object.voidSession(text, rollTo);
      return outcome.ok ? c.json(outcome.value, 202, PRIVATE) : problem(outcome.refusal);
    })
    .post("/v1/admin/payments", operator, async (c) => {
      const { order } = await body(c, paymentInput);
      return c.json(await markPaid(c.env, order), 200, PRIVATE);
    });
