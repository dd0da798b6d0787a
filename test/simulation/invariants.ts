// What has to hold after a simulated session, whatever went wrong in it. Each finding is a sentence; none is good.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { SessionDesk } from "../../contracts/sessions.ts";
import type { Recomputed } from "../../domain/audit/audit.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { readWaveBundle } from "../../domain/draw/wave.ts";
import { HASH } from "../../domain/merkle.ts";
import { LogStore } from "../../durable-objects/log/store.ts";
import { audited } from "../objects/support/audit.ts";
import { provenFiles, published } from "../objects/support/log.ts";
import { logOf, POOLS, sessionOf } from "../objects/support/session.ts";
import type { History } from "./run.ts";

type OrderCounts = { state: string; n: number };

export async function broken(history: History): Promise<string[]> {
  const { id } = history;
  const outcome = await sessionOf(id).desk();
  if (!outcome.ok) return [`the session is ${outcome.refusal}`];
  const desk = outcome.value;
  const found = history.contradictions.map((what) => `two different receipts for ${what}`);
  const units = POOLS.reduce((sum, { stock }) => sum + stock, 0);
  found.push(...(await logIsRight(history, desk)));
  if (desk.state === "voided") {
    if (await env.FILES.head(`draws/${id}/result.json`)) found.push("a voided session has a result");
    return found;
  }
  if (desk.state !== "settled") return [...found, `the session ended as ${desk.state}`];
  found.push(...(await drawIsRight(history)), ...(await wavesAreRight(desk)));

  const { results } = await env.DB.prepare(
    "SELECT state, count(*) AS n FROM orders WHERE brand = 'fairpour' AND session = ? GROUP BY state",
  )
    .bind(id)
    .all<OrderCounts>();
  const count = (...states: string[]) => results.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  const settled = desk.settled as NonNullable<SessionDesk["settled"]>;
  if (count("collected") !== settled.handedOver || settled.handedOver !== history.collected.size)
    found.push("hand-overs do not add up");
  if (count("refunded") !== settled.refunded) found.push("refunds do not add up");
  if (count("paid", "ready") !== 0) found.push("a paid order is neither handed over nor refunded");
  if (settled.handedOver + settled.refunded !== history.paid.size)
    found.push(`${history.paid.size} payments acknowledged, ${settled.handedOver} handed over, ${settled.refunded} refunded`);
  if (settled.handedOver + settled.refunded + settled.left !== units) found.push("units do not add up");
  const awards = desk.waves.reduce((sum, wave) => sum + wave.awards, 0);
  if (awards - settled.lapsed !== settled.handedOver + settled.refunded) found.push("awards - lapses is not what was paid");
  return found;
}

/** Everything has its proof, public checkpoints only grow, and no witness has seen another history than the one that is public. */
async function logIsRight({ id, witnesses, checkpoints }: History, { state, waves, waiting }: SessionDesk): Promise<string[]> {
  const found: string[] = [];
  const wanted = state === "voided" ? ["void"] : ["seal", "result", "settled", ...waves.map(({ no }) => `waves/${no}`)];
  const proven = await provenFiles(id);
  for (const name of ["manifest", ...wanted]) if (!proven.includes(name)) found.push(`${name} has no proof in the log`);
  if (waiting) found.push(`${waiting.entry} still waits for witnesses`);
  checkpoints.forEach(({ size, root }, at) => {
    const before = checkpoints[at - 1];
    if (before && (size < before.size || (size === before.size && root !== before.root)))
      found.push(`the log went back to ${size}`);
  });
  const last = await published();
  for (const { key, size, root } of witnesses) {
    const rootThen = await runInDurableObject(logOf(), (_, { storage }) => hex(new LogStore(storage).root(size)));
    if (size > (last?.size ?? 0) || root !== rootThen) found.push(`${key.name} has seen another log`);
  }
  return found;
}

async function drawIsRight({ id, acks, withdrawn, excluded: out }: History): Promise<string[]> {
  const found: string[] = [];
  let recomputed: Required<Recomputed>;
  try {
    recomputed = await audited(id);
  } catch (error) {
    return [`not so: ${error}`];
  }
  const { firsts, leaves, excluded } = recomputed.sealed.places;
  for (const { person, pool, shard, index, leaf } of acks) {
    const at = (firsts[shard] as number) + index;
    if (hex(leaves.subarray(at * HASH, (at + 1) * HASH)) !== leaf) found.push(`${person}'s place in pool ${pool} is lost`);
    if ((excluded[at] === 1) !== (withdrawn.has(leaf) || out.has(leaf)))
      found.push(`${person}'s withdrawal or exclusion from pool ${pool} does not agree`);
  }
  const { entries } = recomputed.outcome.counts;
  if (entries !== acks.length) found.push(`${entries} entries, ${acks.length} acknowledged`);
  return found;
}

async function wavesAreRight({ session, waves, manifest }: SessionDesk): Promise<string[]> {
  const found: string[] = [];
  const M = Uint8Array.from((manifest as string).match(/../g) as string[], (byte) => Number.parseInt(byte, 16)) as Bytes;
  const standing = new Map<number, number>();
  const nextRank = new Map<number, number>();
  const lapsed = new Set<string>();
  for (const { no } of waves) {
    const file = await env.FILES.get(`draws/${session}/waves/${no}`);
    if (!file) return [`wave ${no} is not published`];
    const { awards, lapses } = readWaveBundle(new Uint8Array(await file.arrayBuffer()), M, no);
    for (const { pool, rank } of lapses) {
      const award = `${pool}/${rank}`;
      if (lapsed.has(award) || rank >= (nextRank.get(pool) ?? 0)) found.push(`award ${award} lapsed twice, or before it was given`);
      lapsed.add(award);
      standing.set(pool, (standing.get(pool) ?? 0) - 1);
    }
    for (const { pool, rank, lh } of awards) {
      if (rank !== (nextRank.get(pool) ?? 0)) found.push(`pool ${pool}: rank ${rank} (${hex(lh).slice(0, 8)}) is out of order`);
      nextRank.set(pool, rank + 1);
      standing.set(pool, (standing.get(pool) ?? 0) + 1);
      if ((standing.get(pool) as number) > (POOL_STOCK[pool] as number)) found.push(`pool ${pool} gave more units than it has`);
    }
  }
  return found;
}

/** By pool number: plush/north 1, wine/north 2, wine/south 1. */
const POOL_STOCK: { [pool: number]: number } = { 1: 1, 2: 2, 3: 1 };
