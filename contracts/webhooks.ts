// Webhooks: where an operator wants events sent to. Signed as Standard Webhooks describe it (webhook-id, -timestamp, -signature).
import * as v from "valibot";
import { unixSeconds } from "./basics.ts";
import { cursor, eventType } from "./feed.ts";

export const WEBHOOKS_MAX = 20;

export const webhookId = v.pipe(v.string(), v.regex(/^wh_[0-9a-f]{24}$/, "an id of a webhook"));

/** Whether the shop will call it is decided by domain/webhook/address.ts: `webhook_address` says why not. */
export const webhookInput = v.strictObject({
  url: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)),
  /** All types unless said. */
  types: v.optional(v.pipe(v.array(eventType), v.minLength(1))),
});

export const webhookMove = v.strictObject({ to: v.picklist(["enabled", "disabled"]) });

/** One event again, or everything after a place in the feed. */
export const replayInput = v.union([v.strictObject({ event: cursor }), v.strictObject({ after: cursor })]);
export type ReplayInput = v.InferOutput<typeof replayInput>;

export const webhookView = v.object({
  webhook: webhookId,
  url: v.string(),
  types: v.exactOptional(v.array(eventType)),
  state: v.picklist(["enabled", "disabled"]),
  /** Why it is disabled: an operator did it, it failed for days, or it answered 410. */
  why: v.exactOptional(v.picklist(["operator", "failing", "gone"])),
  createdAt: unixSeconds,
});
export type WebhookView = v.InferOutput<typeof webhookView>;

export const webhooksReply = v.object({ webhooks: v.array(webhookView) });

/** The secret is shown when it is made, and never again. */
export const webhookMade = v.object({
  ...webhookView.entries,
  secret: v.pipe(v.string(), v.regex(/^whsec_[A-Za-z0-9+/]+=*$/)),
  /** After a change of the secret: until then the one before signs too. */
  previousUntil: v.exactOptional(unixSeconds),
});

const millis = v.pipe(v.number(), v.integer());

/** How far a webhook has come. Instants in milliseconds since 1970. */
export const webhookProgress = v.object({
  /** Up to here the feed was read. */
  cursor,
  /** Events that were read and not delivered yet. */
  pending: v.number(),
  failingSince: v.exactOptional(millis),
  nextTry: v.exactOptional(millis),
  /** Given up after 10 attempts, newest first; each can be replayed while the feed keeps it. */
  dead: v.array(v.object({ cursor, id: v.string(), type: v.string(), at: millis, why: v.string() })),
});
export type WebhookProgress = v.InferOutput<typeof webhookProgress>;

export const webhookDesk = v.object({ ...webhookView.entries, ...webhookProgress.entries });
export const replayReply = v.object({ replayed: v.picklist(["event", "after"]) });
