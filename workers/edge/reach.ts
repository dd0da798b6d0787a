// The Durable Objects as routes reach them: the name and the place of each, in this file only.
import { settingsOf } from "../../contracts/settings.ts";
import type { Bytes } from "../../domain/bytes.ts";
import { shardOf } from "../../domain/draw/entry.ts";
import { bookAt, booksOf } from "../../domain/draw/plan.ts";
import {
  bookName,
  logName,
  MEMBER_SHARDS,
  memberShardName,
  memberShardOf,
  objectAt,
  senderName,
  sessionName,
  shardName,
} from "../../domain/objects.ts";
import { recordsOf } from "../../records/database.ts";
import { sessionIsKnown } from "../../records/sessions.ts";
import type { SessionFacts } from "./facts.ts";
import { ProblemError } from "./problem.ts";

/** Only for an id that an operator has registered: a call creates the object. */
export function sessionObject(env: Env, session: string, market?: string) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.SESSIONS, sessionName(BRAND, session), { jurisdiction, ...(market ? { market } : {}) });
}

/** The object of a session that an operator has drafted; an id that nobody used creates none. */
export async function plannedSession(env: Env, session: string) {
  const known = await sessionIsKnown(recordsOf(env.DB, settingsOf(env).BRAND), session);
  if (!known) throw new ProblemError("not_found");
  return sessionObject(env, session);
}

/** Only for a webhook that D1 knows. */
export function senderOf(env: Env, webhook: string) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.WEBHOOKS, senderName(BRAND, webhook), { jurisdiction });
}

/** The shard that holds every place of this person in this session. */
export function shardOfPerson(env: Env, { manifest: { session, shards, market } }: SessionFacts, pid: Bytes) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.SHARDS, shardName(BRAND, session, shardOf(pid, shards)), { jurisdiction, market });
}

/** The object that holds what this person's past sessions came to. */
export const shardOfMember = (env: Env, person: Bytes) => memberShard(env, memberShardOf(person));

/** All of them: only for an auditor, who asks about entries and not about persons. */
export const memberShards = (env: Env) => Array.from({ length: MEMBER_SHARDS }, (_, shard) => memberShard(env, shard));

function memberShard(env: Env, shard: number) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.MEMBERS, memberShardName(BRAND, shard), { jurisdiction });
}

/** The award book that holds this pool. Throws a ProblemError for a pool that the session does not have. */
export function bookOfPool(env: Env, { manifest, pools }: SessionFacts, pool: number) {
  const at = pools.get(pool)?.at;
  if (at === undefined) throw new ProblemError("unknown_pool");
  const book = bookAt(at, pools.size, booksOf(manifest.shards, pools.size));
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.BOOKS, bookName(BRAND, manifest.session, book), { jurisdiction, market: manifest.market });
}

export function logObject(env: Env) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.LOG, logName(BRAND), { jurisdiction });
}
