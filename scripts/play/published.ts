// The published files of a drawn session, fetched over HTTP.
import type { Bytes } from "../../domain/bytes.ts";
import { type Chain, QUICKNET } from "../../domain/draw/chains.ts";
import { type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import { readPoolsBundle } from "../../domain/draw/pools.ts";
import type { Files } from "../../domain/draw/recompute.ts";
import { chainHash, type LocalChain } from "../local/chain.ts";
import { inParallel } from "./client.ts";

/** Files asked for at a time. */
const AT_ONCE = 16;

async function get(url: string): Promise<Bytes> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function fetchPublished(origin: string, session: string): Promise<{ files: Files; manifest: Manifest }> {
  const held = new Map<string, Bytes>();
  const load = async (name: string): Promise<Bytes> => {
    const bytes = await get(`${origin}/draws/${session}/${name}`);
    held.set(name, bytes);
    return bytes;
  };
  const manifestBytes = await load("manifest.json");
  const manifest = parseObject<Manifest>(manifestBytes);
  held.set("rules", await get(`${origin}/rules/${manifest.rulesHash}`));
  const pools = readPoolsBundle(await load("pools"), manifestHash(manifestBytes));
  const rest = [
    "seal.json",
    "exclusions",
    "beacon.json",
    "result.json",
    ...Array.from({ length: manifest.shards }, (_, shard) => `shards/${shard}`),
    ...pools.flatMap(({ pool }) => [`tables/${pool}`, `results/${pool}`]),
  ];
  await inParallel(rest, AT_ONCE, async (name) => void (await load(name)));
  const files = (name: string): Bytes => {
    const bytes = held.get(name);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
  return { files, manifest };
}

/** quicknet is pinned. A local chain is believed only if its key hashes to the chain that the manifest names. */
export async function pinnedChain(origin: string, wanted: string): Promise<Chain> {
  if (wanted === QUICKNET.hash) return QUICKNET;
  const { beacons } = JSON.parse(new TextDecoder().decode(await get(`${origin}/v1/beacons`))) as { beacons: LocalChain[] };
  const chain = beacons.find(({ hash }) => hash === wanted);
  if (!chain || chainHash(chain) !== wanted) throw new Error(`no key belongs to the chain ${wanted}`);
  return chain;
}
