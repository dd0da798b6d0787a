// An award book inside workerd: the authority for each award until it is paid.
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { reserveAt } from "../../contracts/shard.ts";
import { unhex } from "../../domain/bytes.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { recordsOf } from "../../records/database.ts";
import { findOrder } from "../../records/orders.ts";
import {
  alarmOf,
  announced,
  at,
  bookOf,
  CLOSE,
  freshId,
  freshWorld,
  guest,
  OPEN,
  request,
  runUntil,
  sessionOf,
  shardOfGuest,
} from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

const records = () => recordsOf(env.DB, "fairpour");
/** Wine at south: one unit. */
const POOL = 3;

/** A drawn session with three people in a pool of one unit: leaf hashes in rank order. */
async function drawn() {
  const id = freshId();
  const M = await announced(id);
  at(OPEN);
  const lhs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of ["ada", "bo", "cy"]) {
    const person = guest(name, M);
    const outcome = await reserveAt(shardOfGuest(id, person), request(person, POOL));
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const { leaf } = JSON.parse(outcome.value.receipt) as { leaf: string };
    lhs.set(leaf, unhex(leaf));
  }
  await runUntil(id, CLOSE + 60);
  const book = bookOf(id, 1);
  const order = (number: number) => orderIdOf(id, POOL, new Uint8Array(16).fill(number));
  const winners: Uint8Array<ArrayBuffer>[] = [];
  const others: Uint8Array<ArrayBuffer>[] = [];
  for (const lh of lhs.values()) {
    const outcome = await book.step({ step: "accept", pool: POOL, lh, order: order(1), member: "m-winner" });
    (outcome.ok ? winners : others).push(lh);
  }
  const desk = await sessionOf(id).desk();
  const payBy = desk.ok ? (desk.value.waves[0]?.payBy as number) : 0;
  return { id, book, winner: winners[0] as Uint8Array<ArrayBuffer>, others, order, payBy };
}

