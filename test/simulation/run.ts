// One seeded run of a whole session on the real objects, while calls get lost, objects are evicted, alarms come late and twice, and D1 fails
// before and after it commits. Everything that happens follows from the seed.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Proposal } from "../../contracts/review.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { type Bytes, hex, unhex, utf8 } from "../../domain/bytes.ts";
import { sha256 } from "../../domain/hash.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import type { Outcome } from "../../domain/outcome.ts";
import { generator, type Random } from "../../domain/random.ts";
import { recordsOf } from "../../records/database.ts";
import { recordDelivery } from "../../records/deliveries.ts";
import { collect } from "../../records/pickups.ts";
import { published } from "../objects/support/log.ts";
import { Lost, subject } from "../objects/support/ports.ts";
import {
  alarmed,
  alarmOf,
  announced,
  at,
  bookOf,
  CLOSE,
  forget,
  freshWorld,
  type Guest,
  guest,
  logOf,
  OPEN,
  request,
  sessionOf,
  shardAt,
  shardOfGuest,
  stateOf,
} from "../objects/support/session.ts";
import { type TestWitness, withWitnesses } from "../objects/support/witnesses.ts";
import { world } from "../objects/support/world.ts";

export const SHARDS = 3;
/** Pool numbers as the session numbers them: 1 plush/north, 2 wine/north, 3 wine/south. */
const POOLS = [1, 2, 3];
const PEOPLE = 14;

export type Ack = { person: string; pool: number; text: string; shard: number; index: number; leaf: string };

export type History = {
  id: string;
  acks: Ack[];
  /** Answers that contradicted an earlier one for the same request. */
  contradictions: string[];
  withdrawn: Set<string>;
  /** Leaves that operators excluded, whatever came of an appeal short of its being granted or left open. */
  excluded: Set<string>;
  /** Orders that the book said were paid. */
  paid: Set<string>;
  collected: Set<string>;
  witnesses: TestWitness[];
  /** Size and root of each checkpoint that was public at some moment, in order. */
  checkpoints: { size: number; root: string }[];
};

/** How often a call gets lost before it is made, or after it happened. */
const LOSS = 0.06;
/** From here on nothing fails any more: what was promised has to come true. */
const HEALED_S = CLOSE + 330;

/** From now on calls get lost, and waiting times are as chance will have them. */
export function loseThings(random: Random): void {
  world().random = random;
  world().fate = () => (random() < LOSS ? (random() < 0.5 ? "lost" : "done-but-lost") : "ok");
}

export async function simulate(seed: number): Promise<History> {
  const random = generator(seed);
  freshWorld();
  const id = `sim-${seed}`;
  const witnesses = withWitnesses(
    2,
    [1, 2, 3].map((number) => `${id}-${number}.test`),
  );
  const M = await announced(id, { shards: SHARDS, payWindowS: 60, pickupS: 150, wavesMax: 3 });
  const history: History = {
    id,
    acks: [],
    contradictions: [],
    withdrawn: new Set(),
    excluded: new Set(),
    paid: new Set(),
    collected: new Set(),
    witnesses,
    checkpoints: [],
  };
  loseThings(random);
  const people = Array.from({ length: PEOPLE }, (_, number) => guest(`sim ${number}`, M));

  at(OPEN);
  for (let step = 0; step < PEOPLE * 3; step++) {
    world().nowMs += Math.floor(random() * 1500);
    await nemesis(id, random);
    await act(history, pick(people, random), random);
  }
  await review(history, random);
  await drive(history, people, random, HEALED_S);
  world().fate = () => "ok";
  await drive(history, people, random, CLOSE + 2000);
  return history;
}

const pick = <Item>(items: Item[], random: Random): Item => items[Math.floor(random() * items.length)] as Item;

/** Evicts an object, fires its alarm once more, or leaves things alone. */
export async function nemesis(id: string, random: Random): Promise<void> {
  const mood = random();
  const stubs = [
    ...alarmed(id, SHARDS),
    logOf() as never,
    ...Array.from({ length: SHARDS }, (_, shard) => shardAt(id, shard) as never),
  ];
  const victim = pick(stubs, random);
  if (mood < 0.08) await forget(victim).catch(() => undefined);
  else if (mood < 0.14)
    await runInDurableObject(victim, (instance) => (instance as { alarm?: () => Promise<void> }).alarm?.()).catch(() => undefined);
}

/** Calls as a phone does on a bad network: the same request again until an answer comes. */
async function insist<Value>(name: string, call: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await subject(name, call);
    } catch (error) {
      if (!(error instanceof Lost) || tries > 20) throw error;
    }
  }
}

async function act(history: History, person: Guest, random: Random): Promise<void> {
  const pool = pick(POOLS, random);
  const { id } = history;
  if (random() < 0.1) {
    const outcome = await insist("client.withdraw", async () => await shardOfGuest(id, person, SHARDS).withdraw(person.pid, pool));
    if (outcome.ok) history.withdrawn.add((JSON.parse(outcome.value) as { leaf: string }).leaf);
    return;
  }
  // A fresh nonce per pool, kept across retries, as a phone keeps it.
  const wish = { ...request({ ...person, nonce: sha256(utf8(`${person.name} ${pool}`)) }, pool) };
  const outcome = await insist("client.reserve", async () => await reserveAt(shardOfGuest(id, person, SHARDS), wish));
  if (!outcome.ok) return;
  const { shard, index, leaf } = JSON.parse(outcome.value.receipt) as Ack;
  const known = history.acks.find((ack) => ack.person === person.name && ack.pool === pool);
  if (known && known.text !== outcome.value.receipt) history.contradictions.push(`${person.name} ${pool}`);
  if (!known) history.acks.push({ person: person.name, pool, text: outcome.value.receipt, shard, index, leaf });
}

