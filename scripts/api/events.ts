// Operations by which other systems hear what happened: the event feed and webhooks.

import * as v from "valibot";
import { cursor, EVENTS_MAX, eventsReply } from "../../contracts/feed.ts";
import {
  replayInput,
  replayReply,
  webhookDesk,
  webhookInput,
  webhookMade,
  webhookMove,
  webhooksReply,
  webhookView,
} from "../../contracts/webhooks.ts";
import { json, type Operation } from "./operation.ts";

export const EVENTS: Operation[] = [
  {
    id: "events",
    method: "GET",
    path: "/v1/admin/events",
    who: "operator",
    title: "What happened, from a cursor on",
    text: "Ask again with `after` set to `next`; wait a few seconds when `more` is false. An event is in the feed exactly once, in the order in which D1 wrote what it speaks of. Kept for 30 days.",
    query: {
      after: { schema: cursor, what: "`next` of the page before; from the oldest event on where it is missing." },
      limit: {
        schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(EVENTS_MAX)),
        what: "Events on a page; 100 unless said.",
      },
      types: { schema: v.string(), what: "Only these types, separated by commas. A page may then be empty while there is more." },
    },
    replies: { 200: json("A page of events.", eventsReply) },
    problems: ["invalid_input", "cursor_too_old", "unknown_cursor"],
  },
  {
    id: "makeWebhook",
    method: "POST",
    path: "/v1/admin/webhooks",
    who: "operator",
    title: "Send events to an address",
    text: "Signed as Standard Webhooks describe it. The secret is in this reply and in no other.",
    body: webhookInput,
    once: true,
    replies: { 201: json("The webhook with its secret.", webhookMade) },
    problems: ["webhook_address", "too_many_webhooks"],
  },
  {
    id: "webhooks",
    method: "GET",
    path: "/v1/admin/webhooks",
    who: "operator",
    title: "All webhooks",
    replies: { 200: json("At most 20.", webhooksReply) },
    problems: [],
  },
  {
    id: "webhook",
    method: "GET",
    path: "/v1/admin/webhooks/:webhook",
    who: "operator",
    title: "A webhook, how far it has come, and what was given up",
    replies: { 200: json("The webhook.", webhookDesk) },
    problems: ["not_found"],
  },
  {
    id: "moveWebhook",
    method: "POST",
    path: "/v1/admin/webhooks/:webhook/moves",
    who: "operator",
    title: "Disable or enable a webhook",
    text: "Enabled again it goes on where it was.",
    body: webhookMove,
    replies: { 200: json("The webhook.", webhookView) },
    problems: ["not_found"],
  },
  {
    id: "changeWebhookSecret",
    method: "POST",
    path: "/v1/admin/webhooks/:webhook/secret",
    who: "operator",
    title: "Give a webhook another secret",
    text: "For a day the secret before signs too, so that a receiver can be changed without losing an event.",
    once: true,
    replies: { 200: json("The webhook with its new secret.", webhookMade) },
    problems: ["not_found", "secret_changed"],
  },
  {
    id: "replay",
    method: "POST",
    path: "/v1/admin/webhooks/:webhook/replay",
    who: "operator",
    title: "Send one event again, or everything after a cursor",
    text: "With the ids that they had: a receiver that keeps ids knows what it has seen.",
    body: replayInput,
    replies: { 202: json("It will be sent.", replayReply) },
    problems: ["not_found", "webhook_disabled", "cursor_too_old", "unknown_cursor"],
  },
];
