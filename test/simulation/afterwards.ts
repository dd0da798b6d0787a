// The weeks after a simulated session: its shards are deleted and its orders archived, while calls get lost and runs are cut off. Then what
// has to hold: each finding is a sentence; none is good.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { SessionDesk } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { ORDERS_KEPT_S } from "../../domain/order/keep.ts";
import { generator } from "../../domain/random.ts";
import { recordsOf } from "../../records/database.ts";
import { archiveOf, archiveOrders, findArchivedOrder } from "../../workers/archive.ts";
import { faultyBucket, faultyD1 } from "../objects/support/ports.ts";
import { alarmOf, at, guest, request, sessionOf, shardAt } from "../objects/support/session.ts";
import { world } from "../objects/support/world.ts";
import { type History, loseThings, nemesis, SHARDS } from "./run.ts";

const DAY_S = 86_400;
/** A line of four orders: several files for each session. */
const LIMITS = { rows: 2, files: 3, sessions: 50 };

export async function afterwards(history: History, seed: number): Promise<string[]> {
  const { id } = history;
  const random = generator(seed + 1_000_000);
  const outcome = await sessionOf(id).desk();
  if (!outcome.ok) return [`the session is ${outcome.refusal}`];
  const ended = (outcome.value.settled ?? outcome.value.voided)?.s as number;
  const before = await ordersOf(id);

  loseThings(random);
  await driveSession(history, random, ended + 36 * DAY_S);
  world().fate = () => "ok";
  await driveSession(history, random, ended + 40 * DAY_S);
  const desk = await sessionOf(id).desk();
  const found = desk.ok ? await shardsAreGone(history, desk.value) : [`the session is ${desk.refusal}`];

  const now = world().nowMs / 1000 + ORDERS_KEPT_S;
  const records = recordsOf(env.DB, "fairpour");
  const shaky = { records: { ...records, d1: faultyD1(env.DB) }, bucket: faultyBucket(env.ARCHIVE, "archive") };
  world().fate = () => (random() < 0.3 ? (random() < 0.5 ? "lost" : "done-but-lost") : "ok");
  for (let run = 0; run < 4; run++) {
    await archiveOrders(shaky, now, LIMITS).catch(() => undefined);
    found.push(...(await eachOrderOnce(id, before)));
  }
  world().fate = () => "ok";
  for (let run = 0; run < 4; run++) await archiveOrders(archiveOf(env), now, LIMITS);
  found.push(...(await eachOrderOnce(id, before)));
  if ((await ordersOf(id)).size > 0) found.push("orders are left in D1 that should be archived");
  return found;
}

/** Lets time pass from alarm to alarm of the session object. */
async function driveSession({ id }: History, random: () => number, untilS: number): Promise<void> {
  for (let steps = 0; steps < 200; steps++) {
    const next = await alarmOf(sessionOf(id) as never);
    if (next > untilS * 1000) break;
    world().nowMs = Math.max(world().nowMs, next);
    await runDurableObjectAlarm(sessionOf(id)).catch(() => undefined);
    await nemesis(id, random);
  }
  at(Math.max(untilS, world().nowMs / 1000));
}

async function shardsAreGone({ id, acks }: History, desk: SessionDesk): Promise<string[]> {
  const found: string[] = [];
  if (desk.shards?.deleted !== SHARDS) found.push(`shards that were not deleted: ${JSON.stringify(desk.shards)}`);
  for (let shard = 0; shard < SHARDS; shard++) {
    const tables = await runInDurableObject(
      shardAt(id, shard) as DurableObjectStub,
      (_, { storage }) =>
        storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray().length,
    );
    if (tables > 0) found.push(`shard ${shard} still holds something`);
    const late = await reserveAt(shardAt(id, shard), request(guest("late", new Uint8Array(32)), 2));
    if (late.ok) found.push(`shard ${shard} took somebody in after it was deleted`);
  }
  if (acks.length > 0 && desk.state === "settled" && !(await env.FILES.head(`draws/${id}/shards/0`)))
    found.push("the entries are no longer published");
  return found;
}

async function ordersOf(id: string): Promise<Map<string, { state: string; serial: string | null }>> {
  const { results } = await env.DB.prepare("SELECT order_id, state, serial FROM orders WHERE session = ?")
    .bind(id)
    .all<{ order_id: string; state: string; serial: string | null }>();
  return new Map(results.map(({ order_id, ...row }) => [order_id, row]));
}

/** Every order is in D1 or in the archive, in one of them and as it was. */
async function eachOrderOnce(id: string, before: Map<string, { state: string }>): Promise<string[]> {
  const found: string[] = [];
  const inD1 = await ordersOf(id);
  for (const [order, { state }] of before) {
    const archived = await findArchivedOrder(archiveOf(env), order);
    if (inD1.has(order) === (archived !== undefined)) found.push(`${order} is in both D1 and the archive, or in neither`);
    if ((archived ?? inD1.get(order))?.state !== state) found.push(`${order} is not what it was`);
  }
  if ([...inD1.keys()].some((order) => !before.has(order))) found.push("an order came from nowhere");
  return found;
}
