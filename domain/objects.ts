// Names of Durable Objects, and where they live. The brand is the first segment of every name.

export const sessionName = (brand: string, session: string): string => `${brand}/session/${session}`;
export const shardName = (brand: string, session: string, shard: number): string => `${brand}/shard/${session}/${shard}`;
export const bookName = (brand: string, session: string, book: number): string => `${brand}/book/${session}/${book}`;
/** One log per brand: every witness sees every session. */
export const logName = (brand: string): string => `${brand}/log`;

export type Placement = "wnam" | "enam" | "sam" | "weur" | "eeur" | "apac" | "oc" | "afr" | "me";

/** Markets outside Asia-Pacific, by the region nearest to their buyers; every other market is placed in Asia-Pacific. */
const PLACEMENT: { [market: string]: Placement } = {
  US: "enam",
  CA: "enam",
  MX: "wnam",
  BR: "sam",
  AR: "sam",
  CL: "sam",
  GB: "weur",
  FR: "weur",
  DE: "weur",
  ES: "weur",
  IT: "weur",
  NL: "weur",
  CH: "weur",
  PL: "eeur",
  CZ: "eeur",
  AU: "oc",
  NZ: "oc",
  ZA: "afr",
  NG: "afr",
  KE: "afr",
  AE: "me",
  SA: "me",
  IL: "me",
};

/** A session belongs to one market, and all its objects are placed there. */
export const placementOf = (market: string): Placement => PLACEMENT[market] ?? "apac";
