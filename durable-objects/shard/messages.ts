// What travels between the edge, the session object and a reservation shard.
import type { ProblemCode } from "../../contracts/problems.ts";
import type { Bytes } from "../../domain/bytes.ts";
import type { PersonReason } from "../../domain/draw/reasons.ts";
import type { Exclusion } from "../../domain/draw/seal.ts";

export type ShardPlan = {
  session: string;
  origin: string;
  /** M in hex. */
  manifest: string;
  shard: number;
  /** Unix seconds. */
  open: number;
  close: number;
  graceS: number;
  /** Key id of the operator secret that the session's keys derive from. */
  kid: string;
  /** (u32 pool, u16 SKU number), ascending by pool. */
  pools: Bytes;
};

export type ReserveRequest = {
  pid: Bytes;
  pool: number;
  nonce: Bytes;
  tickets: number;
  /** What the pass says against the person, ascending. */
  personReasons: PersonReason[];
  overloadS?: number | undefined;
};

/** `receipt` is the exact text; `repeated` says that it had been given before. */
export type Reserved = { receipt: string; repeated: boolean };

/** A "no" of the door: `refusal` is the signed text, `receipt` the first receipt where the person holds one. */
export type DoorNo = { code: ProblemCode; refusal?: string; receipt?: string };

export type Prepared = { places: number };

export type FixedShard = { n: number; root: Bytes; exclusions: Exclusion[] };
