// Which tries an edge isolate sends on to a shard that turns people away, and which it sheds by itself, without a call. Adaptive throttling as in
// Google's "Site Reliability Engineering", chapter 21: the shard hears about HEADROOM tries for each that it takes, however many isolates there are.

/** Tries of one kind at one shard, and how many of them it did not turn away: as of `atMs`, forgotten by half every SEEN_HALF_MS. */
export type Seen = { tries: number; taken: number; atMs: number };

/** Short, so that a rush that is over is soon forgotten: for some seconds after it, people would be shed before an idle shard. */
const SEEN_HALF_MS = 2_000;

/** Above 1, so that a shard with room again is found out at once. */
const HEADROOM = 1.5;

export const NOTHING_SEEN: Seen = { tries: 0, taken: 0, atMs: 0 };

function lately({ tries, taken, atMs }: Seen, nowMs: number): Seen {
  const kept = 0.5 ** (Math.max(0, nowMs - atMs) / SEEN_HALF_MS);
  return { tries: tries * kept, taken: taken * kept, atMs: Math.max(atMs, nowMs) };
}

/**
 * One more try: whether it is sent on. `chance` lies in [0, 1). One that is sent counts when it is answered: a crowd that comes at once has
 * nobody taken yet, and that is no reason to shed any of it.
 */
export function oneMore(before: Seen, chance: number, nowMs: number): { send: boolean; seen: Seen } {
  const seen = lately(before, nowMs);
  const send = chance >= Math.max(0, (seen.tries - HEADROOM * seen.taken) / (seen.tries + 1));
  return { send, seen: send ? seen : { ...seen, tries: seen.tries + 1 } };
}

/** The shard's answer to a try that was sent: anything but "busy" is taken. */
export const answered = (seen: Seen, taken: boolean): Seen => ({
  ...seen,
  tries: seen.tries + 1,
  taken: seen.taken + (taken ? 1 : 0),
});
