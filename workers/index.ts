// The Worker as it is deployed.
import { PUBLIC_CHAINS } from "../domain/draw/chains.ts";
import { createApp } from "./app.ts";
import { scheduled } from "./crons.ts";

export { AwardBook } from "../durable-objects/award-book.ts";
export { DrawSession } from "../durable-objects/draw-session.ts";
export { MemberShard } from "../durable-objects/member-shard.ts";
export { ReservationShard } from "../durable-objects/reservation-shard.ts";
export { SessionLog } from "../durable-objects/session-log.ts";
export { WebhookSender } from "../durable-objects/webhook-sender.ts";

const app = createApp(PUBLIC_CHAINS);

export default {
  fetch: app.fetch,
  scheduled: (event, env, ctx) => scheduled(event, env, ctx, PUBLIC_CHAINS),
} satisfies ExportedHandler<Env>;
