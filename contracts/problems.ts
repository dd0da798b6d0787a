// Every expected "no" on the wire: code -> status, title, explanation. The only home of 4xx and 5xx numbers.
// A code that is missing here does not compile where it is used. docs/problems.md is generated from this table.

type Problem = { status: number; title: string; explanation: string };

export const PROBLEMS = {
  // Requests
  unreadable_body: {
    status: 400,
    title: "The body cannot be read",
    explanation: "The body is not valid JSON in UTF-8. Send Content-Type: application/json.",
  },
  unauthenticated: {
    status: 401,
    title: "Sign in first",
    explanation: "The access token is missing, expired or not signed by this shop.",
  },
  wrong_role: {
    status: 403,
    title: "Not for this role",
    explanation: "The token is valid, but the address belongs to another role: member, store or operator.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    explanation: "There is nothing at this address for you: it does not exist, or it is somebody else's.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    explanation: "The address exists and takes other methods; see the Allow header.",
  },
  body_too_large: {
    status: 413,
    title: "The body is too large",
    explanation: "The body is over the limit of this address. Nothing was read or written.",
  },
  invalid_input: {
    status: 422,
    title: "The input does not fit",
    explanation: "The body is readable but not of the documented shape; errors[] points at each place.",
  },
  busy: {
    status: 503,
    title: "Busy, try again",
    explanation:
      "The shop is at its limit. Nothing was written. Wait as long as Retry-After says, then send the same request again.",
  },
  not_prepared: {
    status: 503,
    title: "Not ready yet",
    explanation: "This part of the session has not been prepared yet. Nothing was written. Try again after Retry-After.",
  },
  misconfigured: {
    status: 503,
    title: "Not set up",
    explanation: "A setting or secret of this installation is missing. Its operator sees which one in the log.",
  },
  internal: {
    status: 500,
    title: "Our mistake",
    explanation: "Something failed on our side. Sending the same request again is safe.",
  },

  // Reserving (the numbers are the codes of draw1-reasons/1)
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

  // Planning
  session_exists: {
    status: 409,
    title: "The session exists",
    explanation: "A session with this id was announced, or drafted with another plan. Ids are used once.",
  },
  not_draft: {
    status: 409,
    title: "No longer a draft",
    explanation: "Plan and allotment are fixed once the session is announced.",
  },
  not_allotted: { status: 409, title: "No units allotted", explanation: "Give units to at least one pool before announcing." },
  unknown_market: {
    status: 409,
    title: "Unknown market",
    explanation: "The plan names a market that has no rules here; domain/market.ts has those that do.",
  },
  alcohol_forbidden: {
    status: 409,
    title: "No alcohol in this market",
    explanation: "Alcohol may not be sold in the market of the plan.",
  },
  wrong_currency: {
    status: 409,
    title: "Another currency",
    explanation: "A SKU's price in the market is not in the market's currency.",
  },
  unknown_sku: {
    status: 409,
    title: "Unknown SKU",
    explanation: "A SKU of the plan or allotment is not in the catalogue, has no price in the market, or is not in the plan.",
  },
  unknown_store: {
    status: 409,
    title: "Unknown store",
    explanation: "A store of the allotment does not exist or belongs to another market.",
  },
  unknown_chain: {
    status: 409,
    title: "Unknown beacon chain",
    explanation: "This installation does not know the chain that the plan names.",
  },
  too_late_to_announce: {
    status: 409,
    title: "Too late to announce",
    explanation: "The session opens sooner than its announcement lead allows.",
  },
  announced_too_late: {
    status: 409,
    title: "The witnesses came too late",
    explanation:
      "Too few witnesses cosigned the manifest before the session's announcement lead. It stands in the log and was never announced: plan the session again under a new id.",
  },
  invalid_times: {
    status: 409,
    title: "The times do not fit",
    explanation: "Open, close, grace, review and seal lead contradict each other.",
  },
  not_due: { status: 409, title: "Not due yet", explanation: "The session moves by its plan; this move's time has not come." },
  too_late_to_void: {
    status: 409,
    title: "Too late to void",
    explanation:
      "After the seal's deadline a session stands: its winners already follow from the sealed tables and the beacon. A void counts only where enough witnesses cosigned it before.",
  },

  // Awards and payment
  not_awarded: {
    status: 409,
    title: "No unit awarded",
    explanation: "This reservation holds no unit: it did not win, or its turn on the waitlist has not come.",
  },
  award_lapsed: {
    status: 410,
    title: "The unit has passed on",
    explanation: "The unit was not paid in time or was given back; it goes to the next rank.",
  },
  already_paid: {
    status: 409,
    title: "Paid already",
    explanation: "A paid unit cannot be declined here; ask the store for a refund.",
  },

  // Pickup
  not_paid: { status: 409, title: "Not paid", explanation: "The order is not paid, so there is nothing to hand over." },
  not_ready: { status: 409, title: "Not ready", explanation: "The store has not received the unit yet." },
  already_collected: {
    status: 409,
    title: "Collected already",
    explanation: "The order was handed over; the reply says when and where. Nothing was changed.",
  },
  pickup_expired: {
    status: 410,
    title: "The pickup time is over",
    explanation: "The order was not collected in its window; the payment is refunded.",
  },
  voucher_invalid: {
    status: 409,
    title: "Not a valid voucher",
    explanation: "The voucher is not signed by this shop, not for this store, or not shown by the device that it was issued to.",
  },
  voucher_stale: {
    status: 409,
    title: "The code has rotated",
    explanation: "The QR code is older than a minute, as a photograph of one would be. Ask for the live code.",
  },
  code_wrong: {
    status: 409,
    title: "Wrong code",
    explanation: "The 8 digits do not belong to this order now. Five wrong tries lock the code; the QR code still works.",
  },
  code_locked: {
    status: 409,
    title: "The code is locked",
    explanation: "Too many wrong codes were tried for this order. Use the QR code.",
  },
  serial_used: {
    status: 409,
    title: "Serial used before",
    explanation: "This item serial was recorded at another hand-over of the same SKU. Nothing was handed over.",
  },
  delivery_differs: {
    status: 409,
    title: "Another delivery under this id",
    explanation: "A delivery with this id was recorded with other contents.",
  },
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Codes that tell the caller to come back: their replies carry Retry-After. */
export const RETRY_CODES = ["busy", "not_prepared", "misconfigured"] as const satisfies ProblemCode[];