describe("an award", () => {
  it("is for the ranks up to the stock, and nobody else's to accept", async () => {
    const { others, book, order } = await drawn();
    expect(others).toHaveLength(2);
    for (const lh of others) {
      expect(await book.step({ step: "accept", pool: POOL, lh, order: order(2), member: "m-other" })).toMatchObject({
        refusal: { code: "not_awarded" },
      });
    }
    expect(await book.step({ step: "accept", pool: POOL, lh: new Uint8Array(32), order: order(3), member: "m-x" })).toMatchObject({
      refusal: { code: "not_awarded" },
    });
  });

  it("keeps the order id of the first accept, whoever repeats it", async () => {
    const { winner, book, order } = await drawn();
    const again = await book.step({ step: "accept", pool: POOL, lh: winner, order: order(9), member: "m-winner" });
    expect(again).toMatchObject({ ok: true, value: { state: "accepted", order: order(1), rank: 0 } });
  });

  it("is paid once, and a repeat of the payment gives the same answer", async () => {
    const { book, order, payBy } = await drawn();
    at(payBy - 1);
    const paid = await book.step({ step: "pay", pool: POOL, order: order(1) });
    expect(paid).toMatchObject({ ok: true, value: { state: "paid" } });
    at(payBy + 50);
    expect(await book.step({ step: "pay", pool: POOL, order: order(1) })).toEqual(paid);
    expect(await book.step({ step: "decline", pool: POOL, lh: new Uint8Array(32) })).toMatchObject({ ok: false });
  });

  it("has lapsed in the very instant of its pay-by time, whether or not a wave has come", async () => {
    const { winner, book, order, payBy } = await drawn();
    at(payBy);
    expect(await book.step({ step: "pay", pool: POOL, order: order(1) })).toMatchObject({ refusal: { code: "award_lapsed" } });
    expect(await book.step({ step: "accept", pool: POOL, lh: winner, order: order(1), member: "m-winner" })).toMatchObject({
      refusal: { code: "award_lapsed" },
    });
  });

  it("of an order that does not exist cannot be paid", async () => {
    const { book, order } = await drawn();
    expect(await book.step({ step: "pay", pool: POOL, order: order(7) })).toMatchObject({ refusal: { code: "not_found" } });
  });

  it("once paid is never given to the next rank", async () => {
    const { id, book, others, order, payBy } = await drawn();
    await book.step({ step: "pay", pool: POOL, order: order(1) });
    await runUntil(id, payBy + 30);
    for (const lh of others) {
      expect(await book.step({ step: "accept", pool: POOL, lh, order: order(2), member: "m-o" })).toMatchObject({
        refusal: { code: "not_awarded" },
      });
    }
  });

  it("that was declined goes to the next rank with the next wave, with its cause", async () => {
    const { id, book, winner, others, order, payBy } = await drawn();
    expect(await book.step({ step: "decline", pool: POOL, lh: winner })).toMatchObject({ ok: true, value: { state: "declined" } });
    await runUntil(id, payBy + 1);
    const outcomes = await Promise.all(
      others.map((lh) => book.step({ step: "accept", pool: POOL, lh, order: order(2), member: "m-next" })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const wave = await book.wave({ no: 2, payBy: 0, pickupUntil: 0, mayAward: true });
    expect(wave).toMatchObject({
      ok: true,
      value: { lapses: [{ pool: POOL, rank: 0, cause: 2 }], awards: [{ pool: POOL, rank: 1 }] },
    });
  });
});

describe("the order in D1", () => {
  it("follows the book: accepted, then paid, then nothing of an older state", async () => {
    const { id, book, order, payBy } = await drawn();
    await runUntil(id, world().nowMs / 1000 + 2);
    expect(await findOrder(records(), order(1))).toMatchObject({
      state: "accepted",
      pool: POOL,
      sku: "wine",
      store: "south",
      payBy,
      member: "m-winner",
    });
    await book.step({ step: "pay", pool: POOL, order: order(1) });
    await runDurableObjectAlarm(book);
    expect(await findOrder(records(), order(1))).toMatchObject({ state: "paid", paidAt: Math.floor(world().nowMs / 1000) });
  });

  it.each(["lost", "done-but-lost"] as const)("arrives although D1 answers the first tries with a failure (%s)", async (fate) => {
    const { book, order } = await drawn();
    let failures = 3;
    world().fate = (call) => (call === "d1.batch" && failures-- > 0 ? fate : "ok");
    expect(await book.step({ step: "pay", pool: POOL, order: order(1) }), "the payment does not wait for D1").toMatchObject({
      ok: true,
    });
    for (let tries = 0; tries < 4; tries++) {
      world().nowMs = Math.max(world().nowMs, await alarmOf(book as never));
      await runDurableObjectAlarm(book);
    }
    expect(await findOrder(records(), order(1))).toMatchObject({ state: "paid" });
    expect(await book.closing()).toEqual({ ok: true, value: { paid: 1, told: true } });
  });

  it("arrives although the book is evicted before D1 took it", async () => {
    const { id, book, order } = await drawn();
    world().fate = (call) => (call === "d1.batch" ? "lost" : "ok");
    await book.step({ step: "pay", pool: POOL, order: order(1) });
    await evictDurableObject(book);
    world().fate = () => "ok";
    await runUntil(id, world().nowMs / 1000 + 2);
    expect(await findOrder(records(), order(1))).toMatchObject({ state: "paid" });
  });
});

describe("a drawing", () => {
  it("from a table that is not the sealed one is refused", async () => {
    const id = freshId();
    const M = await announced(id);
    at(OPEN);
    const ada = guest("ada", M);
    await reserveAt(shardOfGuest(id, ada), request(ada, POOL));
    await runUntil(id, CLOSE + 6);
    const key = `draws/${id}/tables/${POOL}`;
    const bytes = new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) as ArrayBuffer);
    const swapped = bytes.slice();
    // Tickets of the first row: header of tag, M, pool and count, then lh.
    const ticketsAt = swapped.length - 6;
    swapped[ticketsAt] = 8;
    await env.FILES.put(key, swapped);
    await runUntil(id, CLOSE + 60);
    const desk = await sessionOf(id).desk();
    expect(desk).toMatchObject({ ok: true, value: { state: "frozen" } });
    await env.FILES.put(key, bytes);
    await runUntil(id, CLOSE + 90);
    expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { state: "awarding" } });
  });
});
