// Sessions: what an operator plans, what the public sees.
import * as v from "valibot";
import { ADMIT_PER_S } from "../domain/draw/admission.ts";
import { PRESETS } from "../domain/draw/manifest.ts";
import { SHARDS_MAX, shardsFor } from "../domain/draw/plan.ts";
import { TICKETS_MAX } from "../domain/draw/tickets.ts";
import {
  hex32,
  longText,
  market,
  money,
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
export const sessionState = v.picklist(STATES);
export type SessionState = v.InferOutput<typeof sessionState>;

/** POST /v1/admin/sessions/{session}/moves: nudges a move that is due. */
export const moveInput = v.strictObject({ to: v.picklist(["open", "closed", "frozen", "drawn", "awarding", "settled"]) });
export type MoveInput = v.InferOutput<typeof moveInput>;

/** `rollTo`: the session that takes its place. A manifest never changes, so whoever has to change one voids it and announces another. */
export const voidInput = v.strictObject({ text: shortText, rollTo: v.optional(sessionId) });

/** Something that the manifest does not fix, said in public after announcing and before open: a log entry of its own. */
export const bulletin = v.object({ no: u32, s: unixSeconds, text: names });
export type Bulletin = v.InferOutput<typeof bulletin>;

/** What planning, allotting, announcing and moving answer with. */
export const plannedReply = v.object({ session: sessionId, state: sessionState });
export const allottedReply = v.object({ pools: u32, units: v.number() });
export const movedReply = v.object({ state: sessionState });

const instant = v.pipe(v.number(), v.integer());

const counting = v.object({
  /** Whoever won in a family sits out the sessions that open within this time after that draw; 0 lets everybody in. */
  coolDownS: v.number(),
  /** A loss counts in sessions that open within this time after its draw. */
  lossesCountS: v.number(),
});

/** The rules document behind the manifest's rulesHash, served at /rules/{rulesHash}. */
export const rules = v.object({
  v: v.literal(1),
  type: v.literal("rules"),
  title: names,
  /** Product family of each SKU: tickets and cool-down count per family. */
  families: v.record(v.string(), v.string()),
  prices: v.record(v.string(), money),
  /** Minimum age of the goods in this market; 0 where there is none. */
  age: v.number(),
  payWindowS: v.number(),
  pickupS: v.number(),
  wavesMax: v.number(),
  /** From close until exclusions and appeals are decided (domain/draw/exclusion.ts); the manifest's graceS where it is not said. */
  decideS: v.exactOptional(v.number()),
  /** Points that taking part costs, once for each person; absent where it costs none. */
  feePoints: v.exactOptional(v.number()),
  /** How wins and losses count; absent in a session in which every entry weighs the same and nobody cools down. */
  counting: v.exactOptional(counting),
  text: v.string(),
});
export type Rules = v.InferOutput<typeof rules>;

/** What everybody waits for: an entry of the log that has fewer timely cosignatures than are needed. */
export const waiting = v.object({
  /** manifest, seal, result, waves/{no}, settled or void. */
  entry: v.string(),
  needed: v.number(),
  witnesses: v.array(v.object({ by: v.string(), brand: v.boolean(), signed: v.boolean() })),
});
export type Waiting = v.InferOutput<typeof waiting>;

/** POST /v1/admin/sessions/{session}/announce. */
export const announcedReply = v.object({
  manifest: hex32,
  state: sessionState,
  waiting: v.exactOptional(waiting),
});

/** One line of GET /v1/sessions. */
export const sessionLine = v.object({
  session: sessionId,
  title: names,
  market,
  state: sessionState,
  open: instant,
  close: instant,
  /** When the beacon round appears and the draw follows. */
  drawAt: instant,
  /** The beacon's name, and whether it is a local one made for trying out. */
  beacon: v.object({ name: v.string(), local: v.boolean() }),
  skus: v.array(skuId),
  /** What was said about it after it was announced. */
  bulletins: v.exactOptional(v.array(bulletin)),
});
export type SessionLine = v.InferOutput<typeof sessionLine>;

const voided = v.object({ s: instant, text: v.string(), rollTo: v.exactOptional(sessionId) });
const waves = v.array(
  v.object({ no: u32, s: instant, payBy: instant, pickupUntil: instant, awards: v.number(), lapses: v.number() }),
);

/** What D1 keeps of a session: the line and what came after the draw. */
export const sessionRecord = v.object({
  ...sessionLine.entries,
  /** When the last shard was deleted (Unix seconds): from then on nobody gets a receipt again. */
  shardsDeleted: v.exactOptional(instant),
  waiting: v.exactOptional(waiting),
  voided: v.exactOptional(voided),
  waves,
});
export type SessionRecord = v.InferOutput<typeof sessionRecord>;

/** GET /v1/sessions. */
export const sessionsReply = v.object({ sessions: v.array(sessionRecord) });

/** GET /v1/sessions/{session}/offers/{sku}: place n of each list is pool `first` + n. It never changes. */
export const offerList = v.object({ sku: skuId, first: u32, stores: v.array(storeId), stock: v.array(u32), wait: v.array(u32) });
export type OfferList = v.InferOutput<typeof offerList>;

/** GET /v1/sessions/{session}/offers. It never changes. */
const offer = v.object({ sku: skuId, first: u32, pools: u32, units: v.number() });
export const offersReply = v.object({ offers: v.array(offer) });
export type OffersReply = v.InferOutput<typeof offersReply>;

/** GET /v1/sessions/{session}. */
export const sessionView = v.object({
  ...sessionRecord.entries,
  manifest: hex32,
  /** How many units of each product there are, in how many pools. */
  offers: v.array(offer),
  /** Every pool of a session with at most 500; none of a larger one: each product's are at /v1/sessions/{session}/offers/{sku}. */
  pools: v.array(v.object({ pool: u32, sku: skuId, store: storeId, stock: u32, wait: u32 })),
  rules,
});
export type SessionView = v.InferOutput<typeof sessionView>;

/** What an operator sees: GET /v1/admin/sessions/{session}. */
export const sessionDesk = v.object({
  session: sessionId,
  state: sessionState,
  plan: planInput,
  units: v.number(),
  pools: v.number(),
  manifest: v.exactOptional(hex32),
  waiting: v.exactOptional(waiting),
  /** In state draft: the witnesses' signatures came too late, and this id cannot be used any more. */
  late: v.exactOptional(v.literal(true)),
  counts: v.exactOptional(v.object({ entries: v.number(), excluded: v.number(), winners: v.number(), waits: v.number() })),
  waves,
  bulletins: v.exactOptional(v.array(v.object({ ...bulletin.entries, by: v.string() }))),
  voided: v.exactOptional(voided),
  settled: v.exactOptional(
    v.object({ s: instant, handedOver: v.number(), refunded: v.number(), lapsed: v.number(), left: v.number() }),
  ),
  /** Once the session is over: shards that were deleted, and those that had to be kept, with the reason. */
  shards: v.exactOptional(v.object({ deleted: v.number(), kept: v.array(v.object({ shard: u32, why: v.string() })) })),
});
export type SessionDesk = v.InferOutput<typeof sessionDesk>;
