// Headers that a reply to a program needs. The rest of the usual list speaks to browsers that are gone, or of windows that a JSON reply does
// not open; pages have a policy of their own in web/public/_headers. Each header that is set on a finished reply is a call out of
// JavaScript: the hottest routes and every refusal are made with these from the start.
import { createMiddleware } from "hono/factory";
import type { OpenApp } from "./app-type.ts";

export const SECURITY = {
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=15552000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

/** Adds them to a reply that was made without. */
export const security = createMiddleware<OpenApp>(async function security(c, next) {
  await next();
  if (c.res.headers.has("X-Frame-Options")) return;
  for (const [name, value] of Object.entries(SECURITY)) c.res.headers.set(name, value);
});
