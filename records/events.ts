// The event feed: read by cursor, forgotten after its time. What writes it are triggers (migrations/d1, 0006 and 0008).
import type { EventType, FeedEvent } from "../contracts/feed.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import type { Records } from "./database.ts";

/** An event as it is stored: with the entity whose events keep their order. */
export type StoredEvent = FeedEvent & { entity: string };
export type Page = {
  events: StoredEvent[];
  /** The last number that was looked at, whatever it was about. */
  next: number;
  more: boolean;
};

type Row = { seq: number; id: string; type: EventType; entity: string; at: number; data: string };

const COLUMNS = "seq, id, type, entity, at, data";

const eventOf = ({ seq, id, type, entity, at, data }: Row): StoredEvent =>
  ({ v: 1, id, cursor: String(seq), type, at, data: JSON.parse(data) as object, entity }) as StoredEvent;

/** The newest number is always kept, so that the bounds say what was deleted. */
const BOUNDS = "SELECT coalesce((SELECT min(seq) FROM events), 0) AS oldest, coalesce((SELECT max(seq) FROM events), 0) AS newest";

/** The next `limit` events after a cursor; from the oldest on where there is none. */
export async function eventsAfter(
  { brand, d1 }: Records,
  after: number | undefined,
  limit: number,
): Promise<Outcome<Page, "cursor_too_old" | "unknown_cursor">> {
  const [list, bounds] = (await d1.batch([
    d1.prepare(`SELECT ${COLUMNS} FROM events WHERE seq > ?2 AND brand = ?1 ORDER BY seq LIMIT ?3`).bind(brand, after ?? 0, limit),
    d1.prepare(BOUNDS),
  ])) as [D1Result<Row>, D1Result<{ oldest: number; newest: number }>];
  const { oldest, newest } = bounds.results[0] as { oldest: number; newest: number };
  if (after !== undefined && after < oldest - 1) return refuse("cursor_too_old");
  if (after !== undefined && after > newest) return refuse("unknown_cursor");
  const events = list.results.map(eventOf);
  const full = events.length === limit;
  return ok({ events, next: full ? Number(events[limit - 1]?.cursor) : Math.max(newest, after ?? 0), more: full });
}

export async function findEvent({ brand, d1 }: Records, seq: number): Promise<StoredEvent | undefined> {
  const row = await d1.prepare(`SELECT ${COLUMNS} FROM events WHERE seq = ? AND brand = ?`).bind(seq, brand).first<Row>();
  return row ? eventOf(row) : undefined;
}

/** Where a feed begins for somebody who only wants what comes. */
export async function newestCursor({ d1 }: Records): Promise<number> {
  return (await d1.prepare(BOUNDS).first<{ newest: number }>())?.newest ?? 0;
}

/** Rows of one deletion, and deletions of one run: a million events a day, 5 for each of 200,000 orders. */
const PART = 20_000;
const PARTS_MAX = 50;

/** Forgets events from before `before` (Unix seconds), oldest first; never the newest one. Returns how many. */
export async function forgetEvents({ d1 }: Records, before: number, part = PART): Promise<number> {
  let forgotten = 0;
  for (let parts = 0; parts < PARTS_MAX; parts++) {
    const { meta } = await d1
      .prepare(
        `DELETE FROM events WHERE seq IN (SELECT seq FROM events ORDER BY seq LIMIT ?2)
          AND at < ?1 AND seq < (SELECT max(seq) FROM events)`,
      )
      .bind(before, part)
      .run();
    forgotten += meta.changes;
    if (meta.changes < part) break;
  }
  return forgotten;
}
