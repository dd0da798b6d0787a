// Bare Hono: one POST route each and nothing else around it. What an application without any of ours would cost.
import { Hono } from "hono";
import { reserveInput } from "../../contracts/reservations.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import type { MemberClaims } from "../../workers/edge/app-type.ts";
import { factsOf } from "../../workers/edge/facts.ts";
import { body } from "../../workers/edge/input.ts";
import { goodPass, pidOfCaller } from "../../workers/edge/pass.ts";
import { onError, problem } from "../../workers/edge/problem.ts";
import { claimsOf } from "../../workers/edge/token.ts";
import type { RungEnv } from "./env.ts";

export const bareApp = new Hono<{ Bindings: RungEnv }>()
  .basePath("/bench")
  .post("/bare", async (c) => {
    const input = await body(c, reserveInput);
    return c.json({ pool: input.pool }, 201);
  })
  .post("/bare-checks/:session", async (c) => {
    const token = c.req.header("Authorization")?.slice(7) ?? "";
    const caller = await claimsOf(token, settingsOf(c.env), Date.now());
    if (caller?.role !== "member") return problem("unauthenticated");
    const input = await body(c, reserveInput);
    const facts = await factsOf(c.env, c.req.param("session"));
    const pid = pidOfCaller(c.env, facts, caller as MemberClaims);
    const pass = await goodPass(input.pass, facts, hex(pid));
    return pass ? c.json({ pool: input.pool }, 201) : problem("invalid_pass");
  });
bareApp.onError(onError as never);
