// A store that cannot hand over all it owes.
import type { Problem } from "./problem.ts";

export const INCIDENTS = {
  incident_open: {
    status: 409,
    title: "Another incident is open",
    explanation: "An incident of this store, session and product is open under another id. End it first.",
  },
  incident_differs: {
    status: 409,
    title: "Another incident under this id",
    explanation: "An incident with this id was recorded with other contents.",
  },
  not_drawn: {
    status: 409,
    title: "Not drawn yet",
    explanation: "Before the draw nobody has won a unit of this store, so nobody has to choose.",
  },
  session_over: {
    status: 410,
    title: "The session is over",
    explanation: "Its orders are handed over or refunded; nothing changes in them any more.",
  },
  incident_over: {
    status: 409,
    title: "Nothing to choose",
    explanation:
      "The store has a unit for this order again, or the order was handed over, moved or refunded. Look at the order again; nothing was changed.",
  },
  no_units_there: {
    status: 409,
    title: "No unit left there",
    explanation: "The chosen store has no unit left that nobody has won or been moved to. Nothing was changed.",
  },
  earlier_ranks_first: {
    status: 409,
    title: "Earlier ranks choose first",
    explanation:
      "Winners of a better rank have not chosen yet and could take the last units of that store. `decideBy` says until when they are waited for. Nothing was changed.",
  },
} as const satisfies Record<string, Problem>;
