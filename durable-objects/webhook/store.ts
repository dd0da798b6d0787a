// The rows of a webhook's sender: its place in the feed, what waits, what was given up.
import type { WebhookProgress } from "../../contracts/webhooks.ts";
import first from "../../migrations/webhook-sender/0001_first.sql";
import type { StoredEvent } from "../../records/events.ts";
import { hasSchema, migrate } from "../schema.ts";

const STEPS = [first];

/** The newest of these are shown; older ones are forgotten, as the feed does after its time. */
const DEAD_MAX = 200;

export type Sender = { webhook: string; cursor: number; failures: number; failingSince: number | null; pausedUntil: number };
export type Pending = { seq: number; eventId: string; type: string; entity: string; body: string; attempts: number; due: number };

/** What is sent: the event as the feed shows it. */
const bodyOf = ({ entity: _, ...event }: StoredEvent): string => JSON.stringify(event);

export class SenderStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  get exists(): boolean {
    return hasSchema(this.#storage);
  }

  begin(webhook: string, cursor: number): void {
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      this.#sql.exec("INSERT INTO sender (id, webhook, cursor) VALUES (1, ?, ?)", webhook, cursor);
    });
  }

  sender(): Sender {
    const query = "SELECT webhook, cursor, failures, failing_since AS failingSince, paused_until AS pausedUntil FROM sender";
    return this.#sql.exec<Sender>(query).one();
  }

  get pendingCount(): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM pending").one().n;
  }

  /** Takes what the feed has given and goes on after it, in one step: nothing is skipped, nothing waits twice. */
  take(events: StoredEvent[], cursor: number): void {
    this.#storage.transactionSync(() => {
      for (const event of events) this.#add(event);
      this.#sql.exec("UPDATE sender SET cursor = ?", cursor);
    });
  }

  /** Once more, from the first attempt on. */
  again(event: StoredEvent): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec("DELETE FROM dead WHERE seq = ?", Number(event.cursor));
      this.#sql.exec("DELETE FROM pending WHERE seq = ?", Number(event.cursor));
      this.#add(event);
    });
  }

  /** Back to an earlier place: what comes after it is read and sent again. */
  goBack(cursor: number): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec("DELETE FROM pending WHERE seq > ?", cursor);
      this.#sql.exec("DELETE FROM dead WHERE seq > ?", cursor);
      this.#sql.exec("UPDATE sender SET cursor = ?, paused_until = 0", cursor);
    });
  }

  /** Those that are due and whose entity has nothing older waiting, oldest first. */
  due(nowMs: number, max: number): Pending[] {
    const query = `SELECT seq, event_id AS eventId, type, entity, body, attempts, due FROM pending AS p WHERE due <= ?
      AND NOT EXISTS (SELECT 1 FROM pending AS q WHERE q.entity = p.entity AND q.seq < p.seq) ORDER BY seq LIMIT ?`;
    return this.#sql.exec<Pending>(query, nowMs, max).toArray();
  }

  /** When the next of them is due; undefined while nothing waits. */
  nextDue(): number | undefined {
    const query = `SELECT min(due) AS due FROM pending AS p
      WHERE NOT EXISTS (SELECT 1 FROM pending AS q WHERE q.entity = p.entity AND q.seq < p.seq)`;
    return this.#sql.exec<{ due: number | null }>(query).one().due ?? undefined;
  }

  /** What a round of attempts came to, with what it says of the receiver. */
  settle(
    round: { taken: number[]; later: { seq: number; due: number }[]; dead: { pending: Pending; why: string }[] },
    sender: Pick<Sender, "failures" | "failingSince" | "pausedUntil">,
    nowMs: number,
  ): void {
    this.#storage.transactionSync(() => {
      for (const seq of round.taken) this.#sql.exec("DELETE FROM pending WHERE seq = ?", seq);
      for (const { seq, due } of round.later) {
        this.#sql.exec("UPDATE pending SET attempts = attempts + 1, due = ? WHERE seq = ?", due, seq);
      }
      for (const { pending, why } of round.dead) {
        this.#sql.exec("DELETE FROM pending WHERE seq = ?", pending.seq);
        this.#sql.exec(
          "INSERT INTO dead (seq, event_id, type, at, why) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          pending.seq,
          pending.eventId,
          pending.type,
          nowMs,
          why,
        );
      }
      if (round.dead.length) {
        this.#sql.exec("DELETE FROM dead WHERE seq NOT IN (SELECT seq FROM dead ORDER BY at DESC, seq DESC LIMIT ?)", DEAD_MAX);
      }
      this.#sql.exec(
        "UPDATE sender SET failures = ?, failing_since = ?, paused_until = ?",
        sender.failures,
        sender.failingSince,
        sender.pausedUntil,
      );
    });
  }

  progress(): WebhookProgress {
    const { cursor, failingSince } = this.sender();
    const nextTry = failingSince === null ? undefined : this.nextDue();
    const dead = this.#sql
      .exec<{ seq: number; id: string; type: string; at: number; why: string }>(
        "SELECT seq, event_id AS id, type, at, why FROM dead ORDER BY at DESC, seq DESC",
      )
      .toArray();
    return {
      cursor: String(cursor),
      pending: this.pendingCount,
      ...(failingSince === null ? {} : { failingSince }),
      ...(nextTry === undefined ? {} : { nextTry }),
      dead: dead.map(({ seq, ...rest }) => ({ cursor: String(seq), ...rest })),
    };
  }

  #add(event: StoredEvent): void {
    this.#sql.exec(
      "INSERT INTO pending (seq, event_id, type, entity, body, due) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
      Number(event.cursor),
      event.id,
      event.type,
      event.entity,
      bodyOf(event),
    );
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }
}
