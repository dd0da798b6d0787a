// What an object's outbox tells D1. Each event is a whole row with a version: applying one twice, or late, changes nothing.
import type { SessionRecord, SessionState } from "./sessions.ts";

export type SessionEvent = {
  v: 1;
  type: "session";
  session: string;
  version: number;
  state: SessionState;
  open: number;
  line: SessionRecord;
};

export type OrderEvent = {
  v: 1;
  type: "order";
  order: string;
  version: number;
  state: "accepted" | "paid" | "lapsed";
  session: string;
  pool: number;
  rank: number;
  sku: string;
  store: string;
  member: string;
  amountMinor: number;
  currency: string;
  payBy: number;
  pickupUntil: number;
  paidAt: number | null;
};

export type OutboxEvent = SessionEvent | OrderEvent;

/** What an event is about. Each event holds the whole state of it under a version, so of several only the newest counts. */
export const entityOf = (event: OutboxEvent): string =>
  event.type === "order" ? `order/${event.order}` : `session/${event.session}`;
