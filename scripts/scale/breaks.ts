// Where a plan breaks first: each part's load against what that part carries, the nearest to breaking first, and what to change. Pure.
import { ASSUMED, FREE, LIMITS, SHOP } from "../../domain/cost/facts.ts";
import { callsInMove, heardByD1, sumOf, usageOf, WAIT_READS_PER_S } from "../../domain/cost/usage.ts";
import { booksFor, peakPerSOf, personsOf, viewersPerS, type Workload } from "../../domain/cost/workload.ts";

export type Break = { part: string; load: number; limit: number; unit: string; share: number; change: string };

/** Statements of a page view: the list, the session, the catalogue, the stores. A look is one. */
const STATEMENTS_VIEW = 4;

/** How far above its mean the busiest of some thousand seconds lies, in standard deviations. */
const SIGMAS = 4;

export function shardLoads(load: Workload): { meanPerS: number; hotPerS: number; busiestPerS: number } {
  const meanPerS = peakPerSOf(load) / load.shards;
  const hotPerS = load.shards > 1 ? meanPerS * ASSUMED.hot.value : meanPerS;
  return { meanPerS, hotPerS, busiestPerS: hotPerS + SIGMAS * Math.sqrt(hotPerS) };
}

export function breaksOf(load: Workload, plan: "free" | "paid"): Break[] {
  const books = booksFor(load);
  const moves = callsInMove(load);
  const running = 1 - load.cached;
  const subrequests = plan === "free" ? FREE.subrequests.value : LIMITS.subrequests.value;
  const d1Gb = plan === "free" ? FREE.d1Storage.value : LIMITS.d1Gb.value;
  const cache = "answer public reads from a cache: [cache] in wrangler.toml, and no Authorization header on them";
  const list: Omit<Break, "share">[] = [
    {
      part: "a hot shard in its busiest second",
      load: shardLoads(load).busiestPerS * (1 + load.refused),
      limit: LIMITS.objectPerS.value,
      unit: "calls a second",
      change: "more shards: `shards` or `expected` in the plan",
    },
    {
      part: "D1, pages that are opened in the rush",
      load: heardByD1(viewersPerS(load) * running, 1) * STATEMENTS_VIEW,
      limit: LIMITS.d1PerS.value,
      unit: "queries a second",
      change: cache,
    },
    {
      part: "D1, pages that wait for the result",
      load: heardByD1(personsOf(load) * load.waiting * WAIT_READS_PER_S * running, 1),
      limit: LIMITS.d1PerS.value,
      unit: "queries a second",
      change: cache,
    },
    {
      part: "calls of the session object in one move",
      load: moves.session,
      limit: subrequests,
      unit: "an invocation",
      change: plan === "free" ? "fewer shards, or the paid plan" : "freeze in more than one move",
    },
    {
      part: "calls of an award book in one move",
      load: moves.book,
      limit: subrequests,
      unit: "an invocation",
      change: plan === "free" ? "fewer pools, or the paid plan" : "more books: BOOKS_MAX in domain/draw/plan.ts",
    },
    {
      part: "memory of an award book at the freeze",
      load: ((load.entries / books) * ASSUMED.bookRowBytes.value) / 1e6,
      limit: LIMITS.objectMemoryGb.value * 1000,
      unit: "MB",
      change: "more books: BOOKS_MAX in domain/draw/plan.ts",
    },
    {
      part: "size of D1 with the orders of 90 days",
      load: sumOf(usageOf(load), "d1Storage") * load.sessions,
      limit: d1Gb,
      unit: "GB",
      change: "a database for each month: D1 cannot be made larger",
    },
    {
      part: "list of one product's stores, for whoever chooses one",
      load: (load.stores * SHOP.offerBytes.value) / 1000,
      limit: ASSUMED.lookKb.value,
      unit: "kB",
      change: "stores by province, or the nearest alone",
    },
  ];
  return list.map((one) => ({ ...one, share: one.load / one.limit })).sort((a, b) => b.share - a.share);
}
