// Awards and payment.
import type { Problem } from "./problem.ts";

export const AWARDS = {
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
} as const satisfies Record<string, Problem>;
