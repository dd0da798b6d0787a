// Names of Durable Objects, and where they live. The brand is the first segment of every name.
import { marketOf, type Placement } from "./market.ts";

export const sessionName = (brand: string, session: string): string => `${brand}/session/${session}`;
export const shardName = (brand: string, session: string, shard: number): string => `${brand}/shard/${session}/${shard}`;
export const bookName = (brand: string, session: string, book: number): string => `${brand}/book/${session}/${book}`;
/** One log per brand: every witness sees every session. */
export const logName = (brand: string): string => `${brand}/log`;

/** A session belongs to one market, and all its objects are placed there; those of a market that is no longer known in Asia-Pacific. */
export const placementOf = (market: string): Placement => marketOf(market)?.placement ?? "apac";
