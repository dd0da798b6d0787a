// What the desk knows and does: the store's orders, payments, deliveries and hand-overs.
import { computed, signal } from "@preact/signals";
import type { Product } from "../../contracts/catalog.ts";
import type { DeliveryInput, DeliveryReply, OrderView, PickupInput, PickupReply } from "../../contracts/orders.ts";
import type { SessionLine } from "../../contracts/sessions.ts";
import type { Store } from "../../contracts/stores.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { account } from "../shared/account.ts";
import { call, type Failure } from "../shared/api.ts";
import { readCatalog } from "../shared/catalog.ts";
import { inLang } from "../shared/lang.ts";
import { formName } from "../shared/options.ts";
import { readKept, writeKept } from "../shared/storage.ts";

export const orders = signal<OrderView[] | undefined>(undefined);
export const failure = signal<Failure | undefined>(undefined);
export const sessions = signal<SessionLine[]>([]);
export const stores = signal<Store[]>([]);
const products = signal<Product[]>([]);

const skus = computed(() => new Map(products.value.flatMap((product) => product.skus.map((sku) => [sku.sku, product] as const))));

export const storeId = (): string => account.value?.claims.store ?? "";
export const skuName = (sku: string): string => {
  const known = skus.value.get(sku);
  return known ? formName(known, sku) : sku;
};
export const storeName = (store: string): string => {
  const known = stores.value.find((one) => one.store === store);
  return known ? inLang(known.name) : store;
};

const at = (resource: string): string => `/v1/stores/${encodeURIComponent(storeId())}/${resource}`;

export async function loadStores(): Promise<void> {
  const outcome = await call<{ stores: Store[] }>("/v1/stores");
  if (outcome.ok) stores.value = outcome.value.stores;
}

export async function loadNames(): Promise<void> {
  const [catalog, lines] = await Promise.all([readCatalog(), call<{ sessions: SessionLine[] }>("/v1/sessions")]);
  if (catalog.ok) products.value = catalog.value.products;
  if (lines.ok) sessions.value = lines.value.sessions;
}

export async function loadOrders(): Promise<void> {
  if (!account.value) return;
  const outcome = await call<{ orders: OrderView[] }>(at("orders"));
  failure.value = outcome.ok ? undefined : outcome.refusal;
  if (outcome.ok) orders.value = outcome.value.orders;
}

const put = (changed: OrderView): void => {
  orders.value = [changed, ...(orders.value ?? []).filter(({ order }) => order !== changed.order)];
};

export async function markPaid(order: string): Promise<Failure | undefined> {
  const outcome = await call<OrderView>(at("payments"), { json: { order } });
  if (!outcome.ok) return outcome.refusal;
  put(outcome.value);
  return undefined;
}

type Delivery = Omit<DeliveryInput, "delivery">;

/** The id is kept until the reply came: a delivery that was sent twice is counted once. */
export async function deliver(delivery: Delivery): Promise<Outcome<DeliveryReply, Failure>> {
  const key = `delivery/${storeId()}`;
  const contents = JSON.stringify(delivery);
  const pending = readKept<{ id: string; contents: string }>(key);
  const id = pending?.contents === contents ? pending.id : freshId();
  writeKept(key, { id, contents });
  const outcome = await call<DeliveryReply>(at("deliveries"), { json: { delivery: id, ...delivery } satisfies DeliveryInput });
  if (outcome.ok || outcome.refusal.kind === "problem") writeKept(key, undefined);
  if (outcome.ok) await loadOrders();
  return outcome;
}

const freshId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export async function handOver(input: PickupInput): Promise<Outcome<OrderView, Failure>> {
  const outcome = await call<PickupReply>(at("pickups"), { json: input });
  if (!outcome.ok) return outcome;
  put(outcome.value.order);
  return ok(outcome.value.order);
}

/** What a second scan's refusal says about the first hand-over. */
export function collectedIn(refusal: Failure): { at: number; store: string; serial?: string } | undefined {
  const collected = refusal.kind === "problem" ? refusal.body.collected : undefined;
  return collected && typeof collected === "object" ? (collected as { at: number; store: string; serial?: string }) : undefined;
}
