// Any request: who calls, what was sent, and a shop that is busy or broken.
import type { Problem } from "./problem.ts";

export const REQUESTS = {
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
  wrong_encoding: {
    status: 400,
    title: "Not UTF-8",
    explanation:
      "A file comes in UTF-8, with or without a byte order mark. In a spreadsheet save it as CSV UTF-8. Nothing was changed; `encoding` says what it looks like.",
  },
  invalid_rows: {
    status: 422,
    title: "Rows that do not fit",
    explanation:
      "The file is readable, but not every row fits; rows[] has line, column, reason and what is needed, `refused` their number. Nothing was changed.",
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
} as const satisfies Record<string, Problem>;
