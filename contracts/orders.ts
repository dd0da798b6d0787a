// Orders: payment marked by a store or operator, delivery to the store, voucher, hand-over.
import * as v from "valibot";
import { base64url, orderId, sessionId, skuId, u32 } from "./basics.ts";

/** Until `paid` the award object decides; from then on D1 does, and never back. */
export const ORDER_STATES = ["accepted", "paid", "ready", "collected", "lapsed", "refunded"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** GET /v1/orders, /v1/orders/{order}, /v1/stores/{store}/orders. Instants are Unix seconds. */
export type OrderView = {
  order: string;
  state: OrderState;
  session: string;
  pool: number;
  sku: string;
  store: string;
  rank: number;
  amountMinor: number;
  currency: string;
  payBy: number;
  pickupUntil: number;
  paidAt?: number;
  collected?: { at: number; store: string; serial?: string };
  /** The order has left the database: it stands in no list, and nothing changes in it any more. */
  archived?: true;
};

/** GET /v1/orders and /v1/stores/{store}/orders. Orders whose session's pickups ended before `archivedBefore` are found by their id only. */
export type OrdersReply = { orders: OrderView[]; archivedBefore: number };

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
export type DeliveryReply = { delivery: string; received: number; ready: number };

/** POST /v1/orders/{order}/voucher. `device` is the raw P-256 public key (65 bytes) whose thumbprint the token names. */
export const voucherInput = v.strictObject({ device: base64url(88) });
export type VoucherReply = { voucher: string; sig: string; stepS: number };

/** POST /v1/orders/{order}/code. */
export type CodeReply = { code: string; tail: string; validUntil: number };

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
export type PickupReply = { order: OrderView };
