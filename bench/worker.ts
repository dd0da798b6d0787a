// The Worker as benchmarks serve it: all of workers/local.ts, and rungs below /bench that exist in no other build.
import local, { AwardBook, DrawSession } from "../workers/local.ts";
import { bareApp } from "./worker/bare.ts";
import { drawHere, prepareDraw } from "./worker/draw.ts";
import type { RungEnv } from "./worker/env.ts";
import { outboxRoute } from "./worker/outbox-route.ts";
import { rungApp } from "./worker/rungs.ts";
import { countsOf } from "./worker/stored.ts";

// biome-ignore lint/performance/noBarrelFile: the runtime finds a Durable Object among the exports of its Worker.
export { Rung } from "./worker/object.ts";
export { OutboxBench } from "./worker/outbox.ts";
export { ReservationShard } from "./worker/shard.ts";
export { AwardBook, DrawSession };

/** The length of `http://127.0.0.1`: what follows is the port and the path. */
const HOST = "http://127.0.0.1".length;

const bench = {
  fetch(request, env, ctx) {
    const at = request.url.indexOf("/", HOST);
    if (!request.url.startsWith("/bench/", at)) return local.fetch(request, env, ctx);
    const path = request.url.slice(at + "/bench/".length);
    if (path === "empty") return new Response("{}", { headers: { "Content-Type": "application/json" } });
    if (path.startsWith("bare")) return bareApp.fetch(request, env, ctx);
    if (path.startsWith("stored/")) return countsOf(env, path.slice("stored/".length));
    if (path.startsWith("draw/prepare")) return prepareDraw(request);
    if (path.startsWith("draw/run")) return drawHere();
    if (path.startsWith("outbox/")) return outboxRoute(request, env);
    return rungApp().fetch(request, env, ctx);
  },
} satisfies ExportedHandler<RungEnv>;

export default { ...local, ...bench };
