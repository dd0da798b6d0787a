// How many people a shard lets to its door in a second, who waits outside, and for how long. A token bucket: pure, on the shard's own clock.

/** Unless the plan says otherwise: below the 1,000 requests a second that one object is documented to take, with room for withdrawals and repeats. */
export const ADMIT_PER_S = 800;

export type Caller = "newcomer" | "ticket-holder";

/** `level`: admissions left; `shed`: people sent away lately, forgotten by half every SHED_HALF_MS. Both as of `atMs`. */
export type Bucket = { level: number; shed: number; atMs: number };

/** What a full bucket holds: a burst of half a second, so that an edge that pauses for less than that costs the shard no admission. */
const DEPTH_MS = 500;

/** Of a full bucket, what only ticket holders may take: who was sent away once goes before who has just come. */
const KEPT_FOR_TICKETS = 0.25;

const SHED_HALF_MS = 1_000;

/** Seconds that a person stays away: as long as it takes to admit everybody who was sent away before, within these bounds. */
const RETRY_S_MAX = 30;

/** Milliseconds that one edge isolate asks this shard for nobody: longer, the more calls had to be turned away. */
const PAUSE_MS = 100;
const PAUSE_MS_MAX = 5_000;

const depthOf = (perS: number): number => Math.max(1, (perS * DEPTH_MS) / 1000);

export const fullBucket = (perS: number, nowMs: number): Bucket => ({ level: depthOf(perS), shed: 0, atMs: nowMs });

/** The bucket after one person has come, and whether they are let in. A clock that steps back adds nothing. */
export function arrive(bucket: Bucket, perS: number, caller: Caller, nowMs: number): { admitted: boolean; bucket: Bucket } {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  const depth = depthOf(perS);
  const level = Math.min(depth, bucket.level + (perS * elapsedMs) / 1000);
  const shed = bucket.shed * 0.5 ** (elapsedMs / SHED_HALF_MS);
  const atMs = Math.max(bucket.atMs, nowMs);
  const floor = caller === "newcomer" ? Math.floor(depth * KEPT_FOR_TICKETS) : 0;
  return level - floor >= 1
    ? { admitted: true, bucket: { level: level - 1, shed, atMs } }
    : { admitted: false, bucket: { level, shed: shed + 1, atMs } };
}

/** What a shard says to whoever it sheds: seconds until the person comes back, milliseconds in which the edge sends nobody. */
export function stayAway({ shed }: Bucket, perS: number): { retryS: number; pauseMs: number } {
  const times = shed / perS;
  return {
    retryS: Math.min(RETRY_S_MAX, Math.max(1, Math.ceil(times))),
    pauseMs: Math.round(Math.min(PAUSE_MS_MAX, PAUSE_MS * Math.max(1, times))),
  };
}
