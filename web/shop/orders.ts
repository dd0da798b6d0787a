// The member's orders: read on sign-in, then every few seconds only while one is open.
import { computed, signal } from "@preact/signals";
import type { OrderState, OrderView } from "../../contracts/orders.ts";
import { account } from "../shared/account.ts";
import { call, type Failure } from "../shared/api.ts";
import { type Kept, kept } from "./kept.ts";

export const orders = signal<OrderView[]>([]);
/** Whether the list was read since signing in. */
export const ordersKnown = signal(false);
export const ordersFailed = signal<Failure | undefined>(undefined);

const OPEN: OrderState[] = ["accepted", "paid", "ready"];

export const isOpen = ({ state }: OrderView): boolean => OPEN.includes(state);
/** An order that was accepted reaches the list a moment later: until then it counts as open. */
const unwritten = ({ order, award }: Kept): boolean =>
  award === "accepted" && order !== undefined && !orders.value.some((known) => known.order === order);
export const anyOpen = computed(() => orders.value.some(isOpen) || kept.value.some(unwritten));

export async function loadOrders(): Promise<void> {
  if (!account.value) return;
  const outcome = await call<{ orders: OrderView[] }>("/v1/orders");
  if (!outcome.ok) {
    ordersFailed.value = outcome.refusal;
    return;
  }
  ordersFailed.value = undefined;
  ordersKnown.value = true;
  // An order that was accepted a moment ago may not stand in the list yet: it stays until the list has it.
  const listed = new Set(outcome.value.orders.map(({ order }) => order));
  orders.value = [...outcome.value.orders, ...orders.value.filter(({ order }) => !listed.has(order))];
}

export async function loadOrder(order: string): Promise<void> {
  const outcome = await call<OrderView>(`/v1/orders/${encodeURIComponent(order)}`);
  if (outcome.ok) putOrder(outcome.value);
}

export function putOrder(changed: OrderView): void {
  orders.value = [changed, ...orders.value.filter(({ order }) => order !== changed.order)];
}

export const orderFor = (entry: Pick<Kept, "session" | "pool" | "order">): OrderView | undefined =>
  orders.value.find(({ order, session, pool }) =>
    entry.order ? order === entry.order : session === entry.session && pool === entry.pool,
  );
