// Incidents: a store that cannot hand over what its winners have paid for, and what each of them chooses.
import * as v from "valibot";
import { names, orderId, sessionId, shortText, skuId, storeId, u32, unixSeconds } from "./basics.ts";

export const INCIDENT_KINDS = ["shortage", "closure"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const incidentId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, _ or -"));

/** Until then whoever has the better rank goes first; a day unless the operator says otherwise. */
export const DECIDE_S = 86_400;

const where = { incident: incidentId, session: sessionId, store: storeId };
const more = { decideBy: v.optional(unixSeconds), /** Shown to those who choose. */ note: v.optional(shortText) };

/** POST /v1/admin/incidents. The same id again changes nothing. A closure without a SKU is one of every SKU that the session has there. */
export const incidentInput = v.variant("kind", [
  v.strictObject({ kind: v.literal("shortage"), ...where, sku: skuId, missing: v.pipe(u32, v.minValue(1)), ...more }),
  v.strictObject({ kind: v.literal("closure"), ...where, sku: v.optional(skuId), ...more }),
]);
export type IncidentInput = v.InferOutput<typeof incidentInput>;

export const CHOICES = ["wait", "move", "refund"] as const;
export type Choice = (typeof CHOICES)[number];

/** POST /v1/orders/{order}/choice. The same choice again changes nothing. */
export const choiceInput = v.variant("choice", [
  v.strictObject({ choice: v.picklist(["wait", "refund"]), incident: incidentId }),
  v.strictObject({ choice: v.literal("move"), incident: incidentId, store: storeId }),
]);
export type ChoiceInput = v.InferOutput<typeof choiceInput>;

/** In an order that an incident concerns. */
export const orderIncident = v.object({
  incident: incidentId,
  kind: v.picklist(INCIDENT_KINDS),
  note: v.exactOptional(shortText),
  decideBy: unixSeconds,
  /** Whether the order has no unit as things stand, and its owner may choose. */
  open: v.boolean(),
  choice: v.exactOptional(v.picklist(CHOICES)),
  /** Where the order was before it moved. */
  from: v.exactOptional(storeId),
});
export type OrderIncident = v.InferOutput<typeof orderIncident>;

/** GET /v1/orders/{order}/stores: where the order could move to, nearest to its store first. */
export const spareStore = v.object({ store: storeId, name: names, address: names, metres: u32, units: u32 });
export type SpareStore = v.InferOutput<typeof spareStore>;
export const spareReply = v.object({ stores: v.array(spareStore) });
export type SpareReply = v.InferOutput<typeof spareReply>;

const incidentEvent = v.object({
  seq: u32,
  event: v.picklist(["reported", "ended", ...CHOICES]),
  order: v.exactOptional(orderId),
  from: v.exactOptional(storeId),
  to: v.exactOptional(storeId),
  at: unixSeconds,
  by: v.string(),
});
export type IncidentEvent = v.InferOutput<typeof incidentEvent>;

/** GET /v1/admin/incidents?session=. `units` is what the store will hand over in all; `choosing` is in the order in which they choose. */
export const incidentDesk = v.object({
  incident: incidentId,
  session: sessionId,
  store: storeId,
  kind: v.picklist(INCIDENT_KINDS),
  note: v.exactOptional(shortText),
  decideBy: unixSeconds,
  at: unixSeconds,
  by: v.string(),
  endedAt: v.exactOptional(unixSeconds),
  skus: v.array(
    v.object({
      sku: skuId,
      units: u32,
      choosing: v.array(v.object({ order: orderId, rank: u32, choice: v.exactOptional(v.picklist(CHOICES)) })),
    }),
  ),
  events: v.array(incidentEvent),
});
export type IncidentDesk = v.InferOutput<typeof incidentDesk>;
export const incidentsReply = v.object({ incidents: v.array(incidentDesk) });
