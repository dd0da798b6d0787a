// What the shop's route does before it calls a shard, and the shard's rule, with the shop's own functions: token, schema, pass, pool, door.
import type { IncomingHttpHeaders } from "node:http";
import * as v from "valibot";
import { reserveInput } from "../../contracts/reservations.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import { door } from "../../domain/draw/door.ts";
import type { MemberClaims } from "../../workers/edge/app-type.ts";
import { factsOf } from "../../workers/edge/facts.ts";
import { goodPass, personReasons, pidOfCaller } from "../../workers/edge/pass.ts";
import { ProblemError } from "../../workers/edge/problem.ts";
import { claimsOf } from "../../workers/edge/token.ts";
import type { SessionFacts } from "../generator/people.ts";

/** What a peer stores: what the shop's leaf is made of, without its salt and hash. */
export type Reservation = { pid: string; sku: string; pool: number; nonce: string; tickets: number; s: number };

/** The published files come from the shop under measurement, once. */
function envOf(origin: string, { settings }: SessionFacts): Env {
  const get = async (key: string) => {
    const reply = await fetch(`${origin}/${key}`);
    return reply.ok ? reply : null;
  };
  return { ...settings, FILES: { get } };
}

/** Throws a ProblemError for whoever the shop would refuse as well. */
export function checksOf(origin: string, bench: SessionFacts) {
  const env = envOf(origin, bench);
  return async (headers: IncomingHttpHeaders, body: unknown, session: string): Promise<Reservation> => {
    const nowMs = Date.now();
    const authorization = headers.authorization ?? "";
    const caller = await claimsOf(authorization.startsWith("Bearer ") ? authorization.slice(7) : "", settingsOf(env), nowMs);
    if (!caller) throw new ProblemError("unauthenticated");
    if (caller.role !== "member") throw new ProblemError("wrong_role");
    const parsed = v.safeParse(reserveInput, body, { abortPipeEarly: true });
    if (!parsed.success) throw new ProblemError("invalid_input");
    const input = parsed.output;
    const facts = await factsOf(env, session);
    const pid = hex(pidOfCaller(env, facts, caller as MemberClaims));
    const pass = await goodPass(input.pass, facts, pid);
    if (!pass) throw new ProblemError("invalid_pass");
    const pool = facts.pools.get(input.pool);
    const sku = pool?.sku ?? "";
    const tickets = pool ? (pass.tickets[facts.rules.families[sku] as string] ?? 0) : 1;
    const { open, close, graceS, ticketsMax } = facts.manifest;
    const { reason, s } = door(
      { voided: false, open, close, graceS },
      {
        poolKnown: pool !== undefined,
        personReasons: personReasons(pass, facts, tickets),
        nonceUsed: false,
        withdrawn: false,
        reserved: false,
      },
      nowMs,
    );
    if (reason !== undefined) throw new Error(`the door says ${reason}`);
    return { pid, sku, pool: input.pool, nonce: input.nonce, tickets: Math.min(tickets, ticketsMax), s };
  };
}
