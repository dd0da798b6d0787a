// What runs by the clock.
import { EVERY_DAY } from "../contracts/crons.ts";
import { EVENTS_KEPT_S } from "../contracts/feed.ts";
import { settingsOf } from "../contracts/settings.ts";
import type { Chain } from "../domain/draw/chains.ts";
import { recordsOf } from "../records/database.ts";
import { forgetEvents } from "../records/events.ts";
import { archiveOf, archiveOrders } from "./archive.ts";
import { planAhead } from "./edge/templates.ts";
import { sweep, sweepEnded, sweepWebhooks } from "./sweep.ts";
import { logVerifyPage } from "./verify-page.ts";

export async function scheduled(
  { cron }: ScheduledController,
  env: Env,
  ctx: ExecutionContext,
  chains: readonly Chain[],
): Promise<void> {
  if (cron !== EVERY_DAY) {
    ctx.waitUntil(logVerifyPage(env));
    ctx.waitUntil(sweepWebhooks(env));
    return ctx.waitUntil(sweep(env));
  }
  ctx.waitUntil(sweepEnded(env));
  ctx.waitUntil(archiveOrders(archiveOf(env), Date.now() / 1000));
  ctx.waitUntil(forgetEvents(recordsOf(env.DB, settingsOf(env).BRAND), Date.now() / 1000 - EVENTS_KEPT_S));
  ctx.waitUntil(planAhead(env, Date.now() / 1000, chains));
}
