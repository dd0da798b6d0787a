// The Worker as it runs on a laptop: the deployed one, plus sign-in without proof and the local beacon.
import { DrawSession as DeployedSession } from "../durable-objects/draw-session.ts";
import { portsOf } from "../durable-objects/ports.ts";
import { createApp } from "./app.ts";
import { scheduled } from "./crons.ts";
import { knownChains } from "./local/chain.ts";
import { localSignIn } from "./local/sign-in.ts";

export { AwardBook } from "../durable-objects/award-book.ts";
export { MemberShard } from "../durable-objects/member-shard.ts";
export { ReservationShard } from "../durable-objects/reservation-shard.ts";
export { SessionLog } from "../durable-objects/session-log.ts";
export { WebhookSender } from "../durable-objects/webhook-sender.ts";

export class DrawSession extends DeployedSession {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, portsOf(ctx, env, knownChains(env)));
  }
}

let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch(request, env, ctx) {
    app ??= createApp(knownChains(env)).route("/", localSignIn);
    return app.fetch(request, env, ctx);
  },
  scheduled: (event, env, ctx) => scheduled(event, env, ctx, knownChains(env)),
} satisfies ExportedHandler<Env>;
