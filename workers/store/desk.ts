// The store's counter: its orders, payments, units that arrived, hand-overs. Every address names the store; the device works for that one.
import { Hono } from "hono";
import { deliveryInput, type OrdersReply, type PickupReply, paymentInput, pickupInput } from "../../contracts/orders.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { archiveBefore } from "../../domain/order/keep.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { withIncidents } from "../../records/order-incidents.ts";
import { ordersOfStore } from "../../records/orders.ts";
import { clearCodeTries, collect, findByTail, takeCodeTry } from "../../records/pickups.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { storeDevice } from "../edge/caller.ts";
import { factsOf } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { archivedRefusal } from "../edge/order.ts";
import { markPaid } from "../edge/payment.ts";
import { checkQr, codeIsGood } from "../edge/pickup-proof.ts";
import { problem } from "../edge/problem.ts";

const PRIVATE = { headers: { "Cache-Control": "no-store" } };

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);
const unixNow = () => Math.floor(Date.now() / 1000);

export const storeDesk = new Hono<CallerApp>()
  .get("/v1/stores/:store/orders", storeDevice, async (c) => {
    const list = await ordersOfStore(records(c.env), c.req.param("store"));
    const orders = await withIncidents(records(c.env), list, unixNow());
    return c.json({ orders, archivedBefore: archiveBefore(unixNow()) } satisfies OrdersReply, PRIVATE);
  })
  .post("/v1/stores/:store/payments", storeDevice, async (c) => {
    const { order } = await body(c, paymentInput);
    return c.json(await markPaid(c.env, order, c.req.param("store")), PRIVATE);
  })
  .post("/v1/stores/:store/deliveries", storeDevice, async (c) => {
    const input = await body(c, deliveryInput);
    const store = c.req.param("store");
    const facts = await factsOf(c.env, input.session);
    if (!facts.pools.of(input.sku).some((pool) => pool.store === store)) return problem("unknown_pool");
    const outcome = await recordDelivery(records(c.env), store, input, c.var.caller.sub, unixNow());
    return outcome.ok ? c.json(outcome.value, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/stores/:store/pickups", storeDevice, async (c) => {
    const input = await body(c, pickupInput);
    const store = c.req.param("store");
    const shown = "qr" in input ? await orderOfQr(c.env, store, input.qr) : await orderOfCode(c.env, store, input.tail, input.code);
    if ("code" in shown) return problem(shown.code);
    const outcome = await collect(records(c.env), {
      order: shown.order,
      store,
      serial: input.serial,
      by: c.var.caller.sub,
      now: unixNow(),
    });
    if (!outcome.ok) {
      const isGone = outcome.refusal.code === "not_found";
      const { code, collected } = (isGone && (await archivedRefusal(c.env, shown.order, store, unixNow()))) || outcome.refusal;
      return problem(code, collected ? { collected } : {});
    }
    const reply: PickupReply = { order: outcome.value };
    return c.json(reply, PRIVATE);
  });

type Shown = { order: string } | { code: ProblemCode };

async function orderOfQr(env: Env, store: string, qr: string): Promise<Shown> {
  const checked = await checkQr(qr, store, settingsOf(env), Date.now());
  return "code" in checked ? checked : { order: checked.voucher.order };
}

async function orderOfCode(env: Env, store: string, tail: string, code: string): Promise<Shown> {
  // 30 random bits: two orders of one store with the same last characters are met once in a great many sessions, and both are tried.
  const found = await findByTail(records(env), store, tail);
  let locked = false;
  for (const { order } of found) {
    if (!(await takeCodeTry(records(env), order))) {
      locked = true;
      continue;
    }
    if (await codeIsGood(order, code, settingsOf(env), Date.now())) {
      await clearCodeTries(records(env), order);
      return { order };
    }
  }
  return { code: locked ? "code_locked" : found.length ? "code_wrong" : "not_found" };
}
