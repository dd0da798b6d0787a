// A whole small session on a real beacon round, built from fixed inputs; a test may ask for one whose operator lies from the start.
import { type Bytes, hex, join, unhex, utf8 } from "../../domain/bytes.ts";
import { beaconObject, seedOf } from "../../domain/draw/beacon.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { type Entry, eidOf, entryBody, leafHashes, pidOf, shardOf } from "../../domain/draw/entry.ts";
import { type Manifest, manifestHash, objectBytes, receiptSeed, roundFor, staffHash } from "../../domain/draw/manifest.ts";
import { type Pool, poolsBundle, poolsRoot } from "../../domain/draw/pools.ts";
import { drawPool, type PoolResult, type Result, resultBody, resultBundle, resultRoot } from "../../domain/draw/rank.ts";
import { groupMessage, receiptText } from "../../domain/draw/receipt.ts";
import { type OutcomeCode, type Review, type ReviewRow, reviewBundle, reviewOf } from "../../domain/draw/review.ts";
import {
  type Exclusion,
  exclusionRoot,
  exclusionsBundle,
  NO_PREVIOUS_SEAL,
  type Seal,
  sealHash,
  shardBundle,
  shardRoot,
  shardsRoot,
  tablesRoot,
} from "../../domain/draw/seal.ts";
import { ascending, tableBodies, tableBundle, tableRoot } from "../../domain/draw/table.ts";
import { awardsRoot, waveBundle } from "../../domain/draw/wave.ts";
import { publicKeyOf, signWith } from "../../domain/ed25519.ts";
import { sha256 } from "../../domain/hash.ts";
import { HASH, rootOf } from "../../domain/merkle.ts";
import type { Files } from "../../domain/proof/build.ts";

/** drand quicknet, round 1000 (published at 1692806364): https://api.drand.sh/{chain}/public/1000 */
export const SIGNATURE_1000 = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";

const SECRET = new Uint8Array(32).fill(0x11);
const PEPPER = new Uint8Array(32).fill(0x22);
const SALT = new Uint8Array(32).fill(0x44);
const RULES = utf8("Rules of the small session.\n");
const CLOSE = 1_692_806_348;
const OPEN = CLOSE - 3600;

const POOLS: Pool[] = [
  { pool: 7, sku: "sku-a", store: "store-1", stock: 2, wait: 1 },
  { pool: 9, sku: "sku-b", store: "门店-2", stock: 3, wait: 1 },
];

/** Pool and tickets of each person, in the order in which they came. */
const ENTRANTS: [pool: number, tickets: number][] = [
  [7, 1],
  [7, 3],
  [9, 1],
  [7, 1],
  [7, 2],
  [9, 2],
  [7, 1],
  [9, 1],
];

/** The first six share a flush in each shard, the last two the next one. */
const FLUSH = [
  { from: 0, until: 6, s: OPEN + 55 },
  { from: 6, until: 8, s: OPEN + 75 },
];

/** Who came for what. Other casts than the small one get no receipts. */
export type Cast = {
  session: string;
  shards: number;
  ticketsMax: number;
  pools: Pool[];
  /** In the order in which they came, `s` in seconds after the opening. */
  entrants: { pool: number; tickets: number; s: number }[];
  /** Reason by person. */
  excluded: { [person: number]: number };
  /** Outcomes by person of a review, for whoever was excluded by operators and for whoever was reinstated; there was none without. */
  review?: { [person: number]: { reason: number; outcome: OutcomeCode } };
};

const SMALL: Cast = {
  session: "small-1",
  shards: 2,
  ticketsMax: 3,
  pools: POOLS,
  entrants: ENTRANTS.map(([pool, tickets], person) => ({ pool, tickets, s: 10 * person })),
  excluded: { 4: 1 },
};

export type Place = { person: number; shard: number; index: number; entry: Entry };

/** What this operator does otherwise, with everything that follows made to agree with it. */
export type Lies = {
  manifest?: (honest: Manifest) => object;
  pools?: (honest: Pool[]) => Pool[];
  entry?: (honest: Entry, person: number) => Entry;
  exclusions?: (places: Place[]) => Exclusion[];
  /** The outcomes that are published, and the object that goes into the log. */
  outcomes?: (honest: ReviewRow[]) => ReviewRow[];
  review?: (honest: Review) => object;
  seal?: (honest: Seal) => object;
  results?: (honest: PoolResult[]) => PoolResult[];
  result?: (honest: Result) => object;
};

export const personOf = (person: number): Bytes => sha256(utf8(`person ${person}`));
export const nonceOf = (person: number): Bytes => sha256(utf8(`nonce ${person}`));

