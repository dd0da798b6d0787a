// The rows of a member shard: for which sessions a person was issued a pass, and what came of each.
import type { Bytes } from "../../domain/bytes.ts";
import first from "../../migrations/member-shard/0001_first.sql";
import { hasSchema, migrate } from "../schema.ts";

const STEPS = [first];

/** What a session was for a person in one product family, and one of the person's entries there. */
export type FamilyResult = { won: boolean; shard: number; index: number };
export type Results = { [family: string]: FamilyResult };

/** What is known once the session's result stands in the log. */
export type Outcome = { at: number; drawAt: number; results: Results };

export type PassRow = { session: string; outcome: Outcome | undefined };

type Stored = { session: string; at: number | null; drawAt: number | null; results: string | null };

export class MemberStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  of(person: Bytes): PassRow[] {
    if (!hasSchema(this.#storage)) return [];
    const query = "SELECT session, at, draw_at AS drawAt, results FROM passes WHERE person = ?";
    return this.#storage.sql
      .exec<Stored>(query, person)
      .toArray()
      .map(({ session, at, drawAt, results }) => ({
        session,
        outcome:
          results === null ? undefined : { at: at as number, drawAt: drawAt as number, results: JSON.parse(results) as Results },
      }));
  }

  /** Everybody who was issued a pass for the session. Reads the whole table: an audit asks, and nobody else. */
  holders(session: string): Bytes[] {
    if (!hasSchema(this.#storage)) return [];
    const rows = this.#storage.sql.exec<{ person: ArrayBuffer }>("SELECT person FROM passes WHERE session = ?", session);
    return rows.toArray().map(({ person }) => new Uint8Array(person));
  }

  /**
   * All or nothing: what came of earlier sessions, and that a pass is issued for another one. Where somebody did not take part nothing is
   * kept, nor what can no longer count at `now`. Writes nothing that is known.
   */
  note(
    person: Bytes,
    outcomes: [session: string, outcome: Outcome][],
    pass: { session: string; until: number } | undefined,
    now: number,
  ): void {
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      const { sql } = this.#storage;
      for (const [session, { at, drawAt, results }] of outcomes) {
        if (Object.keys(results).length === 0) sql.exec("DELETE FROM passes WHERE person = ? AND session = ?", person, session);
        else {
          const query = "UPDATE passes SET at = ?, draw_at = ?, results = ? WHERE person = ? AND session = ?";
          sql.exec(query, at, drawAt, JSON.stringify(results), person, session);
        }
      }
      if (pass) {
        const query = "INSERT INTO passes (person, session, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        sql.exec(query, person, pass.session, pass.until);
      }
      sql.exec("DELETE FROM passes WHERE person = ? AND until < ?", person, Math.floor(now));
    });
  }
}
