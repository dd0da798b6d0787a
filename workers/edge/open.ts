// Replies that any page may read, an element on somebody else's site too: public, and the same for everybody. Nothing with a token is ever open.
import { createMiddleware } from "hono/factory";
import type { OpenApp } from "./app-type.ts";

export const open = createMiddleware<OpenApp>(async function open(c, next) {
  await next();
  c.res.headers.set("Access-Control-Allow-Origin", "*");
});
