// node scripts/recompute.ts URL SESSION: draws a session again from its published files alone. Prints each check and "same winners", or
// exits with 1. Files may also be read from a folder instead of a URL.
import type { Bytes } from "../domain/bytes.ts";
import { type Manifest, parseObject } from "../domain/draw/manifest.ts";
import { QUICKNET, type Chain } from "../domain/draw/chains.ts";
import { recompute } from "../domain/draw/recompute.ts";
import { readPoolsBundle } from "../domain/draw/pools.ts";
import { manifestHash } from "../domain/draw/manifest.ts";
import { chainHash, type LocalChain } from "./local/chain.ts";

/** Files asked for at a time. */
const AT_ONCE = 16;

const [origin, session] = process.argv.slice(2);
if (!origin || !session) {
  console.error("usage: node scripts/recompute.ts URL SESSION");
  process.exit(2);
}

async function get(path: string): Promise<Bytes> {
  const response = await fetch(`${origin}${path}`);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** quicknet is pinned. A local chain is believed only if its key hashes to the chain that the manifest names. */
async function pin(wanted: string): Promise<Chain> {
  if (wanted === QUICKNET.hash) return QUICKNET;
  const { beacons } = JSON.parse(new TextDecoder().decode(await get("/v1/beacons"))) as { beacons: LocalChain[] };
  const chain = beacons.find(({ hash }) => hash === wanted);
  if (!chain || chainHash(chain) !== wanted) throw new Error(`no key belongs to the chain ${wanted}`);
  return chain;
}

const names = new Map<string, Bytes>();
const load = async (name: string) => names.set(name, await get(`/draws/${session}/${name}`));
try {
  await load("manifest.json");
  const manifestBytes = names.get("manifest.json") as Bytes;
  const manifest = parseObject<Manifest>(manifestBytes);
  names.set("rules", await get(`/rules/${manifest.rulesHash}`));
  for (const name of ["pools", "seal.json", "exclusions", "beacon.json", "result.json"]) await load(name);
  const pools = readPoolsBundle(names.get("pools") as Bytes, manifestHash(manifestBytes));
  const rest = [
    ...Array.from({ length: manifest.shards }, (_, shard) => `shards/${shard}`),
    ...pools.flatMap(({ pool }) => [`tables/${pool}`, `results/${pool}`]),
  ];
  for (let at = 0; at < rest.length; at += AT_ONCE) await Promise.all(rest.slice(at, at + AT_ONCE).map(load));

  const chain = await pin(manifest.beacon.chain);
  const files = (name: string): Bytes => {
    const bytes = names.get(name);
    if (!bytes) throw new RangeError(`${name} is not published`);
    return bytes;
  };
  let good = true;
  for (const check of recompute(files, chain)) {
    console.log(`  ${check.good ? "✓" : "✗"} ${check.name}`);
    good &&= check.good;
  }
  console.log(good ? "  same winners" : "  NOT the same");
  process.exit(good ? 0 : 1);
} catch (error) {
  console.error(`  ✗ ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
