// The event feed and webhooks.
import type { Problem } from "./problem.ts";

export const FEED = {
  cursor_too_old: {
    status: 410,
    title: "The cursor is too old",
    explanation: "Events after this cursor are no longer kept. Read the lists, then go on from the feed's beginning: no `after`.",
  },
  unknown_cursor: {
    status: 409,
    title: "The cursor is not of this feed",
    explanation: "The feed has not come this far: the cursor is another installation's, or its database was put back.",
  },
  webhook_address: {
    status: 409,
    title: "The address is not called",
    explanation: "Webhooks go to public https addresses with a name; `detail` says what is wrong with this one.",
  },
  webhook_disabled: { status: 409, title: "The webhook is disabled", explanation: "Enable it first; then replay." },
  too_many_webhooks: { status: 409, title: "Too many webhooks", explanation: "An installation has at most 20 webhooks." },
  secret_changed: {
    status: 409,
    title: "The secret was changed meanwhile",
    explanation: "Somebody else changed this webhook's secret at the same moment: it has the secret that they were given.",
  },
} as const satisfies Record<string, Problem>;
