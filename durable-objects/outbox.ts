// Events for D1, written in the same transaction as what they tell of, and drained in order. D1 may fail, stall, refuse, or commit and lose
// the reply: a row stays until a batch with it was acknowledged, and applying one twice changes nothing.
import { entityOf, type OutboxEvent } from "../contracts/events.ts";
import { utf8 } from "../domain/bytes.ts";
import { isRefusal } from "../records/apply.ts";
import type { Ports } from "./ports.ts";
import { withTimeout } from "./timeout.ts";

/**
 * A batch at most: every page of D1 that it touches is written once, so large is cheap; but D1 does one thing at a time, and this much takes
 * it some 50 ms. An event is some 400 bytes; where they are larger, the bytes keep clear of the 2 MB that D1 takes as one value.
 */
const ROWS_MAX = 1_000;
const BYTES_MAX = 500_000;

/** Batches per drain: 10,000 events when all is well. What is left then comes with the next alarm. */
const BATCHES_MAX = 10;

/** D1's own stalls last 30 s and more; nobody waits for one that long. */
const TIMEOUT_MS = 5_000;

/** After a failure nothing is sent for this long, doubling to the maximum; chance takes up to half of it away, so that books spread out. */
const PAUSE_MS = 500;
const PAUSE_MS_MAX = 60_000;

/** An event that D1 refuses is tried again after this long, doubling to the maximum: what refuses it is mended by people. */
const ASIDE_MS = 60_000;
const ASIDE_MS_MAX = 3_600_000;

/** From this age of the oldest event on, the log says that D1 is behind, and says it again as often. */
const LATE_MS = 60_000;

type Row = { seq: number; event: string; tries: number };

export class Outbox {
  readonly #ports: Pick<Ports, "storage" | "nowMs" | "random">;
  readonly #apply: (events: OutboxEvent[]) => Promise<void>;
  /** What this object has lately seen of D1; lost with it, and then found out again. */
  #failures = 0;
  #pausedUntilMs = 0;
  #rowsMax = ROWS_MAX;
  #saidLateMs = 0;
  #draining: Promise<void> | undefined;

  constructor(ports: Pick<Ports, "storage" | "nowMs" | "random">, apply: (events: OutboxEvent[]) => Promise<void>) {
    this.#ports = ports;
    this.#apply = apply;
  }

  /** Inside the caller's transaction. */
  add(event: OutboxEvent): void {
    this.#sql.exec("INSERT INTO outbox (event, at) VALUES (?, ?)", JSON.stringify(event), this.#ports.nowMs());
  }

  get isEmpty(): boolean {
    return this.#sql.exec("SELECT 1 FROM outbox LIMIT 1").toArray().length === 0;
  }

