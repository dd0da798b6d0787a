// The event feed as other systems read it, by GET /v1/admin/events or as webhooks. Ids only: no name, no address, nothing of a person.
import * as v from "valibot";
import { orderId, pageLimit, sessionId, skuId, storeId, u32, unixSeconds } from "./basics.ts";
import { CHOICES, INCIDENT_KINDS, incidentId } from "./incidents.ts";
import { ORDER_STATES } from "./orders.ts";
import { sessionState } from "./sessions.ts";

/** How long events are kept. Whoever was away for longer starts from lists: GET /v1/sessions, /v1/admin/orders. */
export const EVENTS_KEPT_S = 30 * 86400;

const SESSION_EVENTS = [
  "session.announced",
  "session.open",
  "session.closed",
  "session.frozen",
  "session.drawn",
  "session.awarding",
  "session.wave",
  "session.settled",
  "session.voided",
] as const;
const ORDER_EVENTS = [
  "order.accepted",
  "order.paid",
  "order.ready",
  "order.moved",
  "order.collected",
  "order.lapsed",
  "order.refunded",
] as const;
const DELIVERY_EVENTS = ["delivery.received"] as const;
const INCIDENT_EVENTS = ["incident.reported", "incident.ended"] as const;
const CHOICE_EVENTS = ["incident.chosen"] as const;

export const EVENT_TYPES = [...SESSION_EVENTS, ...ORDER_EVENTS, ...DELIVERY_EVENTS, ...INCIDENT_EVENTS, ...CHOICE_EVENTS] as const;
export const eventType = v.picklist(EVENT_TYPES);
export type EventType = v.InferOutput<typeof eventType>;

/** A place in the feed. Ascending, otherwise without meaning. */
export const cursor = v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]{0,14})$/, "a cursor of the feed"));

/** `store` is the one that is short or closed. */
const incident = { incident: incidentId, kind: v.picklist(INCIDENT_KINDS), session: sessionId, store: storeId };

const envelope = {
  v: v.literal(1),
  /** The same event always has the same id: in the feed, in every attempt of a webhook and in a replay. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  cursor,
  at: unixSeconds,
};

/**
 * An event says what is so now. Between two events of one session or order the shop may have been through states that it no longer tells of:
 * act on the state, not on having seen the one before.
 */
export const feedEvent = v.variant("type", [
  v.object({
    ...envelope,
    type: v.picklist(SESSION_EVENTS),
    data: v.object({ session: sessionId, state: sessionState, version: u32, waves: u32 }),
  }),
  v.object({
    ...envelope,
    type: v.picklist(ORDER_EVENTS),
    data: v.object({
      order: orderId,
      state: v.picklist(ORDER_STATES),
      session: sessionId,
      pool: u32,
      sku: skuId,
      store: storeId,
      /** The member's id as their token's `sub` says it. */
      member: v.string(),
    }),
  }),
  v.object({
    ...envelope,
    type: v.picklist(DELIVERY_EVENTS),
    data: v.object({ delivery: v.string(), store: storeId, session: sessionId, sku: skuId, units: u32 }),
  }),
  v.object({
    ...envelope,
    type: v.picklist(INCIDENT_EVENTS),
    data: v.object({
      ...incident,
      /** `units`: what the store will hand over of the SKU in all. */
      skus: v.array(v.object({ sku: skuId, units: u32 })),
    }),
  }),
  v.object({
    ...envelope,
    type: v.picklist(CHOICE_EVENTS),
    data: v.object({
      ...incident,
      order: orderId,
      choice: v.picklist(CHOICES),
      /** The store that it moves to. */
      to: v.exactOptional(storeId),
    }),
  }),
]);
export type FeedEvent = v.InferOutput<typeof feedEvent>;

/** GET /v1/admin/events?after=&limit=&types= . Without `after` it begins with the oldest event that is kept. */
export const EVENTS_MAX = 500;
export const eventsQuery = v.strictObject({
  after: v.optional(cursor),
  limit: pageLimit(EVENTS_MAX),
  types: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(",")),
      v.array(eventType),
    ),
  ),
});

/** `next` is the `after` of the next request, also when no event of the wanted types was on this page. */
export const eventsReply = v.object({ events: v.array(feedEvent), next: cursor, more: v.boolean() });
export type EventsReply = v.InferOutput<typeof eventsReply>;
