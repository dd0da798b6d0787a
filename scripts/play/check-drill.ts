// What has to hold after a drill, checked against the published files alone.
import { audit, drawnOnly, type Recomputed } from "../../domain/audit/audit.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { HASH } from "../../domain/merkle.ts";
import { runFrom } from "../verify/run.ts";
import { site } from "../verify/sources.ts";
import type { Acknowledged, Opened, Progress, Sizes } from "./opening-day.ts";
import { proves } from "./prove.ts";

export type Check = { name: string; good: boolean };

/** Throws where the audit of the session finds anything. */
export async function checkDrill(
  url: string,
  { session, acknowledged, receipts, stock }: Opened,
  sizes: Sizes,
  progress: Progress = () => {},
): Promise<Check[]> {
  const checks: Check[] = [];
  progress("drawn again from the published files", 0, 0);
  const audited = await runFrom(audit({ session }), site(url), (step) => {
    if ("passed" in step) checks.push({ name: step.passed, good: true });
  });
  const recomputed = drawnOnly(audited);
  const { announced, pools, drawn, sealed } = recomputed;
  const { entries, excluded } = recomputed.outcome.counts;

  progress("compared with what was acknowledged", 0, 0);
  checks.push({
    name: `every acknowledged reservation is in the frozen tables or the exclusions (${acknowledged.length})`,
    good: acknowledged.every((line) => isThere(line, recomputed)),
  });
  const { leaves, firsts } = sealed.places;
  const leavesOf = (shard: number) => leaves.subarray((firsts[shard] as number) * HASH);
  const key = unhex(announced.manifest.receiptKey);
  checks.push({
    name: `receipts prove their places by signature and path (${receipts.length} of them)`,
    good: receipts.every((receipt) => proves(receipt, leavesOf(receipt.shard), key)),
  });
  const places = new Set(acknowledged.map(({ shard, index }) => `${shard}/${index}`));
  checks.push({ name: "no two reservations share a place", good: places.size === acknowledged.length });
  const skuOf = new Map(pools.map(({ pool, sku }) => [pool, sku]));
  const persons = new Set(acknowledged.map(({ person, pool }) => `${person}\n${skuOf.get(pool)}`));
  checks.push({ name: "no person twice for one SKU", good: persons.size === acknowledged.length });
  checks.push({ name: `entries = acknowledged (${entries})`, good: entries === acknowledged.length });
  checks.push({
    name: `units awarded = min(units, eligible) in every pool (${drawn.results.length})`,
    good: drawn.results.every(({ stock: units, n, winners }) => winners.length === Math.min(units, n)),
  });
  checks.push({
    name: `units in the pools = units planned (${sizes.units})`,
    good: pools.reduce((sum, pool) => sum + pool.stock, 0) === sizes.units && stock.length === pools.length,
  });
  const eligible = sealed.tables.reduce((sum, { n }) => sum + n, 0);
  checks.push({ name: `eligible + excluded = entries (${eligible} + ${excluded})`, good: eligible + excluded === entries });
  checks.push({ name: "excluded = withdrawn", good: excluded === acknowledged.filter(({ withdrawn }) => withdrawn).length });
  return checks;
}

function isThere({ shard, index, leaf, withdrawn }: Acknowledged, { sealed: { places, shards } }: Required<Recomputed>): boolean {
  if (index >= (shards[shard]?.n ?? 0)) return false;
  const at = (places.firsts[shard] as number) + index;
  return hex(places.leaves.subarray(at * HASH, (at + 1) * HASH)) === leaf && (places.excluded[at] === 1) === withdrawn;
}