  /** Nothing is sent before this instant (milliseconds since 1970), whatever is added. */
  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** When there is something to send; undefined while there is nothing at all. */
  get wakeAtMs(): number | undefined {
    if (this.#sql.exec("SELECT 1 FROM outbox WHERE tries = 0 LIMIT 1").toArray().length > 0) return this.#pausedUntilMs;
    const { due } = this.#sql.exec<{ due: number | null }>("SELECT min(due) AS due FROM outbox WHERE tries > 0").one();
    return due === null ? undefined : Math.max(due, this.#pausedUntilMs);
  }

  /**
   * Sends until nothing is left to send, D1 fails, or the batches of one drain are used up; callers at the same time share one drain. While
   * D1 is to be left alone, nothing is sent, however often this is called.
   */
  drain(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  async #drain(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && this.#ports.nowMs() >= this.#pausedUntilMs; batch++) {
      const rows = this.#next();
      if (rows.length === 0) break;
      await this.#send(rows);
    }
    this.#sayWhenLate();
  }

  /** The next events in order; when all are gone but those set aside, one of these that is due, alone. */
  #next(): Row[] {
    const fresh = this.#sql
      .exec<Row>("SELECT seq, event, tries FROM outbox WHERE tries = 0 ORDER BY seq LIMIT ?", this.#rowsMax)
      .toArray();
    if (fresh.length === 0) {
      const query = "SELECT seq, event, tries FROM outbox WHERE tries > 0 AND due <= ? ORDER BY due LIMIT 1";
      return this.#sql.exec<Row>(query, this.#ports.nowMs()).toArray();
    }
    let bytes = 0;
    const over = fresh.findIndex(({ event }, at) => {
      bytes += utf8(event).length;
      return at > 0 && bytes > BYTES_MAX;
    });
    return over < 0 ? fresh : fresh.slice(0, over);
  }

  async #send(rows: Row[]): Promise<void> {
    const events = rows.map(({ event }) => JSON.parse(event) as OutboxEvent);
    try {
      await withTimeout(this.#apply(events), TIMEOUT_MS);
    } catch (error) {
      this.#failed(rows, error);
      return;
    }
    this.#failures = 0;
    this.#rowsMax = Math.min(ROWS_MAX, 2 * this.#rowsMax);
    this.#taken(rows, events);
  }

  /**
   * Half as many are tried next: a D1 that is slow gets less at once, and of a batch with one event that D1 refuses, the others pass in
   * ever smaller parts until it stands alone. Alone it is set aside, and the rest goes on.
   */
  #failed(rows: Row[], error: unknown): void {
    const now = this.#ports.nowMs();
    const [first] = rows as [Row];
    if (first.tries === 0) this.#rowsMax = Math.max(1, Math.floor(rows.length / 2));
    const refused = isRefusal(error);
    if (!refused) {
      const pauseMs = Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** this.#failures++);
      this.#pausedUntilMs = now + Math.ceil(pauseMs * (1 - this.#ports.random() / 2));
    }
    if (rows.length === 1) {
      const due = refused ? now + Math.min(ASIDE_MS_MAX, ASIDE_MS * 2 ** first.tries) : this.#pausedUntilMs;
      this.#ports.storage.transactionSync(() =>
        this.#sql.exec("UPDATE outbox SET tries = tries + 1, due = ? WHERE seq = ?", due, first.seq),
      );
    }
    const entity = rows.length === 1 ? { entity: entityOf(JSON.parse(first.event) as OutboxEvent), tries: first.tries + 1 } : {};
    const event = refused ? "outbox_refused" : "outbox_failed";
    console.warn(JSON.stringify({ event, events: rows.length, ...entity, failures: this.#failures, error: String(error) }));
  }

  /** Forgets what D1 has, and what was set aside and is now an older version of something that D1 has: D1 would never take it. */
  #taken(rows: Row[], events: OutboxEvent[]): void {
    const versions = new Map<string, number>();
    for (const event of events) versions.set(entityOf(event), Math.max(event.version, versions.get(entityOf(event)) ?? 0));
    this.#ports.storage.transactionSync(() => {
      const gone = rows.map(({ seq }) => seq);
      for (const { seq, event } of this.#sql.exec<Row>("SELECT seq, event, tries FROM outbox WHERE tries > 0").toArray()) {
        const aside = JSON.parse(event) as OutboxEvent;
        if (aside.version <= (versions.get(entityOf(aside)) ?? -1)) gone.push(seq);
      }
      this.#sql.exec("DELETE FROM outbox WHERE seq IN (SELECT value FROM json_each(?))", JSON.stringify(gone));
    });
  }

  #sayWhenLate(): void {
    const now = this.#ports.nowMs();
    if (now - this.#saidLateMs < LATE_MS) return;
    const [oldest] = this.#sql
      .exec<{ at: number; event: string }>("SELECT at, event FROM outbox WHERE at > 0 ORDER BY seq LIMIT 1")
      .toArray();
    if (!oldest || now - oldest.at < LATE_MS) return;
    this.#saidLateMs = now;
    const counts = this.#sql.exec("SELECT count(*) AS waiting, count(*) FILTER (WHERE tries > 0) AS aside FROM outbox").one();
    const entity = entityOf(JSON.parse(oldest.event) as OutboxEvent);
    console.warn(JSON.stringify({ event: "outbox_late", oldestS: Math.round((now - oldest.at) / 1000), entity, ...counts }));
  }

  get #sql(): SqlStorage {
    return this.#ports.storage.sql;
  }
}
