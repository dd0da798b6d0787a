// Row P12: the same orders into the same D1, once through an outbox as the shop drains it, once by one Drizzle insert per row.
import { DurableObject } from "cloudflare:workers";
import type { OrderEvent } from "../../contracts/events.ts";
import { hex, u32 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { BookStore } from "../../durable-objects/book/store.ts";
import { Outbox } from "../../durable-objects/outbox.ts";
import { portsOf } from "../../durable-objects/ports.ts";
import { apply } from "../../records/apply.ts";
import { type Records, recordsOf } from "../../records/database.ts";
import { orders } from "../../records/schema.ts";

/** The brands under which the two sides store: the rest of a row is the same on both. */
export const OURS = "bench-outbox";
export const THEIRS = "bench-drizzle";

const POOLS = 400;
/** Orders of one session. */
const SESSION = 2_000;

/** Order number `at` of the run: the same on both sides, in the order in which people accept and in no order of any key. */
function eventOf(at: number): OrderEvent {
  const random = sha256(u32(at)).slice(0, 16);
  const pool = 1 + ((Math.imul(at, 0x9e3779b1) >>> 0) % POOLS);
  const session = `daily-2026-${1_000 + Math.floor(at / SESSION)}`;
  return {
    v: 1,
    type: "order",
    order: orderIdOf(session, pool, random),
    version: 2,
    state: "accepted",
    session,
    pool,
    rank: Math.floor((at % SESSION) / POOLS),
    sku: `tiger-500-${pool % 4}`,
    store: `cn-guiyang-${String(pool >> 2).padStart(4, "0")}`,
    member: `m-${hex(random).slice(0, 24)}`,
    amountMinor: 149_900,
    currency: "CNY",
    payBy: 1_795_500_000,
    pickupUntil: 1_796_000_000,
    paidAt: null,
  };
}

export class OutboxBench extends DurableObject<Env> {
  readonly #outbox: Outbox;
  readonly #storage: DurableObjectStorage;
  readonly #theirs: Records;
  #sizes: number[] = [];

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const ours = recordsOf(env.DB, OURS);
    this.#storage = ctx.storage;
    this.#theirs = recordsOf(env.DB, THEIRS);
    this.#outbox = new Outbox(portsOf(ctx, env), (events) => {
      this.#sizes.push(events.length);
      return apply(ours, events);
    });
    const book = new BookStore(ctx.storage);
    if (!book.plan()) book.begin({ session: "s", manifest: "", shards: 1, market: "CN", pools: [], prices: {} });
  }

  /** What a step of an award does, without the award. */
  fill(from: number, count: number): void {
    this.#storage.transactionSync(() => {
      for (let at = from; at < from + count; at++) this.#outbox.add(eventOf(at));
    });
  }

  /** Sizes of the batches that it took. */
  async drain(): Promise<number[]> {
    this.#sizes = [];
    while (!this.#outbox.isEmpty) await this.#outbox.drain();
    return this.#sizes;
  }

  async insertEach(from: number, count: number): Promise<void> {
    const { brand, db } = this.#theirs;
    for (let at = from; at < from + count; at++) {
      const { v: _, type: __, ...event } = eventOf(at);
      await db.insert(orders).values({ brand, ...event });
    }
  }
}
