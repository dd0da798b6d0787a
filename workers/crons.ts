// What runs by the clock.
import { EVERY_DAY } from "../contracts/crons.ts";
import type { Chain } from "../domain/draw/chains.ts";
import { archiveOf, archiveOrders } from "./archive.ts";
import { planAhead } from "./edge/templates.ts";
import { sweep, sweepEnded } from "./sweep.ts";
import { logVerifyPage } from "./verify-page.ts";

export async function scheduled(
  { cron }: ScheduledController,
  env: Env,
  ctx: ExecutionContext,
  chains: readonly Chain[],
): Promise<void> {
  if (cron !== EVERY_DAY) {
    ctx.waitUntil(logVerifyPage(env));
    return ctx.waitUntil(sweep(env));
  }
  ctx.waitUntil(sweepEnded(env));
  ctx.waitUntil(archiveOrders(archiveOf(env), Date.now() / 1000));
  ctx.waitUntil(planAhead(env, Date.now() / 1000, chains));
}
