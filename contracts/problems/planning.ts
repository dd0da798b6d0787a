// The operator's desk: planning, allotting, announcing, voiding.
import type { Problem } from "./problem.ts";

export const PLANNING = {
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
} as const satisfies Record<string, Problem>;
