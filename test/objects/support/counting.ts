// Sessions whose losses count, one after the other: everybody gets a pass from their member shard and reserves with what it says.
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Counted } from "../../../contracts/members.ts";
import type { PlanInput } from "../../../contracts/sessions.ts";
import { reserveAt } from "../../../contracts/shard.ts";
import { type Bytes, utf8 } from "../../../domain/bytes.ts";
import { sha256 } from "../../../domain/hash.ts";
import { announced, at, guest, membersOf, personOf, request, runUntil, shardOfGuest } from "./session.ts";
import { world } from "./world.ts";

/** Pools by number: plush for everybody, wine for nobody, wine for everybody. */
export const [PLUSH, LOSE, WIN] = [1, 2, 3] as const;
const POOLS = [
  { sku: "wine", store: "north", stock: 0 },
  { sku: "wine", store: "south", stock: 50 },
  { sku: "plush", store: "north", stock: 50 },
];

/** Weighted unless changed, from ten seconds after now. */
export async function announceNext(id: string, changes: Partial<PlanInput> = {}): Promise<{ id: string; M: Bytes; close: number }> {
  const open = Math.ceil(world().nowMs / 1000) + 10;
  const plan = { open, close: open + 60, ticketsMax: 8, ...changes };
  return { id, M: await announced(id, plan, POOLS), close: plan.close };
}

export async function passFor(id: string, name: string): Promise<Counted> {
  const person = personOf(name);
  return await membersOf(person).count({ person, session: id });
}

/** A person's nonce in a pool: one for each, because the door takes none twice. */
export const nonceFor = (name: string, pool: number): Bytes => sha256(utf8(`nonce of ${name}${pool === PLUSH ? ", plush" : ""}`));

export type Going = { id: string; M: Bytes; close: number };

/** Each name reserves in its pool, with the tickets of its pass. */
export async function enter({ id, M, close }: Going, wishes: [name: string, pool: number][]): Promise<void> {
  at(close - 60);
  for (const [name, pool] of wishes) {
    const tickets = (await passFor(id, name))[pool === PLUSH ? "plush" : "wine"] as number;
    const ada = guest(name, M);
    expect(await reserveAt(shardOfGuest(id, ada), { ...request(ada, pool), nonce: nonceFor(name, pool), tickets })).toMatchObject({
      ok: true,
    });
  }
}

export const finish = ({ id, close }: Going): Promise<void> => runUntil(id, close + 60);

/** A whole session until its winners are awarded. */
export async function play(id: string, wishes: [name: string, pool: number][], changes: Partial<PlanInput> = {}): Promise<Going> {
  const going = await announceNext(id, changes);
  await enter(going, wishes);
  await finish(going);
  return going;
}

export async function archived(prefix: string): Promise<string[]> {
  return (await env.ARCHIVE.list({ prefix })).objects.map(({ key }) => key);
}
