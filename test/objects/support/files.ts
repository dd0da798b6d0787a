// The published files of a session, as they lie in R2.
import { env } from "cloudflare:workers";
import type { Bytes } from "../../../domain/bytes.ts";
import { type Manifest, parseObject } from "../../../domain/draw/manifest.ts";
import type { Files } from "../../../domain/draw/recompute.ts";

export async function publishedFiles(id: string, shards: number, pools: number[]): Promise<Files> {
  const held = new Map<string, Bytes>();
  const load = async (name: string, key = `draws/${id}/${name}`) => {
    const file = await env.FILES.get(key);
    if (file) held.set(name, new Uint8Array(await file.arrayBuffer()));
  };
  const names = ["manifest.json", "pools", "exclusions", "seal.json", "beacon.json", "result.json"];
  for (const name of names) await load(name);
  for (let shard = 0; shard < shards; shard++) await load(`shards/${shard}`);
  for (const pool of pools) {
    await load(`tables/${pool}`);
    await load(`results/${pool}`);
  }
  await load("rules", `rules/${parseObject<Manifest>(held.get("manifest.json") as Bytes).rulesHash}`);
  return (name) => {
    const bytes = held.get(name);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
}
