// A session's life inside workerd: plan, announce, move by alarm or nudge, void; only forward, and nothing changes after announcing.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { SessionDesk } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { QUICKNET } from "../../domain/draw/chains.ts";
import { type Manifest, parseObject } from "../../domain/draw/manifest.ts";
import type { DrawSession } from "../../durable-objects/draw-session.ts";
import { audited } from "./support/audit.ts";
import { TEST_CHAIN } from "./support/beacon.ts";
import {
  alarmOf,
  announced,
  at,
  bookOf,
  CLOSE,
  freshId,
  freshWorld,
  guest,
  listed,
  OPEN,
  POOLS,
  planFor,
  request,
  runUntil,
  sessionOf,
  shardAt,
  shardOfGuest,
  stateOf,
} from "./support/session.ts";
import { START_MS, world } from "./support/world.ts";

beforeEach(freshWorld);

async function deskOf(id: string): Promise<SessionDesk> {
  const outcome = await sessionOf(id).desk();
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

/** Reserves pool 2 (wine at north, two units) for each name. */
async function enter(id: string, M: Uint8Array<ArrayBuffer>, names: string[], shards = 2): Promise<void> {
  at(OPEN);
  for (const name of names) {
    const person = guest(name, M);
    expect(await reserveAt(shardOfGuest(id, person, shards), request(person, 2))).toMatchObject({ ok: true });
  }
}

describe("a session", () => {
  it("goes from announced to settled by its own alarm, without anybody's help", async () => {
    const id = freshId();
    const M = await announced(id);
    expect(await stateOf(id)).toBe("announced");
    await enter(id, M, ["ada", "bo", "cy", "di"]);
    await runUntil(id, OPEN + 1);
    expect(await stateOf(id)).toBe("open");
    await runUntil(id, CLOSE + 6);
    expect(await stateOf(id)).toBe("frozen");
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("awarding");
    await runUntil(id, CLOSE + 1000);
    expect(await stateOf(id)).toBe("settled");
    expect((await listed(id))?.state).toBe("settled");
    // What is left to do is deleting the shards, in weeks: test/objects/retire.test.ts.
    const desk = await deskOf(id);
    expect(await alarmOf(sessionOf(id) as never)).toBe(((desk.settled as { s: number }).s + desk.plan.shardsKeptS) * 1000);
  });

  it("publishes files from which the winners can be recomputed", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada", "bo", "cy", "di", "eve"]);
    const bo = guest("bo", M);
    await shardOfGuest(id, bo).withdraw(bo.pid, 2);
    await runUntil(id, CLOSE + 60);
    const { outcome } = await audited(id);
    expect(outcome.counts).toMatchObject({ entries: 5, excluded: 1, reasons: { 1: 1 }, winners: 2, waves: 1, awards: 2 });
    expect((await deskOf(id)).counts).toMatchObject({ entries: 5, excluded: 1, winners: 2 });
  });

  it("wakes every shard once, shortly before it opens, and opens whether or not they wake", async () => {
    const id = freshId();
    await announced(id, { open: OPEN + 20, close: CLOSE + 20 });
    const woken: string[] = [];
    world().fate = (name) => {
      if (name !== "shard.warm") return "ok";
      woken.push(name);
      return woken.length === 1 ? "lost" : "ok";
    };
    await runUntil(id, OPEN + 19);
    expect(woken).toHaveLength(2);
    await runUntil(id, OPEN + 21);
    expect(woken).toHaveLength(2);
    expect(await stateOf(id)).toBe("open");
  });

  it("works with nobody in it: empty tables, no winners, everything left", async () => {
    const id = freshId();
    await announced(id);
    await runUntil(id, CLOSE + 1000);
    expect(await deskOf(id)).toMatchObject({
      state: "settled",
      counts: { entries: 0, winners: 0 },
      settled: { left: 4, handedOver: 0 },
    });
  });

  it("is the same after being evicted at every stage", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    for (const until of [OPEN + 1, CLOSE + 6, CLOSE + 45, CLOSE + 60, CLOSE + 1000]) {
      await runUntil(id, until);
      const before = await deskOf(id);
      await evictDurableObject(sessionOf(id));
      expect(await deskOf(id)).toEqual(before);
    }
  });

  it("is not hurt by alarms that come twice, or late by an hour", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada", "bo", "cy"]);
    await runUntil(id, CLOSE + 6);
    at(CLOSE + 3600);
    for (let times = 0; times < 3; times++) {
      await runInDurableObject(sessionOf(id), (session: DrawSession) => session.alarm());
    }
    expect((await deskOf(id)).waves).toHaveLength(1);
    await runUntil(id, CLOSE + 10_000);
    expect(await stateOf(id)).toBe("settled");
  });
});

