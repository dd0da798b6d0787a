// What a member is told before the draw when operators have excluded their reservation, and their appeal. Their shard says what is theirs;
// only whoever was excluded gets to the session object.
import { Hono } from "hono";
import { appealInput, type OwnExcluded, type OwnExclusions } from "../../contracts/review.ts";
import type { MemberApp, MemberClaims } from "../edge/app-type.ts";
import { member } from "../edge/caller.ts";
import { factsOf, isRetired, type SessionFacts } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { pidOfCaller } from "../edge/pass.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { sessionObject, shardOfPerson } from "../edge/reach.ts";

const PRIVATE = { "Cache-Control": "no-store" };

async function excludedOf(env: Env, facts: SessionFacts, caller: MemberClaims): Promise<OwnExcluded[]> {
  const pid = pidOfCaller(env, facts, caller);
  const outcome = await shardOfPerson(env, facts, pid).excludedOf(pid);
  if (!outcome.ok) throw new ProblemError(isRetired(outcome.refusal, facts) ? "archived" : outcome.refusal);
  return outcome.value;
}

export const appeals = new Hono<MemberApp>()
  .get("/v1/sessions/:session/exclusions", member, async (c) => {
    const facts = await factsOf(c.env, c.req.param("session"));
    const places = await excludedOf(c.env, facts, c.var.caller);
    if (places.length === 0) return c.json({ exclusions: [] } satisfies OwnExclusions, 200, PRIVATE);
    const outcome = await sessionObject(c.env, facts.manifest.session).notices(places);
    return outcome.ok ? c.json({ exclusions: outcome.value } satisfies OwnExclusions, 200, PRIVATE) : problem(outcome.refusal);
  })
  .post("/v1/sessions/:session/appeals", member, async (c) => {
    const { pool, text } = await body(c, appealInput);
    const facts = await factsOf(c.env, c.req.param("session"));
    const place = (await excludedOf(c.env, facts, c.var.caller)).find((one) => one.pool === pool);
    if (!place) return problem("not_excluded");
    const outcome = await sessionObject(c.env, facts.manifest.session).appeal(place, text);
    if (!outcome.ok) return problem(outcome.refusal);
    const { notice, repeated } = outcome.value;
    return c.json(notice, repeated ? 200 : 201, PRIVATE);
  });
