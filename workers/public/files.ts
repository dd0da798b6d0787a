// Published files of a draw.
import { Hono } from "hono";
import type { OpenApp } from "../edge/app-type.ts";
import { problem } from "../edge/problem.ts";
import { published, type Served } from "../edge/published.ts";

const NUMBER = "(?:0|[1-9][0-9]{0,9})";
const NAMES = new RegExp(
  `^(?:(?:manifest|seal|beacon|result|settled|void|waves/${NUMBER})\\.json|pools|exclusions|(?:shards|tables|results|waves)/${NUMBER})$`,
);

const typeOf = (name: string): Served => (name.endsWith(".json") ? { type: "application/json" } : {});

export const files = new Hono<OpenApp>()
  .get("/draws/:session/:name{.+}", async (c) => {
    const { session, name } = c.req.param();
    return NAMES.test(name) ? published(c.env, `draws/${session}/${name}`, c.req.raw, typeOf(name)) : problem("not_found");
  })
  .get("/rules/:hash{[0-9a-f]{64}}", async (c) => published(c.env, `rules/${c.req.param("hash")}`, c.req.raw, typeOf(".json")));