describe("planning", () => {
  it("gives the same answer to the same plan, and refuses another one under the same id", async () => {
    const id = freshId();
    expect(await sessionOf(id).plan(planFor(id))).toEqual({ ok: true, value: { state: "draft" } });
    expect(await sessionOf(id).plan(planFor(id))).toEqual({ ok: true, value: { state: "draft" } });
    expect(await sessionOf(id).plan(planFor(id, { close: CLOSE + 1 }))).toEqual({ ok: false, refusal: "session_exists" });
  });

  it("refuses a beacon chain that this build does not know", async () => {
    const id = freshId();
    expect(await sessionOf(id).plan(planFor(id, { chain: "00".repeat(32) }))).toEqual({ ok: false, refusal: "unknown_chain" });
    expect(await sessionOf(id).desk()).toEqual({ ok: false, refusal: "not_found" });
  });

  it.each([
    ["without units", {}, [], "not_allotted"],
    ["with a grace that leaves no time to seal", { graceS: 30 }, POOLS, "invalid_times"],
    ["later than its lead allows", { leads: { announceS: 3600, reviewS: 30, sealLeadS: 10 } }, POOLS, "too_late_to_announce"],
  ])("refuses to announce %s", async (_, changes, pools, refusal) => {
    const id = freshId();
    await sessionOf(id).plan(planFor(id, changes));
    if (pools.length) await sessionOf(id).allot({ pools });
    expect(await sessionOf(id).announce()).toEqual({ ok: false, refusal });
    expect(await stateOf(id)).toBe("draft");
  });

  it("refuses units for a SKU that the plan does not have", async () => {
    const id = freshId();
    await sessionOf(id).plan(planFor(id));
    expect(await sessionOf(id).allot({ pools: [{ sku: "beer", store: "north", stock: 1 }] })).toEqual({
      ok: false,
      refusal: "unknown_sku",
    });
  });

  it("replaces the allotment of a draft, and never one of an announced session", async () => {
    const id = freshId();
    await sessionOf(id).plan(planFor(id));
    await sessionOf(id).allot({ pools: POOLS });
    expect(await sessionOf(id).allot({ pools: POOLS.slice(0, 1) })).toEqual({ ok: true, value: { pools: 1, units: 2 } });
    await sessionOf(id).announce();
    expect(await sessionOf(id).allot({ pools: POOLS })).toEqual({ ok: false, refusal: "not_draft" });
  });

  it("holds an allotment that fills more than one row", async () => {
    const id = freshId();
    await sessionOf(id).plan(planFor(id));
    const store = (number: number) => `store-${"x".repeat(50)}-${String(number).padStart(6, "0")}`;
    const pools = Array.from({ length: 30_000 }, (_, number) => ({ sku: "wine", store: store(number), stock: 1 }));
    expect(await sessionOf(id).allot({ pools })).toEqual({ ok: true, value: { pools: 30_000, units: 30_000 } });
    expect(await deskOf(id)).toMatchObject({ pools: 30_000, units: 30_000 });
  });
});

