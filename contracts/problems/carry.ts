// Export and import.
import type { Problem } from "./problem.ts";

export const CARRY = {
  other_installation: {
    status: 409,
    title: "Another installation's data",
    explanation:
      "The export has another brand, log origin or log key than this installation. Import it where BRAND, LOG_ORIGIN and LOG_KEY are the same.",
  },
  other_schema: {
    status: 409,
    title: "Another form of export",
    explanation: "The export has a version, collection or field that is unknown here, or lacks a field that rows must have.",
  },
  sessions_under_way: {
    status: 409,
    title: "Sessions are under way",
    explanation: "What session objects hold cannot travel. Settle or void every session, then export again.",
  },
  not_empty: {
    status: 409,
    title: "Not a fresh installation",
    explanation: "There is data here already, or another import is under way. Nothing was written.",
  },
  no_import: {
    status: 409,
    title: "No import under way",
    explanation: "Begin with POST /v1/admin/imports; or this collection is not part of it, or is done.",
  },
  import_incomplete: {
    status: 409,
    title: "The import is not whole",
    explanation: "Rows or collections that the manifest counts have not arrived. Nothing was moved.",
  },
  import_refused: {
    status: 409,
    title: "The database refuses the rows",
    explanation: "A row of the collection breaks a rule of its table: a key twice, a missing or wrong value. None was moved.",
  },
  log_not_restored: {
    status: 409,
    title: "The log does not add up",
    explanation: "The log's entries do not give the root that its last head was signed for, or this log has entries of its own.",
  },
} as const satisfies Record<string, Problem>;
