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
  exceeds_units: {
    status: 409,
    title: "More than there is",
    explanation: "The allotment gives a SKU more units than the plan has of it. Nothing was changed.",
  },
  stock_overlap: {
    status: 409,
    title: "Promised elsewhere",
    explanation:
      "Another session that is open at the same time takes the same SKU at the same store from the same stock. Name another stock in the plan, other stores, or another time.",
  },
  no_weight: {
    status: 409,
    title: "Nobody has a weight",
    explanation: "Units can be spread only over stores of which one at least has a weight above 0.",
  },
  price_changed: {
    status: 409,
    title: "The price has changed",
    explanation: "The catalogue has another price than when the session was drafted. PUT the plan again to take it up.",
  },
  store_closed: {
    status: 409,
    title: "A store cannot hand over",
    explanation: "A store of the allotment is closed, or has no licence for these goods. Allot to others.",
  },
  too_few_shards: {
    status: 409,
    title: "Too few shards",
    explanation: "The plan expects more reservations a second than its shards carry. Plan it with more of them.",
  },
  too_late_to_amend: {
    status: 409,
    title: "Too late to add a bulletin",
    explanation: "A bulletin can be added to a session that is announced and not open yet. What a manifest fixes never changes.",
  },
  too_many_bulletins: { status: 409, title: "Too many bulletins", explanation: "A session has 20 bulletins at most." },
  template_exists: {
    status: 409,
    title: "The template exists",
    explanation:
      "A template with this id has another content, or somebody changed it at the same moment. Read it and PUT it again.",
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
  unknown_session: {
    status: 409,
    title: "Unknown session",
    explanation: "The session that should take this one's place has not been drafted.",
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
  not_in_sample: {
    status: 409,
    title: "Not for the auditor's sample",
    explanation:
      "Only winners with more than one ticket are opened, once the session is drawn. Everybody else's entry stays closed.",
  },
} as const satisfies Record<string, Problem>;
