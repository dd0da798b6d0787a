// One awarded unit until it is paid: offered -> accepted -> paid, or declined or unpaid -> lapsed, and then the next rank.
import { LAPSE_CAUSE } from "./wave.ts";

export type AwardState = "offered" | "accepted" | "declined" | "paid" | "lapsed";

export type AwardRefusal = "not_awarded" | "award_lapsed" | "already_paid";

export type Step = "accept" | "decline" | "pay";

/**
 * The state after a step, or the refusal. A repeat of a step that was taken gives the same state again. `payBy` is the end of the
 * wave's pay window, Unix seconds; the book's own clock decides, whether or not the lapse has been written yet.
 */
export function afterStep(
  state: AwardState | undefined,
  step: Step,
  payBy: number,
  now: number,
): AwardState | { refusal: AwardRefusal } {
  if (state === undefined) return { refusal: "not_awarded" };
  if (state === "paid") return step === "decline" ? { refusal: "already_paid" } : "paid";
  if (state === "declined") return step === "decline" ? "declined" : { refusal: "award_lapsed" };
  if (state === "lapsed" || now >= payBy) return { refusal: "award_lapsed" };
  if (step === "decline") return "declined";
  if (step === "accept") return "accepted";
  return state === "accepted" ? "paid" : { refusal: "not_awarded" };
}

/** The cause under which an award lapses when its wave's pay window has ended; undefined for one that stands. */
export function lapseCause(state: AwardState): number | undefined {
  if (state === "declined") return LAPSE_CAUSE.givenBack;
  if (state === "offered" || state === "accepted") return LAPSE_CAUSE.unpaid;
  return undefined;
}

/** Ranks that the next wave awards: the freed units, down the waitlist, which ends at rank `winners + waits`. */
export function nextRanks(awarded: number, freed: number, ranks: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(freed, ranks - awarded)) }, (_, at) => awarded + at);
}
