// A session for object tests: objects by name, a plan, people, and a clock that jumps from alarm to alarm.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type PlanInput, SHARDS_KEPT_S } from "../../../contracts/sessions.ts";
import { settingsOf } from "../../../contracts/settings.ts";
import { type Bytes, hex, unhex, utf8 } from "../../../domain/bytes.ts";
import { pidOf, shardOf } from "../../../domain/draw/entry.ts";
import { booksOf } from "../../../domain/draw/plan.ts";
import { sha256 } from "../../../domain/hash.ts";
import { bookName, logName, memberShardName, memberShardOf, sessionName, shardName } from "../../../domain/objects.ts";
import type { Plan } from "../../../durable-objects/session/messages.ts";
import { recordsOf } from "../../../records/database.ts";
import { listSessions } from "../../../records/sessions.ts";
import { relay, TEST_CHAIN } from "./beacon.ts";
import { ALARM_OFFSET_MS, START_MS, world } from "./world.ts";

const BRAND = "fairpour";
let number = 0;

/** A session id that no other test uses. */
export const freshId = (what = "s"): string => `${what}-${++number}`;

export const OPEN = START_MS / 1000 + 10;
export const CLOSE = OPEN + 60;

/** Puts the world back: clock at the start, no faults, the test beacon up. */
export function freshWorld(): void {
  Object.assign(world(), {
    nowMs: START_MS,
    random: () => 0,
    chains: [TEST_CHAIN],
    beacon: (path: string) => relay(path, world().nowMs),
    witness: async () => undefined,
    receiver: async () => undefined,
    settings: {},
    crash: undefined,
    fate: () => "ok",
  });
}

export function planFor(session: string, changes: Partial<PlanInput> = {}): Plan {
  const input: PlanInput = {
    session,
    title: { "zh-CN": "试", en: "Test" },
    market: "CN",
    open: OPEN,
    close: CLOSE,
    graceS: 5,
    leads: { announceS: 0, reviewS: 30, sealLeadS: 10 },
    chain: TEST_CHAIN.hash,
    shards: 2,
    admitPerS: 10_000,
    skus: ["wine", "plush"],
    payWindowS: 100,
    pickupS: 200,
    wavesMax: 3,
    shardsKeptS: SHARDS_KEPT_S,
    rules: "Test rules.",
    ...changes,
  };
  const skus = input.skus.map((sku) => ({
    sku,
    family: sku,
    alcohol: sku === "wine",
    price: { currency: "CNY", amountMinor: 1000 },
  }));
  return { input, skus, staffSalt: "00".repeat(32) };
}

export const POOLS = [
  { sku: "wine", store: "north", stock: 2 },
  { sku: "wine", store: "south", stock: 1 },
  { sku: "plush", store: "north", stock: 1 },
];

export const sessionOf = (id: string) => env.SESSIONS.getByName(sessionName(BRAND, id));
export const shardAt = (id: string, shard: number) => env.SHARDS.getByName(shardName(BRAND, id, shard));
export const logOf = () => env.LOG.getByName(logName(BRAND));
export const membersOf = (person: Bytes) => env.MEMBERS.getByName(memberShardName(BRAND, memberShardOf(person)));
export const bookOf = (id: string, book: number) => env.BOOKS.getByName(bookName(BRAND, id, book));

/** Drafts, allots and announces; returns M. */
export async function announced(id: string, changes: Partial<PlanInput> = {}, pools = POOLS): Promise<Bytes> {
  const session = sessionOf(id);
  const planned = await session.plan(planFor(id, changes));
  if (!planned.ok) throw new Error(planned.refusal);
  await session.allot({ pools });
  const outcome = await session.announce();
  if (!outcome.ok) throw new Error(outcome.refusal);
  return unhex(outcome.value.manifest);
}

export type Guest = { name: string; pid: Bytes; nonce: Bytes };

export const personOf = (name: string): Bytes => sha256(utf8(name));

export function guest(name: string, M: Bytes): Guest {
  const pid = pidOf(settingsOf(env).PEPPER, personOf(name), M);
  return { name, pid, nonce: sha256(utf8(`nonce of ${name}`)) };
}

export const shardOfGuest = (id: string, { pid }: Guest, shards = 2) => shardAt(id, shardOf(pid, shards));

export const request = ({ pid, nonce }: Guest, pool: number) => ({ pid, nonce, pool, tickets: 1, personReasons: [] });

export const at = (unixS: number): void => {
  world().nowMs = unixS * 1000;
};

type AnyStub = DurableObjectStub;

/** When an object wants to wake, on the test's clock; infinite for one without an alarm. */
export async function alarmOf(stub: AnyStub): Promise<number> {
  const stored = await runInDurableObject(stub, (_instance, state) => state.storage.getAlarm());
  return stored === null ? Number.POSITIVE_INFINITY : stored - ALARM_OFFSET_MS;
}

/** All objects of a session that may hold an alarm. */
export function alarmed(id: string, shards = 2, pools = POOLS.length): AnyStub[] {
  return [sessionOf(id), ...Array.from({ length: booksOf(shards, pools) }, (_, book) => bookOf(id, book))] as AnyStub[];
}

/** Moves the clock from alarm to alarm until `untilMs`, firing each. */
export async function runUntil(id: string, untilS: number, shards = 2): Promise<void> {
  for (let steps = 0; steps < 500; steps++) {
    const stubs = alarmed(id, shards);
    const times = await Promise.all(stubs.map(alarmOf));
    const next = Math.min(...times);
    if (next > untilS * 1000) break;
    world().nowMs = Math.max(world().nowMs, next);
    await runDurableObjectAlarm(stubs[times.indexOf(next)] as AnyStub);
  }
  at(Math.max(untilS, world().nowMs / 1000));
}

/** The session as D1 lists it. */
export const listed = async (id: string) =>
  (await listSessions(recordsOf(env.DB, BRAND), 500)).find(({ session }) => session === id);

export async function stateOf(id: string): Promise<string> {
  const desk = await sessionOf(id).desk();
  return desk.ok ? desk.value.state : desk.refusal;
}

export async function forget(stub: AnyStub): Promise<void> {
  await evictDurableObject(stub);
}

export const textOf = (bytes: Uint8Array): string => hex(bytes);
