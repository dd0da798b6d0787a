// The rows of an award book.

import type { OrderEvent } from "../../contracts/events.ts";
import type { Bytes } from "../../domain/bytes.ts";
import type { AwardState } from "../../domain/draw/award.ts";
import { HASH } from "../../domain/merkle.ts";
import first from "../../migrations/award-book/0001_first.sql";
import outboxTries from "../../migrations/award-book/0002_outbox.sql";
import type { Outbox } from "../outbox.ts";
import { hasSchema, migrate } from "../schema.ts";
import type { BookPlan } from "./messages.ts";

const STEPS = [first, outboxTries];

export type PoolRow = { pool: number; sku: string; store: string; stock: number; awarded: number; ranks: Bytes };
export type AwardRecord = {
  pool: number;
  rank: number;
  lh: Bytes;
  wave: number;
  state: AwardState;
  version: number;
  order: string | null;
  member: string | null;
  paidAt: number | null;
};
type Raw = Omit<AwardRecord, "lh"> & { lh: ArrayBuffer };

const AWARD = 'SELECT pool, rank, lh, wave, state, version, order_id AS "order", member, paid_at AS paidAt FROM awards';

export class BookStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  plan(): BookPlan | undefined {
    if (!hasSchema(this.#storage)) return undefined;
    const [row] = this.#storage.sql.exec<{ plan: string }>("SELECT plan FROM book").toArray();
    return row && (JSON.parse(row.plan) as BookPlan);
  }

  begin(plan: BookPlan): void {
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      this.#storage.sql.exec("INSERT INTO book (id, plan) VALUES (1, ?)", JSON.stringify(plan));
    });
  }

  /** Keeps the rankings; pools that have one keep it. */
  keepRanks(pools: Omit<PoolRow, "awarded">[]): void {
    this.#storage.transactionSync(() => {
      for (const { pool, sku, store, stock, ranks } of pools) {
        this.#storage.sql.exec(
          "INSERT INTO pools (pool, sku, store, stock, awarded, ranks) VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
          pool,
          sku,
          store,
          stock,
          ranks,
        );
      }
    });
  }

  pools(): PoolRow[] {
    return this.#storage.sql
      .exec<Omit<PoolRow, "ranks"> & { ranks: ArrayBuffer }>(
        "SELECT pool, sku, store, stock, awarded, ranks FROM pools ORDER BY pool",
      )
      .toArray()
      .map((row) => ({ ...row, ranks: new Uint8Array(row.ranks) }));
  }

  pool(pool: number): { sku: string; store: string } | undefined {
    return this.#storage.sql.exec<{ sku: string; store: string }>("SELECT sku, store FROM pools WHERE pool = ?", pool).toArray()[0];
  }

  wave(no: number): { payBy: number; pickupUntil: number } | undefined {
    const query = "SELECT pay_by AS payBy, pickup_until AS pickupUntil FROM waves WHERE no = ?";
    return this.#storage.sql.exec<{ payBy: number; pickupUntil: number }>(query, no).toArray()[0];
  }

  awardedIn(no: number): AwardRecord[] {
    return this.#awards(`${AWARD} WHERE wave = ? ORDER BY pool, rank`, no);
  }

  lapsedIn(no: number): { pool: number; rank: number; cause: number }[] {
    return this.#storage.sql
      .exec<{ pool: number; rank: number; cause: number }>(
        "SELECT pool, rank, cause FROM awards WHERE lapsed_in = ? ORDER BY pool, rank",
        no,
      )
      .toArray();
  }

  /** Awards that are not paid and have not lapsed. */
  unsettled(): AwardRecord[] {
    return this.#awards(`${AWARD} WHERE state IN ('offered', 'accepted', 'declined') ORDER BY pool, rank`);
  }

  awardOf(pool: number, lh: Bytes): AwardRecord | undefined {
    return this.#awards(`${AWARD} WHERE pool = ? AND lh = ?`, pool, lh)[0];
  }

  awardOfOrder(pool: number, order: string): AwardRecord | undefined {
    return this.#awards(`${AWARD} WHERE pool = ? AND order_id = ?`, pool, order)[0];
  }

  paidCount(): number {
    return this.#storage.sql.exec<{ paid: number }>("SELECT count(*) AS paid FROM awards WHERE state = 'paid'").one().paid;
  }

  /** One step of one award with what D1 must hear of it. */
  step(award: AwardRecord, outbox: Outbox, event: OrderEvent | undefined): void {
    this.#storage.transactionSync(() => this.#write(award, outbox, event));
  }

  /** One wave: lapses, then new awards, in one transaction. */
  wavePassed(
    no: number,
    times: { payBy: number; pickupUntil: number },
    lapses: { award: AwardRecord; cause: number; event: OrderEvent | undefined }[],
    awards: { pool: PoolRow; rank: number }[],
    outbox: Outbox,
  ): void {
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("INSERT INTO waves (no, pay_by, pickup_until) VALUES (?, ?, ?)", no, times.payBy, times.pickupUntil);
      for (const { award, cause, event } of lapses) {
        this.#write(award, outbox, event);
        this.#storage.sql.exec(
          "UPDATE awards SET lapsed_in = ?, cause = ? WHERE pool = ? AND rank = ?",
          no,
          cause,
          award.pool,
          award.rank,
        );
      }
      for (const { pool, rank } of awards) {
        this.#storage.sql.exec(
          "INSERT INTO awards (pool, rank, lh, wave, state, version) VALUES (?, ?, ?, ?, 'offered', 1)",
          pool.pool,
          rank,
          pool.ranks.slice(rank * HASH, (rank + 1) * HASH),
          no,
        );
        this.#storage.sql.exec("UPDATE pools SET awarded = ? WHERE pool = ?", rank + 1, pool.pool);
      }
    });
  }

  #write({ pool, rank, state, version, order, member, paidAt }: AwardRecord, outbox: Outbox, event: OrderEvent | undefined): void {
    this.#storage.sql.exec(
      "UPDATE awards SET state = ?, version = ?, order_id = ?, member = ?, paid_at = ? WHERE pool = ? AND rank = ?",
      state,
      version,
      order,
      member,
      paidAt,
      pool,
      rank,
    );
    if (event) outbox.add(event);
  }

  #awards(query: string, ...bindings: unknown[]): AwardRecord[] {
    return this.#storage.sql
      .exec<Raw>(query, ...bindings)
      .toArray()
      .map((row) => ({ ...row, lh: new Uint8Array(row.lh) }));
  }
}
