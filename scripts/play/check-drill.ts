// What has to hold after a drill, checked against the published files alone.

import { manifestHash } from "../../domain/draw/manifest.ts";
import { readPoolsBundle } from "../../domain/draw/pools.ts";
import { type Check, type Recomputed, recompute } from "../../domain/draw/recompute.ts";
import { readExclusionsBundle } from "../../domain/draw/seal.ts";
import type { Acknowledged, Opened, Sizes } from "./opening-day.ts";
import { fetchPublished, pinnedChain } from "./published.ts";

export async function checkDrill(url: string, { session, acknowledged, stock }: Opened, sizes: Sizes): Promise<Check[]> {
  const { files, manifest } = await fetchPublished(url, session);
  const checks: Check[] = [];
  const steps = recompute(files, await pinnedChain(url, manifest.beacon.chain));
  let step = steps.next();
  for (; !step.done; step = steps.next()) checks.push(step.value);
  const { results, entries, leaves } = step.value as Recomputed;
  const M = manifestHash(files("manifest.json"));
  const excluded = new Set(readExclusionsBundle(files("exclusions"), M).map(({ shard, index }) => `${shard}/${index}`));
  const pools = readPoolsBundle(files("pools"), M);

  checks.push({
    name: `every acknowledged reservation is in the frozen tables or the exclusions (${acknowledged.length})`,
    good: acknowledged.every((line) => isThere(line, leaves, excluded)),
  });
  const places = new Set(acknowledged.map(({ shard, index }) => `${shard}/${index}`));
  checks.push({ name: "no two reservations share a place", good: places.size === acknowledged.length });
  const skuOf = new Map(pools.map(({ pool, sku }) => [pool, sku]));
  const persons = new Set(acknowledged.map(({ person, pool }) => `${person}\n${skuOf.get(pool)}`));
  checks.push({ name: "no person twice for one SKU", good: persons.size === acknowledged.length });
  checks.push({ name: `entries = acknowledged (${entries})`, good: entries === acknowledged.length });
  checks.push({
    name: `units awarded = min(units, eligible) in every pool (${results.length})`,
    good: results.every(({ stock: units, n, winners }) => winners.length === Math.min(units, n)),
  });
  checks.push({
    name: `units in the pools = units planned (${sizes.units})`,
    good: pools.reduce((sum, pool) => sum + pool.stock, 0) === sizes.units && stock.length === pools.length,
  });
  const eligible = results.reduce((sum, { n }) => sum + n, 0);
  checks.push({
    name: `eligible + excluded = entries (${eligible} + ${excluded.size})`,
    good: eligible + excluded.size === entries,
  });
  checks.push({ name: "excluded = withdrawn", good: excluded.size === acknowledged.filter(({ withdrawn }) => withdrawn).length });
  return checks;
}

function isThere({ shard, index, leaf, withdrawn }: Acknowledged, leaves: Recomputed["leaves"], excluded: Set<string>): boolean {
  const place = leaves.get(leaf);
  return place?.shard === shard && place.index === index && excluded.has(`${shard}/${index}`) === withdrawn;
}
