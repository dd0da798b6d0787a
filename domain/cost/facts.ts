// Every number that the plan, the bill and the simulation stand on: value, unit, and where it comes from. The only home of each.
// `npm run cost -- --facts` prints this table.
import { ORDERS_KEPT_S } from "../order/keep.ts";

/** When the pages were read that the sources name. They are pages of developers.cloudflare.com unless said otherwise. */
export const READ_ON = "24 November 2026";

export type Fact = {
  value: number;
  unit: string;
  kind: "price" | "included" | "limit" | "measured" | "code" | "assumed";
  source: string;
};

const price = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "price", source });
const included = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "included", source });
const limit = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "limit", source });
const measured = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "measured", source });
const code = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "code", source });
const assumed = (value: number, unit: string, source: string): Fact => ({ value, unit, kind: "assumed", source });

const WORKERS = "Workers > Pricing";
const OBJECTS = "Durable Objects > Pricing";
const D1 = "D1 > Pricing";
const R2 = "R2 > Pricing";
const LOGS =
  "Observability > Pricing, from 1 December 2026; until then $0.60 per million events above 20 M (earlier notes had no log prices)";
const BENCH = "npm run bench, docs/performance.md";

/** What is charged above the included use, in US dollars. */
export const PRICES = {
  plan: price(5, "$ a month", `${WORKERS}: minimum of the Workers Paid plan`),
  requests: price(
    0.3,
    "$ per million",
    `${WORKERS}; hits of Workers Cache cost the same (Workers > Cache > Billing), static files nothing`,
  ),
  cpu: price(0.02, "$ per million ms", WORKERS),
  objectRequests: price(0.15, "$ per million", `${OBJECTS}: each RPC call is one, each alarm too`),
  objectTime: price(
    12.5,
    "$ per million GB-s",
    `${OBJECTS}: 128 MB for each object that is awake; idle ones that may hibernate are free (earlier notes: awake is awake)`,
  ),
  rowsRead: price(0.001, "$ per million", `${OBJECTS}; ${D1}: the same price`),
  rowsWritten: price(1, "$ per million", `${OBJECTS}; ${D1}: the same price; an index counts as a row, an alarm set as one`),
  objectStorage: price(0.2, "$ per GB-month", `${OBJECTS}: charged since January 2026`),
  d1Storage: price(0.75, "$ per GB-month", D1),
  r2Writes: price(4.5, "$ per million", `${R2}: class A`),
  r2Reads: price(0.36, "$ per million", `${R2}: class B`),
  r2Storage: price(0.015, "$ per GB-month", R2),
  logIngest: price(0.25, "$ per GB", LOGS),
  logStorage: price(0.1, "$ per GB-month", LOGS),
  queueOperations: price(0.4, "$ per million", "Queues > Pricing: three a message; only the naive design has a queue"),
} satisfies Record<string, Fact>;

/** Included in the Workers Paid plan, each month. */
export const INCLUDED = {
  requests: included(10e6, "a month", WORKERS),
  cpu: included(30e6, "ms a month", WORKERS),
  objectRequests: included(1e6, "a month", OBJECTS),
  objectTime: included(400_000, "GB-s a month", OBJECTS),
  rowsRead: included(25e9, "a month, for objects and for D1 each", `${OBJECTS}; ${D1}`),
  rowsWritten: included(50e6, "a month, for objects and for D1 each", `${OBJECTS}; ${D1}`),
  objectStorage: included(5, "GB-month", OBJECTS),
  d1Storage: included(5, "GB", D1),
  r2Writes: included(1e6, "a month, on the free plan too", R2),
  r2Reads: included(10e6, "a month, on the free plan too", R2),
  r2Storage: included(10, "GB-month, on the free plan too", R2),
  logIngest: included(50, "GB a month", LOGS),
  logStorage: included(12, "GB-month", LOGS),
  queueOperations: included(1e6, "a month", "Queues > Pricing"),
} satisfies Record<string, Fact>;

