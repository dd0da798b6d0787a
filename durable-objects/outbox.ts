// Events for D1, written in the same transaction as what they tell of, and drained in order. D1 may fail, stall, or commit and lose the
// reply: the rows stay until a batch was acknowledged, and applying one twice changes nothing.
import type { OutboxEvent } from "../contracts/events.ts";

/** Events per D1 batch: about 400 bytes each, far below the 1 MB of a bound value. */
const BATCH = 500;

/** D1's own stalls last 30 s and more; nobody waits for one that long. */
const TIMEOUT_MS = 5_000;

export class Outbox {
  readonly #storage: DurableObjectStorage;
  readonly #apply: (events: OutboxEvent[]) => Promise<void>;
  #failures = 0;
  #draining: Promise<void> | undefined;

  constructor(storage: DurableObjectStorage, apply: (events: OutboxEvent[]) => Promise<void>) {
    this.#storage = storage;
    this.#apply = apply;
  }

  /** Inside the caller's transaction. */
  add(event: OutboxEvent): void {
    this.#storage.sql.exec("INSERT INTO outbox (event) VALUES (?)", JSON.stringify(event));
  }

  get isEmpty(): boolean {
    return this.#storage.sql.exec("SELECT 1 FROM outbox LIMIT 1").toArray().length === 0;
  }

  /** Drains until empty or until a batch fails; callers at the same time share one drain. */
  drain(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** Milliseconds until the next try: none while things go well, then 0.5 s doubling to a minute. */
  get retryMs(): number {
    return this.#failures === 0 ? 0 : Math.min(60_000, 250 * 2 ** this.#failures);
  }

  async #drain(): Promise<void> {
    for (;;) {
      const rows = this.#storage.sql
        .exec<{ seq: number; event: string }>("SELECT seq, event FROM outbox ORDER BY seq LIMIT ?", BATCH)
        .toArray();
      const last = rows[rows.length - 1]?.seq;
      if (last === undefined) return;
      try {
        await withTimeout(this.#apply(rows.map(({ event }) => JSON.parse(event) as OutboxEvent)), TIMEOUT_MS);
      } catch (error) {
        this.#failures++;
        console.warn(JSON.stringify({ event: "outbox_failed", tries: this.#failures, error: String(error) }));
        return;
      }
      this.#failures = 0;
      this.#storage.transactionSync(() => this.#storage.sql.exec("DELETE FROM outbox WHERE seq <= ?", last));
    }
  }
}

/** Rejects when `work` takes longer; the work itself goes on and may still have happened. */
export async function withTimeout<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer ?? null);
  }
}