/** Two operators exclude some of those who are in, who appeal or not, and decide some of the appeals. */
async function review(history: History, random: Random): Promise<void> {
  const { id } = history;
  const rows = history.acks.filter(({ leaf }) => !history.withdrawn.has(leaf) && random() < 0.2);
  if (rows.length === 0) return;
  const agree = async (proposal: Proposal) => {
    for (const call of [
      async () => await sessionOf(id).propose(proposal, "operator-ann"),
      async () => await sessionOf(id).confirm(proposal.proposal, "operator-ben"),
    ]) {
      await nemesis(id, random);
      const outcome = await insist<{ ok: boolean }>("client.operator", async () => {
        const answer: Outcome<unknown, unknown> = await call();
        // A shard could not be asked: the same again.
        if (!answer.ok && JSON.stringify(answer.refusal) === '{"code":"busy"}') throw new Lost("busy");
        return answer;
      });
      if (!outcome.ok) history.contradictions.push(`${proposal.proposal}: ${JSON.stringify(outcome)}`);
    }
  };
  await agree({
    kind: "exclusions",
    proposal: "proposal-1",
    note: "Seen.",
    rows: rows.map(({ shard, index }) => ({ shard, index, reason: 9 })),
  });
  const appealed = rows.filter(() => random() < 0.6);
  for (const { pool, shard, index } of appealed)
    await insist("client.appeal", async () => await sessionOf(id).appeal({ pool, shard, index }, "I was there."));
  const decided = appealed.filter(() => random() < 0.6).map((row) => ({ ...row, granted: random() < 0.5 }));
  if (decided.length > 0) {
    const decisions = decided.map(({ shard, index, granted }) => ({ shard, index, granted, answer: "Seen." }));
    await agree({ kind: "decisions", proposal: "decision-1", note: "Read.", rows: decisions });
  }
  const refused = new Set(decided.filter(({ granted }) => !granted).map(({ leaf }) => leaf));
  for (const row of rows) if (!appealed.includes(row) || refused.has(row.leaf)) history.excluded.add(row.leaf);
}

/** Lets time pass from alarm to alarm, some of them late, while winners accept, decline, pay, collect or forget. */
async function drive(history: History, people: Guest[], random: Random, untilS: number): Promise<void> {
  const { id } = history;
  for (let steps = 0; steps < 400 && world().nowMs < untilS * 1000; steps++) {
    const stubs = alarmed(id, SHARDS);
    const times = await Promise.all(stubs.map(alarmOf));
    const next = Math.min(...times);
    if (!Number.isFinite(next)) break;
    if (next > untilS * 1000) {
      at(untilS);
      break;
    }
    const lateMs = random() < 0.2 ? Math.floor(random() * 4000) : 0;
    world().nowMs = Math.max(world().nowMs, next + lateMs);
    await runDurableObjectAlarm(stubs[times.indexOf(next)] as DurableObjectStub).catch(() => undefined);
    await nemesis(id, random);
    const checkpoint = await published();
    if (checkpoint) history.checkpoints.push({ size: checkpoint.size, root: hex(checkpoint.root) });
    if (["awarding"].includes(await stateOf(id))) await winnersAct(history, random);
  }
  void people;
}

async function winnersAct(history: History, random: Random): Promise<void> {
  const { id } = history;
  for (const ack of history.acks) {
    if (random() < 0.7) continue;
    const book = () => bookOf(id, ack.pool === 1 ? 0 : ack.pool === 2 ? 1 : 2);
    const lh: Bytes = unhex(ack.leaf);
    const order = orderIdOf(id, ack.pool, sha256(utf8(`${ack.leaf}`)).slice(0, 16));
    if (random() < 0.15) {
      await insist("client.decline", async () => await book().step({ step: "decline", pool: ack.pool, lh }));
      continue;
    }
    const accepted = await insist(
      "client.accept",
      async () => await book().step({ step: "accept", pool: ack.pool, lh, order, member: ack.person }),
    );
    if (!accepted.ok || random() < 0.4) continue;
    const paid = await insist("store.pay", async () => await book().step({ step: "pay", pool: ack.pool, order }));
    if (!paid.ok) continue;
    history.paid.add(order);
    if (random() < 0.5) await handOver(history, ack, order);
  }
}

async function handOver(history: History, { pool }: Ack, order: string): Promise<void> {
  const records = recordsOf(env.DB, "fairpour");
  const [sku, store] = pool === 1 ? ["plush", "north"] : pool === 2 ? ["wine", "north"] : ["wine", "south"];
  const now = Math.floor(world().nowMs / 1000);
  await recordDelivery(
    records,
    store as string,
    { delivery: `van-${history.id}-${pool}`, session: history.id, sku: sku as string, units: 2 },
    "van",
    now,
  );
  const outcome = await collect(records, { order, store: store as string, by: "device", now });
  if (outcome.ok) history.collected.add(order);
}