describe("announcing", () => {
  it("fixes one manifest: announcing again gives the same, also after eviction and later", async () => {
    const id = freshId();
    const first = await announced(id);
    await evictDurableObject(sessionOf(id));
    world().nowMs += 5000;
    const again = await sessionOf(id).announce();
    expect(again.ok && again.value.manifest).toBe([...first].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  });

  it("prepares every shard, so that the first reservation finds its plan and key", async () => {
    const id = freshId();
    await announced(id, { shards: 8 });
    for (let shard = 0; shard < 8; shard++) expect(await shardAt(id, shard).fix()).toEqual({ ok: false, refusal: "not_due" });
  });

  it("tries again when a shard could not be prepared, and no request is admitted there meanwhile", async () => {
    const id = freshId();
    let calls = 0;
    world().fate = (call) => (call === "shard.prepare" && ++calls === 2 ? "lost" : "ok");
    await announced(id);
    expect(await shardAt(id, 1).fix()).toEqual({ ok: false, refusal: "not_prepared" });
    await runUntil(id, START_MS / 1000 + 5);
    expect(await shardAt(id, 1).fix()).toEqual({ ok: false, refusal: "not_due" });
  });

  it("writes times, round, key and the roots of pools and rules into the published manifest", async () => {
    const id = freshId();
    await announced(id);
    const file = await env.FILES.get(`draws/${id}/manifest.json`);
    const manifest = parseObject<Manifest>(new Uint8Array((await file?.arrayBuffer()) as ArrayBuffer));
    expect(manifest).toMatchObject({
      session: id,
      open: OPEN,
      close: CLOSE,
      graceS: 5,
      pools: 3,
      shards: 2,
      fallback: "wait",
      witnesses: { k: 0, keys: [] },
    });
    const { beacon } = manifest;
    expect(beacon.genesis + (beacon.round - 1) * beacon.period).toBeGreaterThanOrEqual(CLOSE + 40);
    expect(await env.FILES.head(`rules/${manifest.rulesHash}`)).not.toBeNull();
  });
});

describe("a session that names drand quicknet", () => {
  it("fixes the public chain's own round, waits for its relays, and believes no local beacon", async () => {
    const id = freshId();
    world().chains = [TEST_CHAIN, QUICKNET];
    const M = await announced(id, { chain: QUICKNET.hash });
    await enter(id, M, ["ada"]);
    const file = await env.FILES.get(`draws/${id}/manifest.json`);
    const { beacon } = parseObject<Manifest>(new Uint8Array((await file?.arrayBuffer()) as ArrayBuffer));
    expect(beacon).toEqual({
      chain: QUICKNET.hash,
      scheme: QUICKNET.scheme,
      genesis: QUICKNET.genesis,
      period: QUICKNET.period,
      round: Math.ceil((CLOSE + 40 - QUICKNET.genesis) / 3) + 1,
    });
    await runUntil(id, CLOSE + 120);
    expect(await stateOf(id)).toBe("frozen");
    expect((await listed(id))?.beacon).toEqual({ name: "drand quicknet", local: false });
  });
});

describe("a nudge", () => {
  it("makes a move that is due, answers the same once it was made, and refuses one that is not due", async () => {
    const id = freshId();
    await announced(id);
    expect(await sessionOf(id).move("open")).toEqual({ ok: false, refusal: "not_due" });
    at(OPEN);
    expect(await sessionOf(id).move("open")).toEqual({ ok: true, value: { state: "open" } });
    expect(await sessionOf(id).move("open")).toEqual({ ok: true, value: { state: "open" } });
    expect(await sessionOf(id).move("frozen")).toEqual({ ok: false, refusal: "not_due" });
    at(CLOSE + 5);
    expect(await sessionOf(id).move("frozen")).toEqual({ ok: true, value: { state: "frozen" } });
    expect(await sessionOf(id).move("open"), "never back").toEqual({ ok: true, value: { state: "frozen" } });
  });

  it("from two operators at once makes one move", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    at(CLOSE + 60);
    const session = sessionOf(id);
    const outcomes = await Promise.all([session.move("awarding"), session.move("awarding"), session.move("awarding")]);
    expect(outcomes).toEqual(outcomes.map(() => outcomes[0]));
    expect((await deskOf(id)).waves.length).toBeLessThanOrEqual(1);
  });
});

describe("sealing", () => {
  it("waits for a shard that cannot be reached, and never seals a part", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada", "bo", "cy", "di"]);
    let down = true;
    world().fate = (call) => (call === "shard.fix" && down ? "lost" : "ok");
    await runUntil(id, CLOSE + 20);
    expect(await stateOf(id)).toBe("closed");
    down = false;
    await runUntil(id, CLOSE + 29);
    expect(await deskOf(id)).toMatchObject({ state: "frozen", counts: { entries: 4 } });
  });

  it("that misses the deadline voids the session for want of a seal, instead of sealing late", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    world().fate = (call) => (call === "book.tables" ? "lost" : "ok");
    await runUntil(id, CLOSE + 100);
    expect(await deskOf(id)).toMatchObject({ state: "voided" });
    expect(await env.FILES.head(`draws/${id}/seal.json`)).toBeNull();
    expect(await env.FILES.head(`draws/${id}/result.json`)).toBeNull();
  });

  it("made in time stands, even when publishing it takes until after the deadline", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    let down = true;
    world().fate = (call) => (call === `files.put draws/${id}/seal.json` && down ? "lost" : "ok");
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("closed");
    down = false;
    await runUntil(id, CLOSE + 200);
    expect(["awarding", "settled"]).toContain(await stateOf(id));
  });
});