/** Where the free plan stops: further requests of that kind fail until midnight UTC. */
export const FREE = {
  requests: limit(100_000, "a day", "Workers > Limits"),
  cpuMs: limit(10, "ms a request", "Workers > Limits"),
  subrequests: limit(
    50,
    "an invocation",
    "Workers > Limits; an older state of the page allowed 1,000 to Cloudflare's own services",
  ),
  objectRequests: limit(100_000, "a day", OBJECTS),
  objectTime: limit(13_000, "GB-s a day", OBJECTS),
  rowsRead: limit(5e6, "a day, for objects and for D1 each", `${OBJECTS}; ${D1}`),
  rowsWritten: limit(100_000, "a day, for objects and for D1 each", `${OBJECTS}; ${D1}`),
  objectStorage: limit(5, "GB", OBJECTS),
  d1Storage: limit(0.5, "GB a database", "D1 > Limits"),
  logIngest: limit(0.5, "GB a day; above it nothing is logged", "Observability > Pricing"),
} satisfies Record<string, Fact>;

/** What one part of the platform carries. */
export const LIMITS = {
  objectPerS: limit(
    500,
    "requests a second",
    "Durable Objects > Rules of Durable Objects: 200 to 500 with storage writes; the upper end",
  ),
  objectSoftPerS: limit(1000, "requests a second", "Durable Objects > Limits: soft limit of one object"),
  objectMemoryGb: limit(0.128, "GB", "Durable Objects > Pricing, Workers > Limits"),
  subrequests: limit(10_000, "an invocation", "Workers > Limits; earlier states of the page say 1,000"),
  d1PerS: limit(1000, "queries a second", "D1 > Limits, FAQ: one at a time, so 1,000 a second where each takes 1 ms"),
  d1Gb: limit(10, "GB a database", "D1 > Limits: cannot be raised"),
  emptyObjectGb: limit(12e-6, "GB", "Durable Objects > Pricing, FAQ: an empty SQLite database"),
  logDays: limit(7, "days", "Observability > Pricing: kept for, none longer"),
  commitMsMin: limit(10, "ms", "lumenize.com, What I got wrong about Durable Object throughput, 2026: a commit takes 10 to 13 ms"),
  commitMsMax: limit(13, "ms", "as above; Cloudflare publishes no number"),
} satisfies Record<string, Fact>;

