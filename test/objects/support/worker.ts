// The Worker of the object tests: the real objects with test ports, and the real routes.

import { PUBLIC_CHAINS } from "../../../domain/draw/chains.ts";
import { AwardBook as RealBook } from "../../../durable-objects/award-book.ts";
import { DrawSession as RealSession } from "../../../durable-objects/draw-session.ts";
import { MemberShard as RealMembers } from "../../../durable-objects/member-shard.ts";
import { ReservationShard as RealShard } from "../../../durable-objects/reservation-shard.ts";
import { SessionLog as RealLog } from "../../../durable-objects/session-log.ts";
import { WebhookSender as RealSender } from "../../../durable-objects/webhook-sender.ts";
import { createApp } from "../../../workers/app.ts";
import { TEST_CHAIN } from "./beacon.ts";
import { testPorts } from "./ports.ts";

export class DrawSession extends RealSession {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export class ReservationShard extends RealShard {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export class AwardBook extends RealBook {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export class SessionLog extends RealLog {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export class MemberShard extends RealMembers {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export class WebhookSender extends RealSender {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, testPorts(ctx, env));
  }
}

export default { fetch: createApp([...PUBLIC_CHAINS, TEST_CHAIN]).fetch } satisfies ExportedHandler<Env>;
