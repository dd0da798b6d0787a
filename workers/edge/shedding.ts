// What one isolate remembers of shards that asked to be left alone: whoever comes meanwhile is shed here, and no object is called for it.

type Away = { untilMs: number; retryS: number };

/** Session, shard and kind of caller -> how long. A few hundred shards of the sessions that are open. */
const away = new Map<string, Away>();
const AWAY_MAX = 10_000;

/** Where the platform itself turns a call away it names no time. */
export const PLATFORM_BUSY = { retryS: 2, pauseMs: 250 };

/** Seconds for the person, or undefined while the shard may be asked. */
export function shedFor(door: string, nowMs: number): number | undefined {
  const known = away.get(door);
  if (!known) return undefined;
  if (nowMs < known.untilMs) return known.retryS;
  away.delete(door);
  return undefined;
}

export function leaveAlone(door: string, { retryS, pauseMs }: { retryS: number; pauseMs: number }, nowMs: number): void {
  if (away.size >= AWAY_MAX) away.clear();
  away.set(door, { untilMs: nowMs + pauseMs, retryS });
}
