// Every minute: nudges each session that has not ended, in case its alarm was lost.
import { settingsOf } from "../contracts/settings.ts";
import { recordsOf } from "../records/database.ts";
import { liveSessions } from "../records/sessions.ts";
import { sessionObject } from "./edge/reach.ts";

export async function sweep(env: Env): Promise<void> {
  const sessions = await liveSessions(recordsOf(env.DB, settingsOf(env).BRAND));
  await Promise.allSettled(sessions.map((session) => sessionObject(env, session).sweep()));
}
