// The counter: vouchers, codes, deliveries.
import type { Problem } from "./problem.ts";

export const PICKUP = {
  not_paid: { status: 409, title: "Not paid", explanation: "The order is not paid, so there is nothing to hand over." },
  not_ready: { status: 409, title: "Not ready", explanation: "The store has not received the unit yet." },
  already_collected: {
    status: 409,
    title: "Collected already",
    explanation: "The order was handed over; the reply says when and where. Nothing was changed.",
  },
  pickup_expired: {
    status: 410,
    title: "The pickup time is over",
    explanation: "The order was not collected in its window; the payment is refunded.",
  },
  voucher_invalid: {
    status: 409,
    title: "Not a valid voucher",
    explanation: "The voucher is not signed by this shop, not for this store, or not shown by the device that it was issued to.",
  },
  voucher_stale: {
    status: 409,
    title: "The code has rotated",
    explanation: "The QR code is older than a minute, as a photograph of one would be. Ask for the live code.",
  },
  code_wrong: {
    status: 409,
    title: "Wrong code",
    explanation: "The 8 digits do not belong to this order now. Five wrong tries lock the code; the QR code still works.",
  },
  code_locked: {
    status: 409,
    title: "The code is locked",
    explanation: "Too many wrong codes were tried for this order. Use the QR code.",
  },
  serial_used: {
    status: 409,
    title: "Serial used before",
    explanation: "This item serial was recorded at another hand-over of the same SKU. Nothing was handed over.",
  },
  delivery_differs: {
    status: 409,
    title: "Another delivery under this id",
    explanation: "A delivery with this id was recorded with other contents.",
  },
} as const satisfies Record<string, Problem>;
