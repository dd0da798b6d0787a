// What travels between the session object and a reservation shard; what the edge sends is in contracts/shard.ts.
import type { Bytes } from "../../domain/bytes.ts";
import type { Exclusion } from "../../domain/draw/seal.ts";
import { HASH } from "../../domain/merkle.ts";

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
  /** Reservations that are let to the door in a second; whoever comes beyond them is shed with an overload ticket. */
  admitPerS: number;
  /** The seal's deadline, Unix seconds. */
  sealBy: number;
  /** Key id of the operator secret that the session's keys derive from. */
  kid: string;
  /** (u32 pool, u16 SKU number), ascending by pool. */
  pools: Bytes;
  /** In a session whose losses count: the product family of each SKU, by its number. The shard then leaves a file of its places. */
  families?: string[];
};

export type Prepared = { places: number };

export type FixedShard = { n: number; root: Bytes; exclusions: Exclusion[] };

/** The version under which a shard hears how the review ended; those of single proposals are smaller. */
export const FINAL = 0x7fff_ffff;

/** u32 pool, lh, u8 tickets: what a shard sends of each place to the builder of its pool's table. */
export const TABLE_ROW = 4 + HASH + 1;
