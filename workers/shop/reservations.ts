// Reserving: the hot path. token -> body -> pass -> one shard; nothing is looked up.
import { Hono } from "hono";
import { type OwnReservations, reserveInput, withdrawInput } from "../../contracts/reservations.ts";
import { type DoorNo, type Reserved, type ReserveRequest, reserveAt } from "../../contracts/shard.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { shardOf } from "../../domain/draw/entry.ts";
import { type Outcome, refuse } from "../../domain/outcome.ts";
import { spreadS } from "../../domain/retry.ts";
import type { MemberApp } from "../edge/app-type.ts";
import { member } from "../edge/caller.ts";
import { factsOf, isRetired, type SessionFacts } from "../edge/facts.ts";
import { body, small } from "../edge/input.ts";
import { issuePass } from "../edge/issue-pass.ts";
import { goodOverloadTicket, goodPass, issueOverloadTicket, personReasons, pidOfCaller } from "../edge/pass.ts";
import { passes, problem } from "../edge/problem.ts";
import { shardOfPerson } from "../edge/reach.ts";
import { SECURITY } from "../edge/security.ts";
import { heard, PLATFORM_RETRY_S, shedFor } from "../edge/shedding.ts";

const PRIVATE = { ...SECURITY, "Content-Type": "application/json", "Cache-Control": "no-store" };

const refused = ({ code, refusal, receipt }: DoorNo, facts: SessionFacts): Response =>
  problem(isRetired(code, facts) ? "archived" : code, {
    ...(refusal ? { refusal: JSON.parse(refusal) } : {}),
    ...(receipt ? { receipt: JSON.parse(receipt) } : {}),
  });

/** Asks the person's shard, or sheds them here where that shard has turned many away: the answer is then "busy" without a call. */
async function reserve(env: Env, facts: SessionFacts, request: ReserveRequest): Promise<Outcome<Reserved, DoorNo>> {
  const { session, shards } = facts.manifest;
  // Ticket holders go before newcomers, so each kind is counted by itself.
  const door = `${session} ${shardOf(request.pid, shards)} ${request.overloadS === undefined ? "new" : "ticket"}`;
  const shedS = shedFor(door, Math.random(), Date.now());
  if (shedS !== undefined) return refuse({ code: "busy", retryS: shedS });
  const outcome = await reserveAt(shardOfPerson(env, facts, request.pid), request).catch((error: unknown) => {
    if (!passes(error)) throw error;
    return refuse({ code: "busy" as const, retryS: PLATFORM_RETRY_S });
  });
  heard(door, outcome.ok ? undefined : outcome.refusal.retryS);
  return outcome;
}

export const reservations = new Hono<MemberApp>()
  .post("/v1/sessions/:session/pass", member, async (c) => {
    const facts = await factsOf(c.env, c.req.param("session"));
    return c.json(await issuePass(c.env, facts, c.var.caller), { headers: PRIVATE });
  })
  .post("/v1/sessions/:session/reservations", small, member, async (c) => {
    const input = await body(c, reserveInput);
    const facts = await factsOf(c.env, c.req.param("session"));
    const pid = pidOfCaller(c.env, facts, c.var.caller);
    const pidHex = hex(pid);
    const pass = await goodPass(input.pass, facts, pidHex);
    if (!pass) return problem("invalid_pass");
    const overload = input.overload === undefined ? undefined : await goodOverloadTicket(input.overload, facts, pidHex);
    if (input.overload !== undefined && !overload) return problem("invalid_pass");
    const pool = facts.pools.get(input.pool);
    const tickets = pool ? (pass.tickets[facts.rules.families[pool.sku] as string] ?? 0) : 1;
    const request = {
      pid,
      pool: input.pool,
      nonce: unhex(input.nonce),
      tickets: Math.min(tickets, facts.manifest.ticketsMax),
      personReasons: personReasons(pass, facts, tickets),
      overloadS: overload?.s,
    };
    const outcome = await reserve(c.env, facts, request);
    if (!outcome.ok && outcome.refusal.retryS !== undefined) {
      // Shed, not refused: whoever has this comes back until close + grace, however long the queue is now.
      const ticket = input.overload ?? (await issueOverloadTicket(facts, pidHex, Date.now()));
      const leftS = facts.manifest.close + facts.manifest.graceS - Date.now() / 1000;
      return problem("busy", {
        retryAfterS: spreadS(outcome.refusal.retryS, leftS, Math.random),
        ...(ticket ? { overload: ticket } : {}),
      });
    }
    if (!outcome.ok) return refused(outcome.refusal, facts);
    const { receipt, repeated } = outcome.value;
    return new Response(receipt, { status: repeated ? 200 : 201, headers: PRIVATE });
  })
  .get("/v1/sessions/:session/reservations", member, async (c) => {
    const facts = await factsOf(c.env, c.req.param("session"));
    const pid = pidOfCaller(c.env, facts, c.var.caller);
    const outcome = await shardOfPerson(c.env, facts, pid).own(pid);
    if (!outcome.ok) return refused(outcome.refusal, facts);
    const reply: OwnReservations = {
      reservations: outcome.value.map(({ receipt, withdrawn }) => ({ receipt: JSON.parse(receipt) as object, withdrawn })),
    };
    return c.json(reply, { headers: PRIVATE });
  })
  .post("/v1/sessions/:session/withdrawals", member, async (c) => {
    const { pool } = await body(c, withdrawInput);
    const facts = await factsOf(c.env, c.req.param("session"));
    const pid = pidOfCaller(c.env, facts, c.var.caller);
    const outcome = await shardOfPerson(c.env, facts, pid).withdraw(pid, pool);
    return outcome.ok ? new Response(outcome.value, { headers: PRIVATE }) : refused(outcome.refusal, facts);
  });