describe("the beacon", () => {
  it("that is late is waited for, however long, and no other randomness is taken", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada", "bo", "cy"]);
    const healthy = world().beacon;
    world().beacon = () => undefined;
    await runUntil(id, CLOSE + 600);
    expect(await stateOf(id)).toBe("frozen");
    expect(await env.FILES.head(`draws/${id}/result.json`)).toBeNull();
    world().beacon = healthy;
    await runUntil(id, CLOSE + 700);
    expect(await stateOf(id)).toBe("awarding");
  });

  it.each([
    ["another round's signature", (path: string) => world().beacon(path.replace(/\d+$/, (round) => String(Number(round) - 1)))],
    ["not JSON", () => "<html>"],
    ["a flood", () => JSON.stringify({ round: 1, signature: "00".repeat(96), randomness: "x".repeat(10_000) })],
    [
      "a signature that does not verify",
      (path: string) => JSON.stringify({ round: Number(path.split("/").pop()), signature: `8${"0".repeat(95)}` }),
    ],
  ])("answered with %s by a relay is not believed", async (_, lie) => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    const honest = world().beacon;
    world().beacon = (path) => {
      world().beacon = honest;
      const answer = lie(path);
      world().beacon = lying;
      return answer;
    };
    const lying = world().beacon;
    await runUntil(id, CLOSE + 100);
    expect(await stateOf(id)).toBe("frozen");
  });
});

describe("a void", () => {
  it("is told to every shard and stands for ever", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    expect(await sessionOf(id).voidSession("Bottles broke.")).toEqual({ ok: true, value: { state: "voided" } });
    expect(await sessionOf(id).voidSession("Again.")).toEqual({ ok: true, value: { state: "voided" } });
    const bo = guest("bo", M);
    expect(await reserveAt(shardOfGuest(id, bo), request(bo, 2))).toMatchObject({ refusal: { code: "voided" } });
    await runUntil(id, CLOSE + 1000);
    expect(await deskOf(id)).toMatchObject({ state: "voided", voided: { text: "Bottles broke." } });
    expect(await sessionOf(id).move("drawn")).toEqual({ ok: false, refusal: "voided" });
  });

  it("that comes while the session is being sealed stands: nothing is drawn behind the operator's back", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada", "bo"]);
    await runUntil(id, CLOSE + 1);
    at(CLOSE + 5);
    let voided: Promise<unknown> | undefined;
    world().fate = (call) => {
      if (call === "book.tables") voided ??= sessionOf(id).voidSession("Bottles broke.");
      return "ok";
    };
    await sessionOf(id).sweep();
    expect(await voided).toEqual({ ok: true, value: { state: "voided" } });
    await runUntil(id, CLOSE + 500);
    expect(await stateOf(id)).toBe("voided");
    expect(await env.FILES.head(`draws/${id}/result.json`)).toBeNull();
  });

  it("is refused from the seal's deadline on, because winners already follow", async () => {
    const id = freshId();
    await announced(id);
    await runUntil(id, CLOSE + 10);
    at(CLOSE + 32);
    expect(await sessionOf(id).voidSession("Too late.")).toEqual({ ok: false, refusal: "too_late_to_void" });
  });
});

describe("an unknown session", () => {
  it("is answered without creating anything in the object", async () => {
    const id = freshId("nobody");
    const session = sessionOf(id);
    expect(await session.desk()).toEqual({ ok: false, refusal: "not_found" });
    expect(await session.announce()).toEqual({ ok: false, refusal: "not_found" });
    expect(await session.move("open")).toEqual({ ok: false, refusal: "not_found" });
    const tables = await runInDurableObject(session, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});

describe("waves", () => {
  it("pass unpaid units down the waitlist, rank by rank, until it or the waves end", async () => {
    const id = freshId();
    const M = await announced(id, { wavesMax: 3 });
    await enter(id, M, ["ada", "bo", "cy", "di", "eve", "fay", "gus", "hal"]);
    await runUntil(id, CLOSE + 1000);
    const { waves, settled } = await deskOf(id);
    expect(waves.map(({ no, awards, lapses }) => [no, awards, lapses])).toEqual([
      [1, 2, 0],
      [2, 2, 2],
      [3, 2, 2],
      [4, 0, 2],
    ]);
    expect(settled).toMatchObject({ handedOver: 0, refunded: 0, lapsed: 6, left: 4 });
  });

  it("come at the end of the pay window, on the object's own clock and not before", async () => {
    const id = freshId();
    const M = await announced(id);
    await enter(id, M, ["ada"]);
    await runUntil(id, CLOSE + 60);
    const payBy = (await deskOf(id)).waves[0]?.payBy as number;
    at(payBy - 0.001);
    expect(await bookOf(id, 0).wave({ no: 2, payBy: payBy + 100, pickupUntil: payBy + 300, mayAward: true })).toEqual({
      ok: false,
      refusal: "not_due",
    });
  });
});