export const honestManifest = (pools: Pool[] = POOLS, { session, shards, ticketsMax }: Cast = SMALL): Manifest => {
  const leads = { announceS: 0, reviewS: 10, sealLeadS: 6 };
  const { hash: chain, scheme, genesis, period } = QUICKNET;
  return {
    v: 1,
    type: "manifest",
    origin: "example.com/draws",
    session,
    kind: "draw",
    mode: "single",
    market: "CN",
    open: OPEN,
    close: CLOSE,
    graceS: 5,
    leads,
    beacon: { chain, scheme, genesis, period, round: roundFor(QUICKNET, CLOSE, leads) },
    fallback: "wait",
    alg: "bottomk-sha256-tickets/1",
    ticketsMax,
    shards,
    receiptKey: hex(publicKeyOf(receiptSeed(SECRET, "example.com/draws", session))),
    poolsRoot: hex(poolsRoot(pools)),
    pools: pools.length,
    rulesHash: hex(sha256(RULES)),
    reasons: "draw1-reasons/1",
    staffHash: hex(staffHash(SALT, [personOf(101), personOf(100)])),
    assurance: "person",
    witnesses: { k: 0, keys: [] },
  };
};

const honestExclusions = (places: Place[], { excluded }: Cast): Exclusion[] =>
  places
    .flatMap(({ person, shard, index }) => (excluded[person] === undefined ? [] : { shard, index, reason: excluded[person] }))
    .sort((a, b) => a.shard - b.shard || a.index - b.index);

const honestOutcomes = (places: Place[], review: NonNullable<Cast["review"]>): ReviewRow[] =>
  places
    .flatMap(({ person, shard, index }) => (review[person] ? [{ shard, index, ...review[person] }] : []))
    .sort((a, b) => a.shard - b.shard || a.index - b.index);

/** Where everybody stands: persons go to the shard of their pid, and get the next index there. */
function placesIn(manifest: Manifest, M: Bytes, entrants: Cast["entrants"], change: Lies["entry"]): Place[] {
  const sizes = Array.from({ length: manifest.shards }, () => 0);
  return entrants.map(({ pool, tickets, s }, person) => {
    const pid = pidOf(PEPPER, personOf(person), M);
    const shard = shardOf(pid, manifest.shards);
    const index = sizes[shard] as number;
    sizes[shard] = index + 1;
    const honest = { tickets, s: OPEN + s, eid: eidOf(M, nonceOf(person), pid), pool };
    return { person, shard, index, entry: change?.(honest, person) ?? honest };
  });
}

function receiptsOf(manifest: Manifest, M: Bytes, places: Place[], leaves: Bytes[]): string[] {
  const seed = receiptSeed(SECRET, manifest.origin, manifest.session);
  return places.map(({ person, shard, index, entry }) => {
    const flush = FLUSH.find(({ until }) => person < until) as (typeof FLUSH)[number];
    const together = places.filter((place) => place.shard === shard && place.person >= flush.from && place.person < flush.until);
    const group = { first: together[0]?.index ?? 0, size: together.length, s: flush.s };
    const packed = (leaves[shard] as Bytes).slice(group.first * HASH, (group.first + group.size) * HASH);
    return receiptText({
      session: manifest.session,
      manifest: hex(M),
      shard,
      index,
      tickets: entry.tickets,
      s: entry.s,
      pool: entry.pool,
      nonce: hex(nonceOf(person)),
      pid: hex(pidOf(PEPPER, personOf(person), M)),
      group,
      leaves: packed,
      sig: hex(signWith(seed, groupMessage(M, shard, group, rootOf(packed)))),
    });
  });
}

function reviewFiles(
  { session, close }: Manifest,
  M: Bytes,
  outcomes: ReviewRow[] | undefined,
  lie: Lies["review"],
): [name: string, bytes: Bytes][] {
  if (!outcomes) return [];
  const honest: Review = { v: 1, type: "review", session, manifest: hex(M), s: close + 5, ...reviewOf(outcomes) };
  return [
    ["review", reviewBundle(M, outcomes)],
    ["review.json", objectBytes(lie?.(honest) ?? honest)],
  ];
}

