// Sessions: what an operator plans, what the public sees.
import * as v from "valibot";
import { ADMIT_PER_S } from "../domain/draw/admission.ts";
import { PRESETS } from "../domain/draw/manifest.ts";
import { SHARDS_MAX, shardsFor } from "../domain/draw/plan.ts";
import type { Offer } from "../domain/draw/pool-list.ts";
import { type Counting, TICKETS_MAX } from "../domain/draw/tickets.ts";
import {
  hex32,
  longText,
  type Money,
  market,
  type Names,
  names,
  seconds,
  sessionId,
  shortText,
  skuId,
  storeId,
  u32,
  unixSeconds,
  whole,
} from "./basics.ts";

/** A plan that says nothing else is a daily draw. */
const { graceS: DAILY_GRACE_S, ...DAILY_LEADS } = PRESETS.daily;

/** Products of a session: as many as a brand has. */
export const SKUS_MAX = 48;

/** How long receipts can still be fetched from the shop after a session is over. */
export const SHARDS_KEPT_S = 30 * 86400;

/** POST /v1/admin/sessions. Instants are whole seconds since 1970, durations seconds. */
export const planInput = v.pipe(
  v.strictObject({
    session: sessionId,
    title: names,
    market,
    open: unixSeconds,
    close: unixSeconds,
    /** Overload tickets admit until close + graceS. */
    graceS: v.optional(seconds(0, 3600), DAILY_GRACE_S),
    leads: v.optional(
      v.strictObject({
        /** The manifest is public at least this long before open. */
        announceS: seconds(0, 30 * 86400),
        /** From close to the seal's deadline: grace, review, sealing. */
        reviewS: seconds(3, 30 * 86400),
        /** From the seal's deadline to the beacon round. */
        sealLeadS: seconds(3, 86400),
      }),
      DAILY_LEADS,
    ),
    /** From close until exclusions and appeals are decided: then the session is sealed. The end of grace unless said. */
    decideS: v.optional(seconds(0, 30 * 86400)),
    /** Chain hash of the beacon; GET /v1/beacons lists what this installation knows. */
    chain: hex32,
    /** Reservation shards: as many as `expected` asks for unless said, and 4 where neither is. 512 carry 100,000 reservations a second. */
    shards: v.optional(whole(1, SHARDS_MAX)),
    /** Reservations in all, and in the busiest second (a hundredth of all unless said). Only the number of shards follows from it. */
    expected: v.optional(v.strictObject({ reservations: whole(1, 1e9), peakPerS: v.optional(whole(1, 1e7)) })),
    /** Reservations that each shard lets to its door in a second; whoever comes beyond them gets an overload ticket. */
    admitPerS: v.optional(whole(1, 1_000_000), ADMIT_PER_S),
    skus: v.pipe(
      v.array(skuId),
      v.minLength(1),
      v.maxLength(SKUS_MAX),
      v.check((list) => new Set(list).size === list.length, "each SKU once"),
    ),
    /** Units of each SKU that may be allotted in all; without it the allotment alone decides. */
    units: v.optional(v.record(skuId, whole(0, 0xffff_ffff))),
    /** The stock that the units come from: at one store, open at one time, a SKU of one stock is in one session only. "main" unless said. */
    stock: v.optional(skuId),
    /** Points that taking part costs, once for each person, as the rules document says it. */
    feePoints: v.optional(whole(0, 1_000_000)),
    /** Tickets at most: one, and one more for each loss in the product family since the last win. 1, or nothing said: every entry weighs the same. */
    ticketsMax: v.optional(whole(1, TICKETS_MAX)),
    /** Who won in a family does not take part in what opens within this time after that draw; 0, or nothing said: everybody may. */
    coolDownS: v.optional(seconds(0, 366 * 86400)),
    /** A winner pays within this time after the wave is published. */
    payWindowS: v.optional(seconds(5, 30 * 86400), 86400),
    /** From the end of the pay window to the end of pickup. */
    pickupS: v.optional(seconds(5, 60 * 86400), 7 * 86400),
    /** Waves at most, the winners' included; units still unpaid after the last one are left. */
    wavesMax: v.optional(seconds(1, 10), 3),
    /** Shards are deleted this long after the session was settled or voided, once their published files are verified. */
    shardsKeptS: v.optional(seconds(0, 3650 * 86400), SHARDS_KEPT_S),
    rules: v.optional(
      longText,
      "One reservation per person and product. Winners follow from public randomness. Unpaid units pass to the next rank.",
    ),
  }),
  v.check(({ open, close }) => close > open, "close must lie after open"),
  v.transform((plan) => ({ ...plan, shards: plan.shards ?? shardsFor(plan.expected) })),
);
export type PlanInput = v.InferOutput<typeof planInput>;

