// Names of Durable Objects, and where they live. The brand is the first segment of every name.
import { sha256 } from "./hash.ts";
import { marketOf, type Placement } from "./market.ts";

export const sessionName = (brand: string, session: string): string => `${brand}/session/${session}`;
export const shardName = (brand: string, session: string, shard: number): string => `${brand}/shard/${session}/${shard}`;
export const bookName = (brand: string, session: string, book: number): string => `${brand}/book/${session}/${book}`;
/** One log per brand: every witness sees every session. */
export const logName = (brand: string): string => `${brand}/log`;
export const senderName = (brand: string, webhook: string): string => `${brand}/webhook/${webhook}`;

/**
 * Members by hash of the person: 30 M of them in 64 objects are 470,000 each, some 150 MB with a year of sessions, of 10 GB that an object
 * may hold; 3,000 passes a second before an opening are 47 for each. The number can never change: a person's rows would lie elsewhere.
 */
export const MEMBER_SHARDS = 64;
export const memberShardName = (brand: string, shard: number): string => `${brand}/members/${shard}`;

/** The object that holds this person's rows. */
export const memberShardOf = (person: Uint8Array): number => (sha256(person)[0] as number) % MEMBER_SHARDS;

/** A session belongs to one market, and all its objects are placed there; those of a market that is no longer known in Asia-Pacific. */
export const placementOf = (market: string): Placement => marketOf(market)?.placement ?? "apac";

/** Where Cloudflare promises that an object runs and keeps its data. */
export const JURISDICTIONS = ["eu", "us", "fedramp", "fedramp-high"] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

type Namespace<Stub> = {
  getByName(name: string, options?: { locationHint?: Placement }): Stub;
  jurisdiction(name: Jurisdiction): { getByName(name: string): Stub };
};

/**
 * The object of this name. Bound to the installation's jurisdiction where it has one: then the same name is another object, so a jurisdiction
 * can be chosen once only. Otherwise its first call brings it near its market.
 */
export const objectAt = <Stub>(
  namespace: Namespace<Stub>,
  name: string,
  { jurisdiction, market }: { jurisdiction: Jurisdiction | undefined; market?: string },
): Stub =>
  jurisdiction
    ? namespace.jurisdiction(jurisdiction).getByName(name)
    : namespace.getByName(name, market === undefined ? {} : { locationHint: placementOf(market) });