export function smallSession(lies: Lies = {}, cast: Cast = SMALL) {
  const pools = lies.pools?.(cast.pools) ?? cast.pools;
  const honest = honestManifest(pools, cast);
  const manifest = (lies.manifest?.(honest) ?? honest) as Manifest;
  const manifestBytes = objectBytes(manifest);
  const M = manifestHash(manifestBytes);
  const places = placesIn(manifest, M, cast.entrants, lies.entry);
  const bodies = Array.from({ length: manifest.shards }, (_, shard) =>
    places.filter((place) => place.shard === shard).map(({ entry }) => entryBody(entry)),
  );
  const leaves = bodies.map((list, shard) => leafHashes(M, shard, 0, join(...list)));
  const leafOf = ({ shard, index }: Place) => (leaves[shard] as Bytes).slice(index * HASH, (index + 1) * HASH);

  const exclusions = lies.exclusions?.(places) ?? honestExclusions(places, cast);
  const outcomes = cast.review && (lies.outcomes ?? ((honest) => honest))(honestOutcomes(places, cast.review));
  const isExcluded = (place: Place) => exclusions.some(({ shard, index }) => shard === place.shard && index === place.index);
  const tables = pools.map(({ pool }) => {
    const mine = places.filter((place) => place.entry.pool === pool && !isExcluded(place));
    const rows = ascending(mine.map((place) => ({ lh: leafOf(place), tickets: place.entry.tickets })));
    const packed = tableBodies(rows, pool);
    const sumTickets = rows.reduce((sum, { tickets }) => sum + tickets, 0);
    return { pool, rows, packed, n: rows.length, sumTickets, root: tableRoot(packed) };
  });
  const honestSeal: Seal = {
    v: 1,
    type: "seal",
    session: manifest.session,
    manifest: hex(M),
    entries: places.length,
    excluded: exclusions.length,
    tickets: tables.reduce((sum, { sumTickets }) => sum + sumTickets, 0),
    shards: manifest.shards,
    pools: pools.length,
    shardsRoot: hex(shardsRoot(bodies.map((list, shard) => ({ shard, n: list.length, root: shardRoot(M, shard, join(...list)) })))),
    exclusionRoot: hex(exclusionRoot(exclusions)),
    tablesRoot: hex(tablesRoot(tables)),
    prev: NO_PREVIOUS_SEAL,
  };
  const seal = (lies.seal?.(honestSeal) ?? honestSeal) as Seal;
  const sealBytes = objectBytes(seal);
  const { round } = honest.beacon;
  const seed = seedOf(QUICKNET.hash, round, unhex(SIGNATURE_1000), sealHash(sealBytes));
  const honestResults = pools.map((pool, at) => drawPool(pool, tables[at]?.rows ?? [], seed));
  const results = lies.results?.(honestResults) ?? honestResults;
  const honestResult: Result = {
    v: 1,
    type: "result",
    session: manifest.session,
    manifest: hex(M),
    seal: hex(sealHash(sealBytes)),
    round,
    signature: SIGNATURE_1000,
    seed: hex(seed),
    pools: pools.length,
    winners: results.reduce((sum, { winners }) => sum + winners.length, 0),
    waits: results.reduce((sum, { waits }) => sum + waits.length, 0),
    resultRoot: hex(resultRoot(join(...results.map(resultBody)))),
  };
  const result = (lies.result?.(honestResult) ?? honestResult) as Result;
  const awards = results.flatMap(({ pool, winners }) => winners.map(({ lh }, rank) => ({ pool, rank, lh })));

  const files = new Map<string, Bytes>([
    ["manifest.json", manifestBytes],
    ["rules", RULES],
    ["pools", poolsBundle(M, pools)],
    ["exclusions", exclusionsBundle(M, exclusions)],
    ["seal.json", sealBytes],
    ...reviewFiles(manifest, M, outcomes, lies.review),
    ["beacon.json", objectBytes(beaconObject(QUICKNET.hash, round, unhex(SIGNATURE_1000)))],
    ["result.json", objectBytes(result)],
    ["waves/1", waveBundle(M, 1, awards, [])],
  ]);
  bodies.forEach((list, shard) => {
    files.set(`shards/${shard}`, shardBundle(M, shard, list));
  });
  for (const { pool, packed } of tables) files.set(`tables/${pool}`, tableBundle(M, pool, packed));
  for (const drawn of results) files.set(`results/${drawn.pool}`, resultBundle(M, drawn));

  const receipts = cast === SMALL ? receiptsOf(manifest, M, places, leaves) : [];
  return {
    manifest,
    M,
    pools,
    places,
    seal,
    sealBytes,
    seed,
    tables,
    results,
    result,
    awardsRoot: awardsRoot(awards),
    files,
    receipts,
  };
}

/** Reads from a set of files by their names. */
export const filesOf =
  (files: Map<string, Bytes>): Files =>
  (name) => {
    const bytes = files.get(name);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
