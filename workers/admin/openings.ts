// What an auditor is handed of the sample: winners with more than one ticket, joined to the person's losses. Never public (draw1, section 6).
import { Hono } from "hono";
import { type Opened, type OpeningsReply, openingsInput } from "../../contracts/members.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, same } from "../../domain/bytes.ts";
import { leafHasher, readEntryBody } from "../../domain/draw/entry.ts";
import { PLACES_HEAD, placesKey, readPlaces } from "../../domain/draw/place-file.ts";
import { readResultBundle } from "../../domain/draw/rank.ts";
import { bodiesRange } from "../../domain/draw/seal.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { factsOf, type SessionFacts } from "../edge/facts.ts";
import { body } from "../edge/input.ts";
import { ProblemError } from "../edge/problem.ts";
import { memberShards } from "../edge/reach.ts";

type Place = { shard: number; index: number };

/** Member shards asked at once. */
const AT_ONCE = 16;

export const adminOpenings = new Hono<CallerApp>().post("/v1/admin/sessions/:session/openings", operator, async (c) => {
  const { places } = await body(c, openingsInput);
  const facts = await factsOf(c.env, c.req.param("session"));
  await Promise.all(places.map((place) => needSampled(c.env, facts, place)));
  const pids = await Promise.all(places.map((place) => pidAt(c.env, facts, place)));
  const opened = await askMembers(c.env, facts, pids);
  const openings = places.flatMap(({ shard, index }, at) => {
    const entries = opened.get(pids[at] as string)?.entries ?? [];
    return entries.find((entry) => entry.shard === shard && entry.index === index) ?? [];
  });
  // Who was opened, and by whose token, stays on record: it lifts what nobody else may see.
  const { sub } = c.var.caller;
  console.log(JSON.stringify({ event: "entries_opened", session: facts.manifest.session, by: sub, places }));
  return c.json({ openings } satisfies OpeningsReply, 200, { "Cache-Control": "no-store" });
});

/** Nobody is opened but who can be in the sample: whether it is among the first 200 only an audit of the whole session can say. */
async function needSampled(env: Env, { manifest, M }: SessionFacts, { shard, index }: Place): Promise<void> {
  const folder = `draws/${manifest.session}`;
  const entry = await read(env.FILES, `${folder}/shards/${shard}`, bodiesRange(index, 1));
  if (!entry) throw new ProblemError("not_in_sample");
  const { pool, tickets } = readEntryBody(entry);
  const result = tickets > 1 ? await read(env.FILES, `${folder}/results/${pool}`) : undefined;
  const lh = leafHasher(M, shard)(index, entry);
  const won = result && readResultBundle(result, M, pool).winners.some((winner) => same(winner.lh, lh));
  if (!won) throw new ProblemError("not_in_sample");
}

async function pidAt(env: Env, { manifest }: SessionFacts, { shard, index }: Place): Promise<string> {
  const file = await read(env.ARCHIVE, placesKey(settingsOf(env).BRAND, manifest.session, shard));
  if (file) for (const place of readPlaces(file.subarray(PLACES_HEAD) as Bytes)) if (place.index === index) return hex(place.pid);
  throw new Error(`nobody is known to hold ${manifest.session} ${shard}/${index}`);
}

async function askMembers(env: Env, { manifest: { session } }: SessionFacts, pids: string[]): Promise<Map<string, Opened>> {
  const opened = new Map<string, Opened>();
  const shards = memberShards(env);
  for (let from = 0; from < shards.length; from += AT_ONCE) {
    const replies = await Promise.all(shards.slice(from, from + AT_ONCE).map((shard) => shard.open({ session, pids })));
    for (const one of replies.flat()) opened.set(one.pid, one);
  }
  return opened;
}

/** The bytes of a file, or of a piece of it; undefined where there is no such file, or it ends before. */
async function read(bucket: R2Bucket, key: string, range?: { offset: number; length: number }): Promise<Bytes | undefined> {
  if (range && ((await bucket.head(key))?.size ?? 0) < range.offset + range.length) return undefined;
  const file = await bucket.get(key, range ? { range } : {});
  return file ? new Uint8Array(await file.arrayBuffer()) : undefined;
}
