// The cost ladder: each rung does what the one before does and one thing more, in the shop's own app with its own middleware.
import type { Context } from "hono";
import { Hono } from "hono";
import { reserveInput } from "../../contracts/reservations.ts";
import type { ReserveRequest } from "../../contracts/shard.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { shardOf } from "../../domain/draw/entry.ts";
import { createApp } from "../../workers/app.ts";
import type { MemberApp } from "../../workers/edge/app-type.ts";
import { member } from "../../workers/edge/caller.ts";
import { factsOf } from "../../workers/edge/facts.ts";
import { body } from "../../workers/edge/input.ts";
import { goodPass, personReasons, pidOfCaller } from "../../workers/edge/pass.ts";
import { ProblemError, problem } from "../../workers/edge/problem.ts";
import type { RungEnv } from "./env.ts";

type RungApp = { Bindings: RungEnv; Variables: MemberApp["Variables"] };

/** Objects of the empty call and of every rung above it, as many as the session has shards. */
const OBJECTS = 4;

const objectOf = (env: RungEnv, rung: string, at: number) => env.RUNGS.getByName(`${rung}/${at}`);

/** Everything that the real route does before it calls a shard. */
async function requestOf(c: Context<RungApp>): Promise<ReserveRequest> {
  const input = await body(c, reserveInput);
  const facts = await factsOf(c.env, c.req.param("session") as string);
  const pid = pidOfCaller(c.env, facts, c.var.caller);
  const pass = await goodPass(input.pass, facts, hex(pid));
  if (!pass) throw new ProblemError("invalid_pass");
  const pool = facts.pools.get(input.pool);
  const tickets = pool ? (pass.tickets[facts.rules.families[pool.sku] as string] ?? 0) : 1;
  return { pid, pool: input.pool, nonce: unhex(input.nonce), tickets, personReasons: personReasons(pass, facts, tickets) };
}

const created = (c: Context<RungApp>, place: number | undefined | boolean) =>
  place === undefined || place === false ? problem("already_reserved") : c.json({ place }, 201);

const routes = new Hono<RungApp>()
  .basePath("/bench")
  .post("/hono", (c) => c.json({}, 201))
  .post("/json", async (c) => {
    await body(c, reserveInput);
    return c.json({}, 201);
  })
  .post("/token", member as never, async (c) => {
    await body(c, reserveInput);
    return c.json({}, 201);
  })
  .post("/pass/:session", member as never, async (c) => {
    await requestOf(c);
    return c.json({}, 201);
  })
  .post("/anchor", member as never, async (c) => {
    const { nonce } = await body(c, reserveInput);
    await objectOf(c.env, "anchor", Number.parseInt(nonce.slice(0, 2), 16) % OBJECTS).empty();
    return c.json({}, 201);
  })
  .post("/call/:session", member as never, async (c) => {
    const request = await requestOf(c);
    await objectOf(c.env, "call", shardOf(request.pid, OBJECTS)).nothing(request);
    return c.json({}, 201);
  })
  .post("/dedupe/:session", member as never, async (c) => {
    const request = await requestOf(c);
    return created(c, await objectOf(c.env, "dedupe", shardOf(request.pid, OBJECTS)).remember(request));
  })
  .post("/wait/:session", member as never, async (c) => {
    const request = await requestOf(c);
    return created(c, await objectOf(c.env, "wait", shardOf(request.pid, OBJECTS)).wait(request));
  })
  .post("/commit/:session", member as never, async (c) => {
    const request = await requestOf(c);
    return created(c, await objectOf(c.env, "commit", shardOf(request.pid, OBJECTS)).write(request));
  })
  .post("/group/:session", member as never, async (c) => {
    const request = await requestOf(c);
    return created(c, await objectOf(c.env, "group", shardOf(request.pid, OBJECTS)).group(request));
  })
  .post("/naive/:session", member as never, async (c) => {
    const { pid, pool, nonce } = await requestOf(c);
    return created(c, await objectOf(c.env, "naive", 0).naive(crypto.randomUUID(), hex(pid), pool, hex(nonce)));
  });

let app: { fetch: (request: Request, env: RungEnv, ctx: ExecutionContext) => Response | Promise<Response> } | undefined;

export function rungApp() {
  app ??= createApp([]).route("/", routes as never);
  return app;
}
