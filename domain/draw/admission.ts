// How many people a shard lets to its door in a second, who waits outside, and for how long. A token bucket: pure, on the shard's own clock.

/** Unless the plan says otherwise: the upper end of the 200 to 500 requests a second that Cloudflare names for an object that writes. */
export const ADMIT_PER_S = 500;

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

/** Seconds that a shard names to whoever it sheds. */
export const stayAwayS = ({ shed }: Bucket, perS: number): number => Math.min(RETRY_S_MAX, Math.max(1, Math.ceil(shed / perS)));
