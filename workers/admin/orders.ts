// Orders at the operator's desk: one by its id, wherever it lies, or pages of those that are still in D1.
import { Hono } from "hono";
import { type OrderDesk, type OrdersPage, ordersQuery } from "../../contracts/orders.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { archiveBefore } from "../../domain/order/keep.ts";
import { recordsOf } from "../../records/database.ts";
import { ordersAtDesk, pageOfOrders } from "../../records/order-desk.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { query } from "../edge/input.ts";
import { findOrderAnywhere } from "../edge/order.ts";
import { problem } from "../edge/problem.ts";

const PRIVATE = { "Cache-Control": "no-store" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

export const adminOrders = new Hono<CallerApp>()
  .get("/v1/admin/orders", operator, async (c) => {
    const now = Date.now() / 1000;
    const { rows, next } = await pageOfOrders(records(c.env), query(c, ordersQuery));
    const orders = await ordersAtDesk(records(c.env), rows, now);
    const page: OrdersPage = { orders, ...(next === undefined ? {} : { next }), archivedBefore: archiveBefore(now) };
    return c.json(page, 200, PRIVATE);
  })
  .get("/v1/admin/orders/:order", operator, async (c) => {
    const found = await findOrderAnywhere(c.env, c.req.param("order"));
    if (!found) return problem("not_found");
    const [desk] = await ordersAtDesk(records(c.env), [found.row], Date.now() / 1000);
    const order = { ...(desk as OrderDesk), ...(found.archived ? { archived: found.archived } : {}) } satisfies OrderDesk;
    return c.json(order, 200, PRIVATE);
  });
