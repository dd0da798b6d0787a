// Why goods cannot be sold in a market, or in the way that a plan wants.
import type { ProblemCode } from "../../contracts/problems.ts";

export const GOODS = [
  "unknown_market",
  "alcohol_forbidden",
  "wrong_currency",
  "unknown_sku",
  "not_released",
  "date_passed",
  "cold_delivery",
  "cold_waits",
  "adult_hand_over",
  "over_limit",
] as const satisfies ProblemCode[];
