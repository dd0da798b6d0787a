// Table building and drawing for the pools of one book. Rows are pulled from the shards, so a crash anywhere means pulling again.

import { type Bytes, hex, join, Reader, same } from "../../domain/bytes.ts";
import { drawPool, type PoolResult, resultBody, resultBundle } from "../../domain/draw/rank.ts";
import type { TableRoot } from "../../domain/draw/seal.ts";
import { ascending, readTableBundle, type TableRow, tableBodies, tableBundle, tableRoot } from "../../domain/draw/table.ts";
import { HASH } from "../../domain/merkle.ts";
import { publicKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import { shardStub } from "../session/reach.ts";
import { TABLE_ROW } from "../shard/messages.ts";
import type { BookPlan, Drawn } from "./messages.ts";

/** Files written at a time: workerd and R2 take six connections per invocation. */
const AT_ONCE = 6;

/** Thrown when a shard cannot be asked or has not fixed its entries: the session object tries again. */
export class ShardsNotReady extends Error {}

/** Pulls every row of the book's pools, sorts and publishes the tables, and returns their roots, ascending by pool. */
export async function buildTables(plan: BookPlan, manifest: Bytes, ports: Ports): Promise<TableRoot[]> {
  const rows = new Map<number, TableRow[]>(plan.pools.map(({ pool }) => [pool, []]));
  const from = (plan.pools[0] as { pool: number }).pool;
  const to = (plan.pools[plan.pools.length - 1] as { pool: number }).pool;
  for (let shard = 0; shard < plan.shards; shard++) {
    const reply = await shardStub(ports, plan, shard).rows(from, to);
    if (!reply.ok) throw new ShardsNotReady(`shard ${shard}: ${reply.refusal}`);
    for (const reader = new Reader(reply.value); reader.left >= TABLE_ROW; ) {
      const pool = reader.u32();
      rows.get(pool)?.push({ lh: reader.take(HASH), tickets: reader.u8() });
    }
  }
  const roots: TableRoot[] = [];
  await inBatches(plan.pools, async ({ pool }) => {
    const table = ascending(rows.get(pool) as TableRow[]);
    const bodies = tableBodies(table, pool);
    await ports.env.FILES.put(publicKey(plan.session, `tables/${pool}`), tableBundle(manifest, pool, bodies));
    const sumTickets = table.reduce((sum, { tickets }) => sum + tickets, 0);
    roots.push({ pool, n: table.length, sumTickets, root: tableRoot(bodies) });
  });
  return roots.sort((a, b) => a.pool - b.pool);
}

/** Draws every pool from its published table and publishes the results. `roots` are the sealed ones: a file that differs is not drawn from. */
export async function drawPools(
  plan: BookPlan,
  manifest: Bytes,
  seed: Bytes,
  roots: TableRoot[],
  ports: Ports,
): Promise<{ results: PoolResult[]; drawn: Drawn }> {
  const results: PoolResult[] = [];
  await inBatches(plan.pools, async (pool, at) => {
    const file = await ports.env.FILES.get(publicKey(plan.session, `tables/${pool.pool}`));
    if (!file) throw new Error(`table ${pool.pool} is not in the file store`);
    const { rows, bodies } = readTableBundle(new Uint8Array(await file.arrayBuffer()), manifest, pool.pool);
    const sealed = roots[at] as TableRoot;
    if (!same(tableRoot(bodies), sealed.root)) throw new Error(`table ${pool.pool} is not the sealed one: ${hex(sealed.root)}`);
    const result = drawPool(pool, rows, seed);
    await ports.env.FILES.put(publicKey(plan.session, `results/${pool.pool}`), resultBundle(manifest, result));
    results.push(result);
  });
  results.sort((a, b) => a.pool - b.pool);
  const count = (of: (result: PoolResult) => number) => results.reduce((sum, result) => sum + of(result), 0);
  const drawn = {
    bodies: join(...results.map(resultBody)),
    winners: count(({ winners }) => winners.length),
    waits: count(({ waits }) => waits.length),
  };
  return { results, drawn };
}

async function inBatches<Item>(items: Item[], work: (item: Item, at: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) {
    await Promise.all(items.slice(at, at + AT_ONCE).map((item, step) => work(item, at + step)));
  }
}
