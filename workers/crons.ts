// What runs by the clock.
import { EVERY_DAY } from "../contracts/crons.ts";
import { archiveOf, archiveOrders } from "./archive.ts";
import { sweep, sweepEnded } from "./sweep.ts";
import { logVerifyPage } from "./verify-page.ts";

export const scheduled = async ({ cron }: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> => {
  if (cron !== EVERY_DAY) {
    ctx.waitUntil(logVerifyPage(env));
    return ctx.waitUntil(sweep(env));
  }
  ctx.waitUntil(sweepEnded(env));
  ctx.waitUntil(archiveOrders(archiveOf(env), Date.now() / 1000));
};
