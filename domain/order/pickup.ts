// May this order be handed over at this store, now? Names the refusal of a conditional write that changed nothing.

export type PickupOrder = { state: string; store: string; pickupUntil: number };

export type PickupRefusal = "not_found" | "already_collected" | "not_paid" | "pickup_expired" | "not_ready";

/** Refusals in the order checked; undefined when the hand-over may happen. `now` in Unix seconds. */
export function mayCollect(order: PickupOrder | undefined, store: string, now: number): PickupRefusal | undefined {
  if (!order || order.store !== store) return "not_found";
  if (order.state === "collected") return "already_collected";
  if (order.state === "accepted" || order.state === "lapsed") return "not_paid";
  if (order.state === "refunded" || now >= order.pickupUntil) return "pickup_expired";
  return order.state === "ready" ? undefined : "not_ready";
}
