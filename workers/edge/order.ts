// One order, wherever it lies: in D1, or in the archive once its session is long over.

import { mayCollect, type PickupRefusal } from "../../domain/order/pickup.ts";
import { collectedOf, findOrder, type OrderFacts } from "../../records/orders.ts";
import type { Collected } from "../../records/pickups.ts";
import { archiveOf, findArchivedOrder } from "../archive.ts";
import { ProblemError } from "./problem.ts";

/** `archived` tells where it was found. */
export async function findOrderAnywhere(env: Env, order: string): Promise<{ row: OrderFacts; archived: boolean } | undefined> {
  const archive = archiveOf(env);
  const row = await findOrder(archive.records, order);
  if (row) return { row, archived: false };
  const line = await findArchivedOrder(archive, order);
  return line && { row: line, archived: true };
}

/** Throws a ProblemError `not_found` for an order that is not this member's. */
export async function ownOrder(env: Env, order: string, member: string): Promise<{ row: OrderFacts; archived: boolean }> {
  const found = await findOrderAnywhere(env, order);
  if (found?.row.member !== member) throw new ProblemError("not_found");
  return found;
}

/** Why an archived order cannot be handed over at this store; undefined where the archive has none of this id. */
export async function archivedRefusal(
  env: Env,
  order: string,
  store: string,
  now: number,
): Promise<{ code: PickupRefusal; collected?: Collected } | undefined> {
  const line = await findArchivedOrder(archiveOf(env), order);
  const code = line && mayCollect(line, store, now);
  return code && { code, ...(code === "already_collected" ? { collected: collectedOf(line) } : {}) };
}
