// Published files of a draw, as they lie in R2: written once, never changed, cached for as long as anyone likes.
import { Hono } from "hono";
import type { OpenApp } from "../edge/app-type.ts";
import { problem } from "../edge/problem.ts";

const NAMES =
  /^(?:manifest\.json|seal\.json|result\.json|beacon\.json|pools|exclusions|(?:shards|tables|results|waves)\/(?:0|[1-9][0-9]{0,9}))$/;
const IMMUTABLE = "public, max-age=31536000, immutable";

async function serve(env: Env, key: string, request: Request): Promise<Response> {
  const object = await env.FILES.get(key, { onlyIf: request.headers });
  if (!object) return problem("not_found");
  const headers = new Headers({
    "Content-Type": key.endsWith(".json") || key.startsWith("rules/") ? "application/json" : "application/octet-stream",
    "Cache-Control": IMMUTABLE,
    ETag: object.httpEtag,
    // Anyone may check a draw from any page.
    "Access-Control-Allow-Origin": "*",
  });
  if (!("body" in object)) return new Response(null, { status: 304, headers });
  headers.set("Content-Length", String(object.size));
  return new Response(object.body, { headers });
}

export const files = new Hono<OpenApp>()
  .get("/draws/:session/:name{.+}", async (c) => {
    const { session, name } = c.req.param();
    return NAMES.test(name) ? serve(c.env, `draws/${session}/${name}`, c.req.raw) : problem("not_found");
  })
  .get("/rules/:hash{[0-9a-f]{64}}", async (c) => serve(c.env, `rules/${c.req.param("hash")}`, c.req.raw));
