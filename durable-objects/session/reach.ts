// The other objects of one session, as the session object calls them.
import { settingsOf } from "../../contracts/settings.ts";
import type { Manifest } from "../../domain/draw/manifest.ts";
import { bookName, objectAt, shardName } from "../../domain/objects.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Ports } from "../ports.ts";

/** Calls under way at once: enough to prepare 512 shards in seconds, few enough not to look like a burst. */
const AT_ONCE = 16;

export class NotDone extends Error {}

export function shardStub({ env }: Ports, { session, market }: Pick<Manifest, "session" | "market">, shard: number) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.SHARDS, shardName(BRAND, session, shard), { jurisdiction, market });
}

export function bookStub({ env }: Ports, { session, market }: Manifest, book: number) {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  return objectAt(env.BOOKS, bookName(BRAND, session, book), { jurisdiction, market });
}

/** Calls `work` for 0..count-1 and collects the values in order. A refusal or a failure anywhere means that the whole is not done. */
export async function all<Value>(count: number, work: (at: number) => Promise<Outcome<Value, unknown>>): Promise<Value[]> {
  const values: Value[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const calls = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => work(from + at));
    for (const outcome of await Promise.all(calls)) {
      if (!outcome.ok) throw new NotDone(String(outcome.refusal));
      values.push(outcome.value);
    }
  }
  return values;
}
