// The Worker as benchmarks serve it: all of workers/local.ts, and rungs below /bench that exist in no other build.
import local, { DrawSession, MemberShard, SessionLog, WebhookSender } from "../workers/local.ts";
import { bareApp } from "./worker/bare.ts";
import { counted } from "./worker/counted.ts";
import { crowd } from "./worker/crowd.ts";
import { drawHere, prepareDraw } from "./worker/draw.ts";
import type { RungEnv } from "./worker/env.ts";
import { outboxRoute } from "./worker/outbox-route.ts";
import { rungApp } from "./worker/rungs.ts";
import { countsOf } from "./worker/stored.ts";
import { wake } from "./worker/wake.ts";

// biome-ignore lint/performance/noBarrelFile: the runtime finds a Durable Object among the exports of its Worker.
export { AwardBook } from "./worker/book.ts";
export { Rung } from "./worker/object.ts";
export { OutboxBench } from "./worker/outbox.ts";
export { ReservationShard } from "./worker/shard.ts";
export { DrawSession, MemberShard, SessionLog, WebhookSender };

/** The length of `http://127.0.0.1`: what follows is the port and the path. */
const HOST = "http://127.0.0.1".length;

/** Set while somebody wants to know what requests ask of the bindings. */
let watch: ReturnType<typeof counted> | undefined;

function countsHere(env: Env, turn: string): Response {
  const counts = watch?.counts ?? {};
  watch = turn === "start" ? counted(env) : undefined;
  return Response.json(counts);
}

const bench = {
  fetch(request, env, ctx) {
    const at = request.url.indexOf("/", HOST);
    if (!request.url.startsWith("/bench/", at)) {
      if (!watch) return local.fetch(request, env, ctx);
      watch.counts.requests++;
      return local.fetch(request, watch.env, ctx);
    }
    const path = request.url.slice(at + "/bench/".length);
    if (path.startsWith("counts/")) return countsHere(env, path.slice("counts/".length));
    if (path === "empty") return new Response("{}", { headers: { "Content-Type": "application/json" } });
    if (path.startsWith("bare")) return bareApp.fetch(request, env, ctx);
    if (path.startsWith("stored/")) return countsOf(env, path.slice("stored/".length));
    if (path.startsWith("wake/")) return wake(request, env, path.slice("wake/".length));
    if (path.startsWith("draw/prepare")) return prepareDraw(request);
    if (path.startsWith("draw/run")) return drawHere();
    if (path.startsWith("crowd/")) return crowd(request, env, path.slice("crowd/".length));
    if (path.startsWith("outbox/")) return outboxRoute(request, env);
    return rungApp().fetch(request, env, ctx);
  },
} satisfies ExportedHandler<RungEnv>;

export default { ...local, ...bench };