/** PUT /v1/admin/sessions/{session}/allotment: replaces the units of all pools while the session is a draft. */
export const allotmentInput = v.strictObject({
  pools: v.pipe(
    v.array(
      v.strictObject({
        sku: skuId,
        store: storeId,
        stock: u32,
        /** Length of the published waitlist; twice the stock unless said. */ wait: v.optional(u32),
      }),
    ),
    v.minLength(1),
    v.maxLength(150_000),
    v.check((pools) => new Set(pools.map(({ sku, store }) => `${sku}\n${store}`)).size === pools.length, "each SKU and store once"),
  ),
});
export type AllotmentInput = v.InferOutput<typeof allotmentInput>;

export const STATES = ["draft", "announced", "open", "closed", "frozen", "drawn", "awarding", "settled", "voided"] as const;
export type SessionState = (typeof STATES)[number];

/** POST /v1/admin/sessions/{session}/moves: nudges a move that is due. */
export const moveInput = v.strictObject({ to: v.picklist(["open", "closed", "frozen", "drawn", "awarding", "settled"]) });
export type MoveInput = v.InferOutput<typeof moveInput>;

/** `rollTo`: the session that takes its place. A manifest never changes, so whoever has to change one voids it and announces another. */
export const voidInput = v.strictObject({ text: shortText, rollTo: v.optional(sessionId) });

/** Something that the manifest does not fix, said in public after announcing and before open: a log entry of its own. */
export type Bulletin = { no: number; s: number; text: Names };

/** The rules document behind the manifest's rulesHash, served at /rules/{rulesHash}. */
export type Rules = {
  v: 1;
  type: "rules";
  title: Names;
  /** Product family of each SKU: tickets and cool-down count per family. */
  families: { [sku: string]: string };
  prices: { [sku: string]: Money };
  /** Minimum age of the goods in this market; 0 where there is none. */
  age: number;
  payWindowS: number;
  pickupS: number;
  wavesMax: number;
  /** From close until exclusions and appeals are decided (domain/draw/exclusion.ts); the manifest's graceS where it is not said. */
  decideS?: number;
  /** Points that taking part costs, once for each person; absent where it costs none. */
  feePoints?: number;
  /** How wins and losses count; absent in a session in which every entry weighs the same and nobody cools down. */
  counting?: Counting;
  text: string;
};

/** What everybody waits for: an entry of the log that has fewer timely cosignatures than are needed. */
export type Waiting = {
  /** manifest, seal, result, waves/{no}, settled or void. */
  entry: string;
  needed: number;
  witnesses: { by: string; brand: boolean; signed: boolean }[];
};

/** One line of GET /v1/sessions. */
export type SessionLine = {
  session: string;
  title: Names;
  market: string;
  state: SessionState;
  open: number;
  close: number;
  /** When the beacon round appears and the draw follows. */
  drawAt: number;
  /** The beacon's name, and whether it is a local one made for trying out. */
  beacon: { name: string; local: boolean };
  skus: string[];
  /** What was said about it after it was announced. */
  bulletins?: Bulletin[];
};

/** What D1 keeps of a session: the line and what came after the draw. */
export type SessionRecord = SessionLine & {
  /** When the last shard was deleted (Unix seconds): from then on nobody gets a receipt again. */
  shardsDeleted?: number;
  waiting?: Waiting;
  voided?: { s: number; text: string; rollTo?: string };
  waves: { no: number; s: number; payBy: number; pickupUntil: number; awards: number; lapses: number }[];
};

/** GET /v1/sessions/{session}/offers/{sku}: place n of each list is pool `first` + n. It never changes. */
export type OfferList = { sku: string; first: number; stores: string[]; stock: number[]; wait: number[] };

/** GET /v1/sessions/{session}/offers. It never changes. */
export type OffersReply = { offers: Offer[] };

/** GET /v1/sessions/{session}. */
export type SessionView = SessionRecord & {
  manifest: string;
  /** How many units of each product there are, in how many pools. */
  offers: Offer[];
  /** Every pool of a session with at most 500; none of a larger one: each product's are at /v1/sessions/{session}/offers/{sku}. */
  pools: { pool: number; sku: string; store: string; stock: number; wait: number }[];
  rules: Rules;
};

/** What an operator sees: GET /v1/admin/sessions/{session}. */
export type SessionDesk = {
  session: string;
  state: SessionState;
  plan: PlanInput;
  units: number;
  pools: number;
  manifest?: string;
  waiting?: Waiting;
  /** In state draft: the witnesses' signatures came too late, and this id cannot be used any more. */
  late?: true;
  counts?: { entries: number; excluded: number; winners: number; waits: number };
  waves: SessionView["waves"];
  bulletins?: (Bulletin & { by: string })[];
  voided?: { s: number; text: string; rollTo?: string };
  settled?: { s: number; handedOver: number; refunded: number; lapsed: number; left: number };
  /** Once the session is over: shards that were deleted, and those that had to be kept, with the reason. */
  shards?: { deleted: number; kept: { shard: number; why: string }[] };
};
