// The shop's own shard, unchanged on the hot path, and what it has in its rows when a benchmark asks.
import { packRequest } from "../../contracts/shard.ts";
import { type Ports, portsOf } from "../../durable-objects/ports.ts";
import { ReservationShard as Deployed } from "../../durable-objects/reservation-shard.ts";

export type Stored = { entries: number; groups: number; rowsWritten: number };

const FILL_AT_ONCE = 2048;

/** Counts billed rows. Only flushes, withdrawals and the plan go through `sql.exec`, so a reservation does not notice. */
function counting(storage: DurableObjectStorage, count: (rows: number) => void): DurableObjectStorage {
  const sql = new Proxy(storage.sql, {
    get: (target, name) => {
      if (name !== "exec") return Reflect.get(target, name) as unknown;
      return (...args: [string, ...unknown[]]) => {
        const cursor = target.exec(...args);
        count(cursor.rowsWritten);
        return cursor;
      };
    },
  });
  return new Proxy(storage, {
    get: (target, name) => {
      if (name === "sql") return sql;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export class ReservationShard extends Deployed {
  readonly #ctx: DurableObjectState;
  readonly #counted: { rows: number };

  constructor(ctx: DurableObjectState, env: Env) {
    const counted = { rows: 0 };
    const ports: Ports = portsOf(ctx, env);
    super(ctx, env, { ...ports, storage: counting(ports.storage, (rows) => (counted.rows += rows)) });
    this.#ctx = ctx;
    this.#counted = counted;
  }

  /** Read from the rows themselves, not from the object's memory. */
  stored(): Stored {
    const { sql } = this.#ctx.storage;
    const row = sql
      .exec<{ bytes: number; groups: number }>("SELECT coalesce(sum(length(bodies)), 0) AS bytes, count(*) AS groups FROM groups")
      .one();
    return { entries: row.bytes / 46, groups: row.groups, rowsWritten: this.#counted.rows };
  }

  /** Takes `count` reservations of people made up here, by the shard's own rules. */
  async fill(count: number, pools: number): Promise<void> {
    const random = () => crypto.getRandomValues(new Uint8Array(32));
    for (let from = 0; from < count; from += FILL_AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(FILL_AT_ONCE, count - from) }, (_, at) =>
          this.reserve(
            packRequest({ pid: random(), pool: 1 + ((from + at) % pools), nonce: random(), tickets: 1, personReasons: [] }),
          ),
        ),
      );
    }
  }

  /** Ends the object as an eviction would: the next call wakes a new one. */
  sleep(): void {
    this.#ctx.abort("put to sleep");
  }

  /** All entry bodies, in order of place. */
  bodies(): Uint8Array {
    const rows = this.#ctx.storage.sql.exec<{ bodies: ArrayBuffer }>("SELECT bodies FROM groups ORDER BY first").toArray();
    const whole = new Uint8Array(rows.reduce((sum, { bodies }) => sum + bodies.byteLength, 0));
    let at = 0;
    for (const { bodies } of rows) {
      whole.set(new Uint8Array(bodies), at);
      at += bodies.byteLength;
    }
    return whole;
  }
}
