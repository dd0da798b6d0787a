// Reserving. Numbers in brackets are the codes of draw1-reasons/1.
import type { Problem } from "./problem.ts";

export const RESERVING = {
  voided: {
    status: 410,
    title: "The session was voided",
    explanation: "Reason 39: the session does not take place. No reservation counts.",
  },
  too_early: {
    status: 409,
    title: "Not open yet",
    explanation: "Reason 32: the window has not opened. The server's clock decides; GET /v1/time shows it.",
  },
  late: { status: 410, title: "The window has closed", explanation: "Reason 33: the request came at or after close." },
  unknown_pool: {
    status: 404,
    title: "Unknown pool",
    explanation: "Reason 36: this session offers no such product at such a store.",
  },
  not_eligible: {
    status: 409,
    title: "A condition is not met",
    explanation: "Reason 2: another condition of the session's rules document is not met.",
  },
  staff: {
    status: 409,
    title: "Staff cannot take part",
    explanation: "Reason 5: people who work for the brand or its stores are barred from its draws.",
  },
  under_age: {
    status: 409,
    title: "Under the market's age",
    explanation: "Reason 6: the goods of this session are sold from a minimum age on.",
  },
  wrong_region: {
    status: 409,
    title: "Another market",
    explanation: "Reason 7: the session is held for another market or region than yours.",
  },
  cooling_down: {
    status: 409,
    title: "Won too recently",
    explanation: "Reason 13: whoever won in this product family waits before taking part again.",
  },
  eid_used: {
    status: 409,
    title: "Random number used before",
    explanation: "Reason 38: the nonce already belongs to another of your reservations. Draw a fresh one.",
  },
  withdrew_before: {
    status: 409,
    title: "Withdrawn before",
    explanation: "Reason 35: you withdrew your reservation for this product; it cannot be made again.",
  },
  already_reserved: {
    status: 409,
    title: "Reserved already",
    explanation: "Reason 34: you hold a reservation for this product in this session. The first receipt comes along.",
  },
  invalid_pass: {
    status: 401,
    title: "No valid entry pass",
    explanation:
      "The entry pass is missing, expired, for another session, or for another person. Get one from POST /v1/sessions/{session}/pass.",
  },
  archived: {
    status: 410,
    title: "No longer kept",
    explanation:
      "The session has been over for so long that the shop keeps no receipts of it. Its public files stay, and receipts are with whoever has kept them.",
  },
  not_reserved: { status: 404, title: "No such reservation", explanation: "You hold no reservation in this pool." },
} as const satisfies Record<string, Problem>;
