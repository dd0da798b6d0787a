// A draft before it is announced: how its units are spread over stores, what is checked and foreseen, who changed it; and what can be said later.
import * as v from "valibot";
import { SALE_NOS } from "../domain/catalog/sale.ts";
import type { ClaimedSku } from "../domain/plan/claims.ts";
import { hex32, sessionId, shortText, skuId, storeId, u32, unixSeconds, whole } from "./basics.ts";
import { bulletin, planInput } from "./sessions.ts";

const units = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How units are spread over stores: by weight (any whole numbers), else equally; over the stores named, else over all of the market. */
export const spreadInput = v.strictObject({
  stores: v.optional(v.pipe(v.array(storeId), v.minLength(1), v.maxLength(20_000))),
  weights: v.optional(v.record(storeId, whole(0, 1_000_000_000))),
});
export type SpreadInput = v.InferOutput<typeof spreadInput>;

/** POST /v1/admin/sessions/{session}/allotment/proposal: what each store would get of each SKU, and why. */
export const proposalInput = v.strictObject({
  units: v.pipe(
    v.record(skuId, whole(1, 0xffff_ffff)),
    v.check((map) => Object.keys(map).length > 0, "one SKU at least"),
  ),
  spread: v.optional(spreadInput, {}),
  /** True puts it in place of the allotment; otherwise nothing is changed. */
  apply: v.optional(v.boolean(), false),
});

/** A store's share by largest remainder (domain/plan/quota.ts). */
const quota = v.object({
  store: storeId,
  /** As it was sent; 1 for every store where none was. */
  weight: units,
  /** Units x weight / sum of weights, rounded to six digits for showing: what decides are exact fractions. */
  quota: v.number(),
  /** The whole part, which the store has in any case. */
  floor: units,
  /** Place of its fraction among all, 1 the largest; equal ones in order of store id. The first so many have one unit more. */
  rank: u32,
  /** Units that the store gets. */
  units,
});

export const proposalReply = v.object({
  /** Whether it is the allotment now. */
  applied: v.boolean(),
  /** Pairs of SKU and store that get a unit. */
  pools: u32,
  /** Units of all SKUs. */
  units,
  /** In order of SKU; the lines in order of store. */
  skus: v.array(v.object({ sku: skuId, units, lines: v.array(quota) })),
});
export type ProposalReply = v.InferOutput<typeof proposalReply>;

/** GET /v1/admin/sessions/{session}/allotment?sku=: where the units of one SKU are allotted. */
export const allotmentReply = v.object({
  sku: skuId,
  units,
  pools: v.array(
    v.object({
      store: storeId,
      /** Units. */
      stock: u32,
      /** Length of the published waitlist, in people. */
      wait: u32,
    }),
  ),
});
export type AllotmentReply = v.InferOutput<typeof allotmentReply>;

/** Codes with which announcing is refused while a check fails. */
const CHECK_CODES = [
  "invalid_times",
  "too_late_to_announce",
  "unknown_chain",
  "unknown_sku",
  "price_changed",
  "unknown_store",
  "store_closed",
  ...SALE_NOS,
  "not_allotted",
  "exceeds_units",
  "stock_overlap",
  "too_few_shards",
] as const;

const check = v.object({
  /** What was looked at: times, beacon, witnesses, price, mix, age, text, stores, stock, overlap, shards, forecast. There may be more. */
  check: v.string(),
  /** While one fails the session is not announced; a warning is the operator's to judge. */
  state: v.picklist(["ok", "warn", "fail"]),
  /** A sentence for people. */
  detail: v.string(),
  /** Of one that fails: the code with which announcing is refused. */
  code: v.exactOptional(v.picklist(CHECK_CODES)),
});

/** GET /v1/admin/sessions/{session}/checks. */
export const checksReply = v.object({ session: sessionId, mayAnnounce: v.boolean(), checks: v.array(check) });
export type ChecksReply = v.InferOutput<typeof checksReply>;

/** The manifest as a program reads it (domain/draw/manifest.ts, docs/verify-a-draw.md). What counts are the exact bytes of manifest.json. */
const manifest = v.looseObject({ v: v.literal(1), type: v.literal("manifest"), session: sessionId });

/** POST /v1/admin/sessions/{session}/announce?dry=1: what would be fixed, were it announced now; no manifest while none can be made. */
export const dryRunReply = v.object({ ...checksReply.entries, manifest: v.exactOptional(manifest) });
export type DryRun = v.InferOutput<typeof dryRunReply>;

/** GET /v1/admin/sessions/{session}/forecast. */
export const forecastReply = v.object({
  session: sessionId,
  /** Where it comes from: the last sessions of its template, what the plan expects, or nothing. */
  basis: v.picklist(["past", "expected", "none"]),
  /** The sessions that were looked at, the newest first. */
  past: v.array(sessionId),
  /** Absent, as what follows from it, where there is no basis. */
  reservations: v.exactOptional(units),
  units,
  /** Pairs of SKU and store that have units. */
  pools: u32,
  /** Units for each reservation, at most 1. */
  odds: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  reservationsPerPool: v.exactOptional(v.number()),
  /** US dollars at list price for this session alone, nothing included. */
  costUsd: v.exactOptional(v.number()),
});
export type ForecastReply = v.InferOutput<typeof forecastReply>;

/** A state of the draft that somebody left it in: another plan, or another allotment. */
const draftVersion = v.object({
  no: u32,
  /** Unix seconds. */
  at: unixSeconds,
  /** The operator, or the template that drafted it. */
  by: v.string(),
  plan: v.exactOptional(planInput),
  allotment: v.exactOptional(
    v.object({
      how: v.picklist(["hand", "csv", "proportional"]),
      pools: u32,
      units,
      /** Merkle root of the pools, as a manifest would have it (poolsRoot). */
      root: hex32,
    }),
  ),
});
export type DraftVersion = v.InferOutput<typeof draftVersion>;

/** GET /v1/admin/sessions/{session}/versions: who changed the draft, when, and to what; the first one first. */
export const versionsReply = v.object({ versions: v.array(draftVersion) });
export type VersionsReply = v.InferOutput<typeof versionsReply>;

/** POST /v1/admin/sessions/{session}/bulletins: something that the manifest does not fix, said in public and logged. */
export const bulletinInput = v.strictObject({ text: v.strictObject({ "zh-CN": shortText, en: shortText }) });
export const bulletinReply = v.object({ bulletin });
export type BulletinReply = v.InferOutput<typeof bulletinReply>;

/** What a session holds of its stock. */
export type Claims = { session: string; stock: string; open: number; close: number; skus: ClaimedSku[] };
