// What runs by the clock.
import { EVERY_DAY } from "../contracts/crons.ts";
import { archiveOf, archiveOrders } from "./archive.ts";
import { sweep } from "./sweep.ts";

export const scheduled = async ({ cron }: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> => {
  ctx.waitUntil(cron === EVERY_DAY ? archiveOrders(archiveOf(env), Date.now() / 1000) : sweep(env));
};
