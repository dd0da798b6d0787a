// Nudges objects in case an alarm was lost: every minute sessions that have not ended and webhooks, every day sessions with shards to delete.
import { settingsOf } from "../contracts/settings.ts";
import { recordsOf } from "../records/database.ts";
import { liveSessions, sessionsWithShards } from "../records/sessions.ts";
import { listWebhooks } from "../records/webhooks.ts";
import { senderOf, sessionObject } from "./edge/reach.ts";

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

async function nudge(env: Env, sessions: string[]): Promise<void> {
  await Promise.allSettled(sessions.map((session) => sessionObject(env, session).sweep()));
}

export const sweep = async (env: Env): Promise<void> => nudge(env, await liveSessions(records(env)));

/** The senders of webhooks, likewise. */
export async function sweepWebhooks(env: Env): Promise<void> {
  const enabled = (await listWebhooks(records(env))).filter(({ state }) => state === "enabled");
  await Promise.allSettled(enabled.map(({ webhook, startAfter }) => senderOf(env, webhook).wake(webhook, startAfter, false)));
}

export const sweepEnded = async (env: Env): Promise<void> => nudge(env, await sessionsWithShards(records(env)));
