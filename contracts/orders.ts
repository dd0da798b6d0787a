// Orders: payment marked by a store or operator, delivery to the store, voucher, hand-over.
import * as v from "valibot";
import { base64url, currency, orderId, pageLimit, sessionId, skuId, storeId, u32, unixSeconds } from "./basics.ts";
import { orderIncident } from "./incidents.ts";

/** Until `paid` the award object decides; from then on D1 does, and never back. */
export const ORDER_STATES = ["accepted", "paid", "ready", "collected", "lapsed", "refunded"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** GET /v1/orders, /v1/orders/{order}, /v1/stores/{store}/orders. Instants are Unix seconds. */
export const orderView = v.object({
  order: orderId,
  state: v.picklist(ORDER_STATES),
  session: sessionId,
  pool: u32,
  sku: skuId,
  store: storeId,
  rank: u32,
  amountMinor: v.pipe(v.number(), v.integer()),
  currency,
  payBy: unixSeconds,
  pickupUntil: unixSeconds,
  paidAt: v.exactOptional(unixSeconds),
  collected: v.exactOptional(v.object({ at: unixSeconds, store: storeId, serial: v.exactOptional(v.string()) })),
  /** The store cannot hand over all it owes, or could not: this order is, or was, one that had to choose. */
  incident: v.exactOptional(orderIncident),
  /** The order has left the database: it stands in no list, and nothing changes in it any more. */
  archived: v.exactOptional(v.literal(true)),
});
export type OrderView = v.InferOutput<typeof orderView>;

/** GET /v1/orders and /v1/stores/{store}/orders. Orders whose session's pickups ended before `archivedBefore` are found by their id only. */
export const ordersReply = v.object({ orders: v.array(orderView), archivedBefore: unixSeconds });
export type OrdersReply = v.InferOutput<typeof ordersReply>;

/** GET /v1/admin/orders/{order}: what its member sees, and whose it is, which award it came from, who handed it over. Ids only. */
export const orderDesk = v.object({
  ...orderView.entries,
  /** The member's id as their token's `sub` says it. */
  member: v.string(),
  /** The wave that awarded the unit, and when it began; pool and rank say which of its awards. Absent until D1 has heard of the wave. */
  award: v.exactOptional(v.object({ wave: u32, at: unixSeconds })),
  /** `by` is the store's device: the `sub` of its token. */
  collected: v.exactOptional(v.object({ ...orderView.entries.collected.wrapped.entries, by: v.string() })),
});
export type OrderDesk = v.InferOutput<typeof orderDesk>;

export const ORDERS_MAX = 500;

/** GET /v1/admin/orders: those that fit all that is said. The `after` of a page is the `next` of the one before, with the same other words. */
export const ordersQuery = v.strictObject({
  session: v.exactOptional(sessionId),
  store: v.exactOptional(storeId),
  sku: v.exactOptional(skuId),
  state: v.exactOptional(v.picklist(ORDER_STATES)),
  member: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  after: v.exactOptional(orderId),
  limit: pageLimit(ORDERS_MAX),
});
export type OrdersQuery = v.InferOutput<typeof ordersQuery>;

/** There is more as long as there is a `next`, whatever is on the page. */
export const ordersPage = v.object({
  orders: v.array(orderDesk),
  next: v.exactOptional(orderId),
  archivedBefore: unixSeconds,
});
export type OrdersPage = v.InferOutput<typeof ordersPage>;

/** POST /v1/stores/{store}/payments and /v1/admin/payments: the offline provider. */
export const paymentInput = v.strictObject({ order: orderId });

/** POST /v1/stores/{store}/deliveries: units that arrived. The same id again changes nothing. */
export const deliveryInput = v.strictObject({
  delivery: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, _ or -")),
  session: sessionId,
  sku: skuId,
  units: v.pipe(u32, v.minValue(1)),
});
export type DeliveryInput = v.InferOutput<typeof deliveryInput>;
export const deliveryReply = v.object({ delivery: v.string(), received: u32, ready: u32 });
export type DeliveryReply = v.InferOutput<typeof deliveryReply>;

/** POST /v1/orders/{order}/voucher. `device` is the raw P-256 public key (65 bytes) whose thumbprint the token names. */
export const voucherInput = v.strictObject({ device: base64url(88) });
export const voucherReply = v.object({ voucher: v.string(), sig: v.string(), stepS: u32 });
export type VoucherReply = v.InferOutput<typeof voucherReply>;

/** POST /v1/orders/{order}/code. */
export const codeReply = v.object({ code: v.string(), tail: v.string(), validUntil: v.number() });
export type CodeReply = v.InferOutput<typeof codeReply>;

const serial = v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/, "1 to 64 visible ASCII characters"));

/** POST /v1/stores/{store}/pickups: the scanned QR text, or the order's tail with the 8 digits. */
export const pickupInput = v.union([
  v.strictObject({ qr: v.pipe(v.string(), v.minLength(16), v.maxLength(2048)), serial: v.optional(serial) }),
  v.strictObject({
    tail: v.pipe(v.string(), v.regex(/^[0-9a-z]{6}$/, "the last 6 characters of the order")),
    code: v.pipe(v.string(), v.regex(/^[0-9]{8}$/, "8 digits")),
    serial: v.optional(serial),
  }),
]);
export type PickupInput = v.InferOutput<typeof pickupInput>;
export const pickupReply = v.object({ order: orderView });
export type PickupReply = v.InferOutput<typeof pickupReply>;
