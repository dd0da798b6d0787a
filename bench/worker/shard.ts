// The shop's own shard, unchanged on the hot path, and what it has in its rows when a benchmark asks.
import { packRequest } from "../../contracts/shard.ts";
import { ENTRY_BODY, entryBody } from "../../domain/draw/entry.ts";
import { GROUP_MAX } from "../../domain/draw/receipt.ts";
import { HASH } from "../../domain/merkle.ts";
import { type Ports, portsOf } from "../../durable-objects/ports.ts";
import { ReservationShard as Deployed } from "../../durable-objects/reservation-shard.ts";
import { SECRET } from "../../durable-objects/shard/store.ts";
import { Held, holding } from "./held.ts";

export type Stored = { entries: number; groups: number; rowsWritten: number };

const FILL_AT_ONCE = 2048;

/** Groups poured in one transaction: 4 MB. */
const POUR_AT_ONCE = 128;

/** What a place takes in the shard's memory (domain/draw/places.ts), and its leaf, which is kept once the shard is fixed. */
const PLACE = 93 + HASH;

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
  readonly #held: Held;

  constructor(ctx: DurableObjectState, env: Env) {
    const counted = { rows: 0 };
    const held = new Held(ctx.id.name ?? "shard");
    const ports: Ports = holding(portsOf(ctx, env), held);
    super(ctx, env, { ...ports, storage: counting(ports.storage, (rows) => (counted.rows += rows)) });
    this.#ctx = ctx;
    this.#counted = counted;
    this.#held = held;
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

  /**
   * Writes the rows of `count` reservations of the second `s`, as groups of the largest size would have. Who they are is chance: nobody
   * ever asks for them. The object has to sleep before it knows of them.
   */
  pour(count: number, pools: number, s: number): void {
    const { storage } = this.#ctx;
    for (let from = 0; from < count; from += POUR_AT_ONCE * GROUP_MAX) {
      storage.transactionSync(() => {
        for (let first = from; first < Math.min(count, from + POUR_AT_ONCE * GROUP_MAX); first += GROUP_MAX) {
          const size = Math.min(GROUP_MAX, count - first);
          const bodies = crypto.getRandomValues(new Uint8Array(size * ENTRY_BODY));
          for (let at = 0; at < size; at++) {
            const body = bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY);
            body.set(entryBody({ tickets: 1, s, eid: body.slice(9, 41), pool: 1 + ((first + at) % pools) }));
          }
          const secrets = crypto.getRandomValues(new Uint8Array(size * SECRET));
          storage.sql.exec("INSERT INTO groups (first, s, bodies, secrets) VALUES (?, ?, ?, ?)", first, s, bodies, secrets);
        }
      });
    }
  }

  override fix(): ReturnType<Deployed["fix"]> {
    return this.#working(() => super.fix());
  }

  override publish(): ReturnType<Deployed["publish"]> {
    return this.#working(() => super.publish());
  }

  /** Beside what it keeps, all bodies once more: they are read for every one of these calls. */
  #working<Value>(work: () => Promise<Value>): Promise<Value> {
    const { entries } = this.stored();
    return this.#held.during(() => {
      this.#held.add(entries * ENTRY_BODY, entries * PLACE);
      return work();
    }, entries * PLACE);
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
