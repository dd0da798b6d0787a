// The public part of an entry's proof: everything that a phone needs to check its draw but what stands in its own receipt.
import { Hono } from "hono";
import type { OpenApp } from "../edge/app-type.ts";
import { factsOf } from "../edge/facts.ts";
import { problem } from "../edge/problem.ts";
import { proofAt } from "../edge/proof-parts.ts";

const NUMBER = "(?:0|[1-9][0-9]{0,9})";
const ANY_PAGE = { "Access-Control-Allow-Origin": "*" };
const FOR_EVER = {
  ...ANY_PAGE,
  "Cache-Control": "public, max-age=31536000, immutable",
  "Content-Type": "application/octet-stream",
};
/** Not there yet: everybody may share that answer for a second. */
const NOT_YET = { ...ANY_PAGE, "Cache-Control": "public, max-age=1" };

export const proofs = new Hono<OpenApp>().get(`/draws/:session/proofs/:shard{${NUMBER}}/:index{${NUMBER}}`, async (c) => {
  const { session, shard, index } = c.req.param();
  const proof = await proofAt(c.env, await factsOf(c.env, session), { shard: Number(shard), index: Number(index) });
  return proof ? c.body(proof, 200, FOR_EVER) : problem("not_found", { headers: NOT_YET });
});
