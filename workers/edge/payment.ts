// The offline payment provider: a store or an operator says that the money is there. The award book decides whether it was in time.
import type { OrderView } from "../../contracts/orders.ts";
import { readOrderId } from "../../domain/order/order-id.ts";
import { factsOf } from "./facts.ts";
import { ProblemError } from "./problem.ts";
import { bookOfPool } from "./reach.ts";

/** Marks an order paid. `store` limits it to that store's orders. Throws a ProblemError on a refusal. */
export async function markPaid(env: Env, order: string, store?: string): Promise<OrderView> {
  const { session, pool: number } = readOrderId(order);
  const facts = await factsOf(env, session);
  const pool = facts.pools.get(number);
  if (!pool || (store !== undefined && pool.store !== store)) throw new ProblemError("not_found");
  const outcome = await bookOfPool(env, facts, number).step({ step: "pay", pool: number, order });
  if (!outcome.ok) throw new ProblemError(outcome.refusal.code);
  const { rank, payBy, pickupUntil } = outcome.value;
  const price = facts.rules.prices[pool.sku] as { currency: string; amountMinor: number };
  return { order, state: "paid", session, pool: number, sku: pool.sku, store: pool.store, rank, ...price, payBy, pickupUntil };
}
