// What one isolate remembers of each shard's door: how many it turned away lately, and for how long it sent them away. Some of those who come to a
// busy shard are shed here, and no object is called for them.
import { answered, NOTHING_SEEN, oneMore, type Seen } from "../../domain/draw/throttle.ts";

/** Session, shard and kind of caller -> what was seen. Some thousand shards of the sessions that are open. */
const doors = new Map<string, { seen: Seen; retryS: number }>();
const DOORS_MAX = 20_000;

/** Where the platform itself turns a call away it names no time. */
export const PLATFORM_RETRY_S = 2;

/** Seconds that this person is sent away for; undefined when the shard is to be asked. `chance` lies in [0, 1). */
export function shedFor(door: string, chance: number, nowMs: number): number | undefined {
  const { seen: before, retryS } = doors.get(door) ?? { seen: NOTHING_SEEN, retryS: 1 };
  const { send, seen } = oneMore(before, chance, nowMs);
  if (doors.size >= DOORS_MAX) doors.clear();
  doors.set(door, { seen, retryS });
  return send ? undefined : retryS;
}

/** What the shard said: the seconds that it named, or undefined where it took the try. */
export function heard(door: string, retryS: number | undefined): void {
  const known = doors.get(door);
  if (!known) return;
  known.seen = answered(known.seen, retryS === undefined);
  if (retryS !== undefined) known.retryS = retryS;
}
