// The Durable Objects as routes reach them: the name and the place of each, in this file only.
import { settingsOf } from "../../contracts/settings.ts";
import type { Bytes } from "../../domain/bytes.ts";
import { shardOf } from "../../domain/draw/entry.ts";
import { bookAt, booksOf } from "../../domain/draw/plan.ts";
import { bookName, placementOf, sessionName, shardName } from "../../domain/objects.ts";
import type { SessionFacts } from "./facts.ts";
import { ProblemError } from "./problem.ts";

/** Only for an id that an operator has registered: a call creates the object. */
export const sessionObject = (env: Env, session: string, market?: string) =>
  env.SESSIONS.getByName(sessionName(settingsOf(env).BRAND, session), market ? { locationHint: placementOf(market) } : {});

/** The shard that holds every place of this person in this session. */
export const shardOfPerson = (env: Env, { manifest }: SessionFacts, pid: Bytes) =>
  env.SHARDS.getByName(shardName(settingsOf(env).BRAND, manifest.session, shardOf(pid, manifest.shards)), {
    locationHint: placementOf(manifest.market),
  });

/** The award book that holds this pool. Throws a ProblemError for a pool that the session does not have. */
export function bookOfPool(env: Env, { manifest, pools }: SessionFacts, pool: number) {
  const at = pools.get(pool)?.at;
  if (at === undefined) throw new ProblemError("unknown_pool");
  const book = bookAt(at, pools.size, booksOf(manifest.shards, pools.size));
  return env.BOOKS.getByName(bookName(settingsOf(env).BRAND, manifest.session, book), {
    locationHint: placementOf(manifest.market),
  });
}
