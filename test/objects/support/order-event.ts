// What an award book tells of an order, as tests of the feed and of webhooks need it.
import type { OrderEvent } from "../../../contracts/events.ts";
import { orderIdOf } from "../../../domain/order/order-id.ts";

/** Order number so and so of a session's first pool. */
export const orderId = (session: string, number: number): string => orderIdOf(session, 1, new Uint8Array(16).fill(number));

export const orderEvent = (session: string, number: number, version: number, state: OrderEvent["state"]): OrderEvent => ({
  v: 1,
  type: "order",
  order: orderId(session, number),
  version,
  state,
  session,
  pool: 1,
  rank: number,
  sku: "wine",
  store: "north",
  member: "m-1",
  amountMinor: 100,
  currency: "CNY",
  payBy: 100,
  pickupUntil: 1000,
  paidAt: state === "paid" ? 50 : null,
});
