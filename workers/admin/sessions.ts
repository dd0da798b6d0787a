// The operator's desk: plan, allot, announce, nudge, void. Sessions move by their plan without any of this.
import { Hono } from "hono";
import { paymentInput } from "../../contracts/orders.ts";
import { allotmentInput, moveInput, planInput, voidInput } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import { listStores } from "../../records/catalog.ts";
import { recordsOf } from "../../records/database.ts";
import { registerSession } from "../../records/sessions.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { body } from "../edge/input.ts";
import { markPaid } from "../edge/payment.ts";
import { problem } from "../edge/problem.ts";
import { plannedSession, sessionObject } from "../edge/reach.ts";
import { goodsOf } from "./goods.ts";

/** An allotment of 150,000 pools at some 100 bytes each. */
const ALLOTMENT_BYTES_MAX = 16_000_000;
const PLAN_BYTES_MAX = 64_000;

const PRIVATE = { "Cache-Control": "no-store" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

export const adminSessions = new Hono<CallerApp>()
  .post("/v1/admin/sessions", operator, async (c) => {
    const input = await body(c, planInput, PLAN_BYTES_MAX);
    const skus = await goodsOf(c.env, input, input.open - input.leads.announceS);
    await registerSession(records(c.env), input.session, input.open);
    const staffSalt = hex(crypto.getRandomValues(new Uint8Array(32)));
    const outcome = await sessionObject(c.env, input.session, input.market).plan({ input, skus, staffSalt });
    return outcome.ok ? c.json({ session: input.session, ...outcome.value }, 201, PRIVATE) : problem(outcome.refusal);
  })
  .get("/v1/admin/sessions/:session", operator, async (c) => {
    const outcome = await (await plannedSession(c.env, c.req.param("session"))).desk();
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  })
  .put("/v1/admin/sessions/:session/allotment", operator, async (c) => {
    const input = await body(c, allotmentInput, ALLOTMENT_BYTES_MAX);
    const object = await plannedSession(c.env, c.req.param("session"));
    const desk = await object.desk();
    if (!desk.ok) return problem(desk.refusal);
    const stores = new Set((await listStores(records(c.env), desk.value.plan.market)).map(({ store }) => store));
    if (!input.pools.every(({ store }) => stores.has(store))) return problem("unknown_store");
    const outcome = await object.allot(input);
    return outcome.ok ? c.json(outcome.value, 200, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/sessions/:session/announce", operator, async (c) => {
    const object = await plannedSession(c.env, c.req.param("session"));
    const desk = await object.desk();
    if (!desk.ok) return problem(desk.refusal);
    // A release that was moved since the plan: what is not public yet must not become so by a session.
    if (desk.value.state === "draft") await goodsOf(c.env, desk.value.plan, Date.now() / 1000);
    const outcome = await object.announce();
    // 202 while the witnesses are waited for.
    return outcome.ok ? c.json(outcome.value, outcome.value.state === "draft" ? 202 : 200, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/sessions/:session/moves", operator, async (c) => {
    const { to } = await body(c, moveInput);
    const outcome = await (await plannedSession(c.env, c.req.param("session"))).move(to);
    return outcome.ok ? c.json(outcome.value, 202, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/sessions/:session/void", operator, async (c) => {
    const { text } = await body(c, voidInput);
    const outcome = await (await plannedSession(c.env, c.req.param("session"))).voidSession(text);
    return outcome.ok ? c.json(outcome.value, 202, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/admin/payments", operator, async (c) => {
    const { order } = await body(c, paymentInput);
    return c.json(await markPaid(c.env, order), 200, PRIVATE);
  });
