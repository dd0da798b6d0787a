// The other objects of one session, as the session object calls them.
import { settingsOf } from "../../contracts/settings.ts";
import type { Manifest } from "../../domain/draw/manifest.ts";
import { bookName, placementOf, shardName } from "../../domain/objects.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Ports } from "../ports.ts";

/** Calls under way at once: enough to prepare 512 shards in seconds, few enough not to look like a burst. */
const AT_ONCE = 16;

export class NotDone extends Error {}

export const shardStub = ({ env }: Ports, manifest: Manifest, shard: number) =>
  env.SHARDS.getByName(shardName(settingsOf(env).BRAND, manifest.session, shard), { locationHint: placementOf(manifest.market) });

export const bookStub = ({ env }: Ports, manifest: Manifest, book: number) =>
  env.BOOKS.getByName(bookName(settingsOf(env).BRAND, manifest.session, book), { locationHint: placementOf(manifest.market) });

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