/** What the shop itself does, measured or read from its code. */
export const SHOP = {
  reserveCpuMs: measured(0.354, "ms", `${BENCH}: full reservation, server CPU of Worker and object together`),
  readCpuMs: measured(0.088, "ms", `${BENCH}: L1, an empty route of the shop's app`),
  passCpuMs: measured(0.183, "ms", `${BENCH}: L3b, body, token and pass`),
  secretBytes: code(64, "bytes an entry", "durable-objects/shard/store.ts: pid and masked nonce"),
  groupBytes: code(24, "bytes a group", "key, second and lengths of a row in migrations/reservation-shard"),
  viewReads: code(4, "requests", "web/shop/shelf.ts: sessions, session, catalogue, stores"),
  readsPerMinute: code(2, "requests", "web/shop/watch.ts: sessions and session, each once a minute"),
  waitS: code(10, "s", "web/shop/watch.ts: pause between two looks from close to result"),
  sharedS: code(1, "s", "workers/edge/shared.ts: how long an isolate answers public reads from what it read before"),
  filesKept: code(1, "1 or 0", "workers/edge/file-cache.ts: whether an isolate keeps published files"),
  filesPerResult: code(3, "files", "web/shop/result.ts: result.json, results/{pool}, exclusions"),
  catalogueRows: code(1_162, "rows", "packs/baijiu: tiers, scenes, products, SKUs and prices, all read for GET /v1/catalog"),
  sweepsPerDay: code(1440, "calls a session", "wrangler.toml: the sweep nudges each live session once a minute"),
  sweepRows: code(2, "rows", "durable-objects/draw-session.ts: an alarm set before and after the moves"),
  liveDays: code(12, "days", "defaults of a plan: announced 1 day before, three waves of 1 day, pickup 7 days"),
  awardRows: code(
    8,
    "rows a unit",
    "durable-objects/book/store.ts: award, pool, accept and pay with outbox rows written and deleted",
  ),
  orderRows: code(
    15,
    "rows a unit",
    "migrations/d1: order with two indexes, paid, ready, collected, item; four events, each forgotten again",
  ),
  bookCalls: code(7, "calls a book", "durable-objects/session: tables, draw, three waves, closing twice"),
  sessionFiles: code(10, "files", "manifest, rules, pools, exclusions, seal, beacon, result, three waves"),
  logEntries: code(7, "entries a session", "durable-objects/session: manifest, seal, result, three waves, settled"),
  logCalls: code(
    2,
    "calls an entry",
    "durable-objects/session/log.ts: offered, and asked for again until the witnesses have signed",
  ),
  logFiles: code(
    6,
    "files an entry",
    "durable-objects/log/files.ts: entry bundle, one or two tiles, head, checkpoint; the entry's own proof beside it",
  ),
  logRows: code(
    14,
    "rows an entry",
    "migrations/session-log: entry and its name, two nodes, checkpoint twice, three witnesses; migrations/draw-session: the session's own list",
  ),
  offerBytes: code(
    27,
    "bytes a store",
    "a store in GET /v1/sessions/{session}/offers/{sku}: its id, units and waitlist, of packs/baijiu",
  ),
  orderDays: code(ORDERS_KEPT_S / 86_400, "days", "domain/order/keep.ts: an order stays in D1 until it is archived"),
  naiveRows: code(4, "rows", "a text key and two indexes for each reservation, as the rung `naive` of npm run bench"),
  queueOperations: code(3, "operations", "Queues > Pricing: written, read, deleted; the naive design only"),
  prepareAtOnce: code(16, "calls", "durable-objects/session/reach.ts: AT_ONCE"),
  lookS: code(8, "s", "web/shop/watch.ts: pause while a reservation is unsent in an open session"),
  shedTimes: code(10, "times", "web/shop/reserve.ts: a shed page comes back by itself, each time when it was told"),
} satisfies Record<string, Fact>;

/** Nobody has published these; change them where you know better. */
export const ASSUMED = {
  hot: assumed(1.25, "times its share", "one shard in sixteen: retries, a slow neighbour"),
  queueS: assumed(
    1,
    "s",
    "requests that may queue before an object, in time that it takes for them; Cloudflare says only that it is bounded",
  ),
  coldMs: assumed(300, "ms", "an object that was not awake, with a shop of 100 kB"),
  stubsPerS: assumed(
    100,
    "objects a second",
    "Durable Objects > Troubleshooting: there is a limit for new stubs, without a number",
  ),
  isolates: assumed(300, "isolates", "each reads the files of a session once"),
  entryOverhead: assumed(1.15, "times", "SQLite pages and rows around what is stored"),
  bookRowBytes: assumed(
    230,
    "bytes",
    "a table row in a book's memory: 154 of objects (by hand, Node 24), 37 of the reply, 38 of the file",
  ),
  orderBytes: assumed(1_100, "bytes", "an order in D1 with two index entries and its item; its events for a third of that time"),
  memberBytes: assumed(300, "bytes", "a member with name, market and history"),
  unitRequests: assumed(12, "requests a unit", "accepting, paying, looking at the order, the voucher, the counter"),
  withdrawn: assumed(0.01, "of the reservations", "each is one row and one call"),
  logEvent: assumed(4840, "bytes", "Observability > Datasets: average of a Workers event, an estimate of Cloudflare's"),
  lookKb: assumed(250, "kB", "what a phone may be made to load at a tap"),
} satisfies Record<string, Fact>;

export const FACTS = { PRICES, INCLUDED, FREE, LIMITS, SHOP, ASSUMED };
