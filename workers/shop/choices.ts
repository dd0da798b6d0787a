// A winner whose store has no unit for them: wait, another store, or the money back.
import { Hono } from "hono";
import { type ChoiceInput, choiceInput, type SpareReply } from "../../contracts/incidents.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { choose, freeUnits, type Target } from "../../records/choices.ts";
import { recordsOf } from "../../records/database.ts";
import { withIncidents } from "../../records/order-incidents.ts";
import { type OrderFacts, orderView } from "../../records/orders.ts";
import type { MemberApp } from "../edge/app-type.ts";
import { member } from "../edge/caller.ts";
import { factsOf } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { ownOrder } from "../edge/order.ts";
import { problem } from "../edge/problem.ts";
import { spareAt, sparesAround } from "../edge/spare.ts";

const PRIVATE = { headers: { "Cache-Control": "no-store" } };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);
const unixNow = () => Math.floor(Date.now() / 1000);

export const choices = new Hono<MemberApp>()
  .get("/v1/orders/:order/stores", member, async (c) => {
    const { row } = await ownOrder(c.env, c.req.param("order"), c.var.caller.sub);
    const facts = await factsOf(c.env, row.session);
    const spares = await sparesAround(c.env, facts, { sku: row.sku, from: row.store }, unixNow());
    const left = await freeUnits(records(c.env), row, spares);
    const stores = spares.flatMap(({ store, offer, metres }) => {
      const units = left.get(store) ?? 0;
      const { name, address } = offer.store;
      return units > 0 ? [{ store, name, address, metres: Math.round(metres), units }] : [];
    });
    return c.json({ stores } satisfies SpareReply, PRIVATE);
  })
  .post("/v1/orders/:order/choice", member, async (c) => {
    const input = await body(c, choiceInput);
    const { row } = await ownOrder(c.env, c.req.param("order"), c.var.caller.sub);
    const to = await targetOf(c.env, row, input);
    if (input.choice === "move" && !to) return problem("no_units_there");
    const { choice, incident } = input;
    const request = { order: row, incident, choice, to, by: c.var.caller.sub, now: unixNow(), id: crypto.randomUUID() };
    const outcome = await choose(records(c.env), request);
    if (!outcome.ok) return problem(outcome.refusal);
    const after = await ownOrder(c.env, row.order, c.var.caller.sub);
    const [view] = await withIncidents(records(c.env), [orderView(after.row)], unixNow());
    return c.json(view, PRIVATE);
  });

const targetOf = async (env: Env, { session, sku }: OrderFacts, input: ChoiceInput): Promise<Target | undefined> =>
  input.choice === "move" ? spareAt(env, await factsOf(env, session), { sku, store: input.store }, unixNow()) : undefined;
