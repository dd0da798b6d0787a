// A member's orders, and what they show at the counter.
import { Hono } from "hono";
import { type CodeReply, type OrdersReply, type OrderView, type VoucherReply, voucherInput } from "../../contracts/orders.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { b64url, hex, unb64url, utf8 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { archiveBefore } from "../../domain/order/keep.ts";
import { orderTail } from "../../domain/order/order-id.ts";
import { mayCollect } from "../../domain/order/pickup.ts";
import { STEP_S, voucherText } from "../../domain/order/voucher.ts";
import { recordsOf } from "../../records/database.ts";
import { withIncidents } from "../../records/order-incidents.ts";
import { collectedOf, type OrderFacts, ordersOfMember, orderView } from "../../records/orders.ts";
import type { MemberApp } from "../edge/app-type.ts";
import { member } from "../edge/caller.ts";
import { body } from "../edge/input.ts";
import { ownOrder } from "../edge/order.ts";
import { codeOf, importDeviceKey, signVoucher } from "../edge/pickup-proof.ts";
import { ProblemError, problem } from "../edge/problem.ts";

const PRIVATE = { headers: { "Cache-Control": "no-store" } };

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** Throws the problem that would meet the order at the counter. */
function mustBeReady(row: OrderFacts): void {
  const code = mayCollect(row, row.store, Date.now() / 1000);
  if (code) throw new ProblemError(code, code === "already_collected" ? { collected: collectedOf(row) } : {});
}

export const orders = new Hono<MemberApp>()
  .get("/v1/orders", member, async (c) => {
    const list = await ordersOfMember(records(c.env), c.var.caller.sub);
    const orders = await withIncidents(records(c.env), list, Date.now() / 1000);
    return c.json({ orders, archivedBefore: archiveBefore(Date.now() / 1000) } satisfies OrdersReply, PRIVATE);
  })
  .get("/v1/orders/:order", member, async (c) => {
    const { row, archived } = await ownOrder(c.env, c.req.param("order"), c.var.caller.sub);
    if (archived) return c.json({ ...orderView(row), archived } satisfies OrderView, PRIVATE);
    const [view] = await withIncidents(records(c.env), [orderView(row)], Date.now() / 1000);
    return c.json(view satisfies OrderView | undefined, PRIVATE);
  })
  .post("/v1/orders/:order/voucher", member, async (c) => {
    const { device } = await body(c, voucherInput);
    const { row } = await ownOrder(c.env, c.req.param("order"), c.var.caller.sub);
    // The key must be the one that this device signed in with: a voucher for another phone would be a way to sell the place.
    const raw = unb64url(device);
    if (!raw || !(await importDeviceKey(device)) || b64url(sha256(raw)) !== c.var.caller.device) return problem("voucher_invalid");
    mustBeReady(row);
    const settings = settingsOf(c.env);
    const voucher = voucherText({
      v: 1,
      type: "voucher",
      kid: settings.OPERATOR_SECRETS[0].kid,
      order: row.order,
      store: row.store,
      device,
      exp: row.pickupUntil,
    });
    const reply: VoucherReply = { voucher, sig: hex(signVoucher(settings, utf8(voucher))), stepS: STEP_S };
    return c.json(reply, PRIVATE);
  })
  .post("/v1/orders/:order/code", member, async (c) => {
    const { row } = await ownOrder(c.env, c.req.param("order"), c.var.caller.sub);
    mustBeReady(row);
    const reply: CodeReply = { ...(await codeOf(row.order, settingsOf(c.env), Date.now())), tail: orderTail(row.order) };
    return c.json(reply, PRIVATE);
  });
