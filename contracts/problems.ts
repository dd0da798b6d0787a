// Every expected "no" on the wire: code -> status, title, explanation, by subject in contracts/problems/. The only home of 4xx and 5xx numbers.
// A code that is missing there does not compile where it is used. docs/problems.md is generated from these tables.
import { AWARDS } from "./problems/awards.ts";
import { CARRY } from "./problems/carry.ts";
import { CATALOG } from "./problems/catalog.ts";
import { FEED } from "./problems/feed.ts";
import { INCIDENTS } from "./problems/incidents.ts";
import { PICKUP } from "./problems/pickup.ts";
import { PLANNING } from "./problems/planning.ts";
import { REQUESTS } from "./problems/requests.ts";
import { RESERVING } from "./problems/reserving.ts";
import { REVIEW } from "./problems/review.ts";

export const PROBLEMS = {
  ...REQUESTS,
  ...RESERVING,
  ...PLANNING,
  ...REVIEW,
  ...CATALOG,
  ...AWARDS,
  ...INCIDENTS,
  ...PICKUP,
  ...FEED,
  ...CARRY,
};

export type ProblemCode = keyof typeof PROBLEMS;

/** Codes that tell the caller to come back: their replies carry Retry-After. */
export const RETRY_CODES = ["busy", "not_prepared", "misconfigured"] as const satisfies ProblemCode[];
