// The member's orders, kept on the device: read on sign-in, then every few seconds only while one is open.
import { signal } from "@preact/signals";
import type { ChoiceInput, SpareReply } from "../../contracts/incidents.ts";
import type { OrderState, OrderView } from "../../contracts/orders.ts";
import type { Outcome } from "../../domain/outcome.ts";
import { account } from "../shared/account.ts";
import { call, type Failure } from "../shared/api.ts";
import { readKept, writeKept } from "../shared/storage.ts";
import { type Kept, kept } from "./kept.ts";

export const orders = signal<OrderView[]>([]);
/** Whether the list was read since signing in. */
export const ordersKnown = signal(false);
export const ordersFailed = signal<Failure | undefined>(undefined);

let owner: string | undefined;
const key = (): string => `orders/${owner ?? ""}`;

/** What the device last knew of this member's orders. */
export function openOrders(sub: string | undefined): void {
  owner = sub;
  orders.value = sub === undefined ? [] : (readKept<OrderView[]>(key()) ?? []);
  ordersKnown.value = false;
}

function set(list: OrderView[]): void {
  orders.value = list;
  if (owner !== undefined) writeKept(key(), list);
}

const OPEN: OrderState[] = ["accepted", "paid", "ready"];

export const isOpen = ({ state }: OrderView): boolean => OPEN.includes(state);
/** An order that was accepted reaches the list a moment later: until then it counts as open. */
const unwritten = ({ order, award }: Kept): boolean =>
  award === "accepted" && order !== undefined && !orders.value.some((known) => known.order === order);

/** Seconds between two looks at the orders, of one session or of all; undefined while none can change. `hasty`: a session for trying out. */
export function ordersEveryS(only: string | undefined, hasty: boolean): number | undefined {
  const counts = ({ session }: { session: string }) => only === undefined || session === only;
  const open = orders.value.filter((order) => counts(order) && isOpen(order));
  if (open.some(({ state }) => state !== "paid") || kept.value.some((entry) => counts(entry) && unwritten(entry))) return 5;
  // Paid: the store records the delivery, hours or days later.
  return open.length > 0 ? (hasty ? 5 : 60) : undefined;
}

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
  set([...outcome.value.orders, ...orders.value.filter(({ order }) => !listed.has(order))]);
}

export async function loadOrder(order: string): Promise<void> {
  const outcome = await call<OrderView>(`/v1/orders/${encodeURIComponent(order)}`);
  if (outcome.ok) putOrder(outcome.value);
}

/** Where an order could go whose store has no unit for it. */
export const spareStores = (order: string): Promise<Outcome<SpareReply, Failure>> =>
  call<SpareReply>(`/v1/orders/${encodeURIComponent(order)}/stores`);

/** What the member chooses; the order as it is then is kept. A choice that is no longer open brings the order up to date. */
export async function chooseFor(order: string, json: ChoiceInput): Promise<Failure | undefined> {
  const outcome = await call<OrderView>(`/v1/orders/${encodeURIComponent(order)}/choice`, { json });
  if (outcome.ok) putOrder(outcome.value);
  else if (outcome.refusal.kind === "problem") await loadOrder(order);
  return outcome.ok ? undefined : outcome.refusal;
}

export function putOrder(changed: OrderView): void {
  set([changed, ...orders.value.filter(({ order }) => order !== changed.order)]);
}

export const orderFor = (entry: Pick<Kept, "session" | "pool" | "order">): OrderView | undefined =>
  orders.value.find(({ order, session, pool }) =>
    entry.order ? order === entry.order : session === entry.session && pool === entry.pool,
  );
