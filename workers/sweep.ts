// Nudges session objects, in case an alarm was lost: every minute those that have not ended, every day those that still have shards to delete.
import { settingsOf } from "../contracts/settings.ts";
import { recordsOf } from "../records/database.ts";
import { liveSessions, sessionsWithShards } from "../records/sessions.ts";
import { sessionObject } from "./edge/reach.ts";

const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

async function nudge(env: Env, sessions: string[]): Promise<void> {
  await Promise.allSettled(sessions.map((session) => sessionObject(env, session).sweep()));
}

export const sweep = async (env: Env): Promise<void> => nudge(env, await liveSessions(records(env)));

export const sweepEnded = async (env: Env): Promise<void> => nudge(env, await sessionsWithShards(records(env)));
