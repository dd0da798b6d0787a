// Published files of a draw: what went into the log, and everything that its roots point to.
import { Hono } from "hono";
import type { OpenApp } from "../edge/app-type.ts";
import { problem } from "../edge/problem.ts";
import { published, type Served } from "../edge/published.ts";

const NUMBER = "(?:0|[1-9][0-9]{0,9})";
/** What stands in the log is there as its exact bytes, and with the proof that it stands there. */
const LOGGED = `(?:manifest|review|seal|result|settled|void|(?:waves|bulletins)/${NUMBER})\\.(?:json|tlog-proof)`;
/** What comes and goes. */
const FLEETING = ["waiting.json", "notices.json"];
const NAMES = new RegExp(
  `^(?:${LOGGED}|beacon\\.json|${FLEETING.join("|")}|pools|exclusions|review|(?:shards|tables|results|waves)/${NUMBER})$`,
);

function typeOf(name: string): Served {
  if (FLEETING.includes(name)) return { type: "application/json", cache: "public, max-age=1" };
  if (name.endsWith(".json")) return { type: "application/json" };
  return name.endsWith(".tlog-proof") ? { type: "text/plain; charset=utf-8" } : {};
}

export const files = new Hono<OpenApp>()
  .get("/draws/:session/:name{.+}", async (c) => {
    const { session, name } = c.req.param();
    return NAMES.test(name) ? published(c.env, `draws/${session}/${name}`, c.req.raw, typeOf(name)) : problem("not_found");
  })
  .get("/rules/:hash{[0-9a-f]{64}}", async (c) => published(c.env, `rules/${c.req.param("hash")}`, c.req.raw, typeOf(".json")));
