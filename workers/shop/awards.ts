// A winner accepts or declines. The receipt's place and nonce give back the leaf hash, so the caller shows that the reservation is theirs.
import { Hono } from "hono";
import { type AwardReply, awardInput } from "../../contracts/reservations.ts";
import { unhex } from "../../domain/bytes.ts";
import { eidOf, entryBody, leafHasher } from "../../domain/draw/entry.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import type { MemberApp } from "../edge/app-type.ts";
import { member } from "../edge/caller.ts";
import { factsOf } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { pidOfCaller } from "../edge/pass.ts";
import { problem } from "../edge/problem.ts";
import { bookOfPool } from "../edge/reach.ts";

export const awards = new Hono<MemberApp>().post("/v1/sessions/:session/awards", member, async (c) => {
  const { choice, pool, shard, index, tickets, s, nonce } = await body(c, awardInput);
  const facts = await factsOf(c.env, c.req.param("session"));
  const pid = pidOfCaller(c.env, facts, c.var.caller);
  const eid = eidOf(facts.M, unhex(nonce), pid);
  const lh = leafHasher(facts.M, shard)(index, entryBody({ tickets, s, eid, pool }));
  const order = orderIdOf(facts.manifest.session, pool, crypto.getRandomValues(new Uint8Array(16)));
  const outcome = await bookOfPool(c.env, facts, pool).step({ step: choice, pool, lh, order, member: c.var.caller.sub });
  if (!outcome.ok) return problem(outcome.refusal.code);
  const { state, rank, payBy, order: given } = outcome.value;
  const reply: AwardReply = { award: state, rank, payBy, ...(given ? { order: given } : {}) };
  return c.json(reply, { headers: { "Cache-Control": "no-store" } });
});
