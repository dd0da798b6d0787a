// The end of shards: deleted weeks after their session is over, each only when the published files hold all that it was for; and never back.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type SessionDesk, SHARDS_KEPT_S } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { hex } from "../../domain/bytes.ts";
import { recordsOf } from "../../records/database.ts";
import { sessionsWithShards } from "../../records/sessions.ts";
import { audited } from "./support/audit.ts";
import { call, memberToken } from "./support/http.ts";
import {
  alarmOf,
  announced,
  at,
  CLOSE,
  freshId,
  freshWorld,
  guest,
  listed,
  OPEN,
  request,
  runUntil,
  sessionOf,
  shardAt,
  shardOfGuest,
  stateOf,
} from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

const records = () => recordsOf(env.DB, "fairpour");

async function deskOf(id: string): Promise<SessionDesk> {
  const outcome = await sessionOf(id).desk();
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

async function enter(id: string, M: Uint8Array<ArrayBuffer>, names: string[], shards = 2): Promise<void> {
  at(OPEN);
  for (const name of names) {
    const person = guest(name, M);
    await reserveAt(shardOfGuest(id, person, shards), request(person, 2));
  }
}

/** A settled session with five people, one of whom withdrew. `due` is when its shards go. */
async function settled(changes = {}, shards = 2): Promise<{ id: string; M: Uint8Array<ArrayBuffer>; due: number }> {
  const id = freshId("retire");
  const M = await announced(id, { shards, ...changes });
  await enter(id, M, ["ada", "bo", "cy", "di", "eve"], shards);
  const bo = guest("bo", M);
  await shardOfGuest(id, bo, shards).withdraw(bo.pid, 2);
  await runUntil(id, CLOSE + 1000, shards);
  const desk = await deskOf(id);
  return { id, M, due: (desk.settled as { s: number }).s + SHARDS_KEPT_S };
}

/** Whether the object holds anything at all. */
const isEmpty = (id: string, shard: number) =>
  runInDurableObject(
    shardAt(id, shard) as DurableObjectStub,
    (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray().length === 0,
  );

const planOf = (id: string, M: Uint8Array, shard: number) => ({
  session: id,
  origin: "o",
  manifest: hex(M as Uint8Array<ArrayBuffer>),
  shard,
  open: OPEN,
  close: CLOSE,
  graceS: 5,
  admitPerS: 100,
  sealBy: CLOSE + 30,
  kid: "t1",
  pools: new Uint8Array(0),
});

describe("the shards of a settled session", () => {
  it("are deleted 30 days after it was settled, and not a moment earlier", async () => {
    const { id, due } = await settled();
    await runUntil(id, due - 0.001);
    expect([await isEmpty(id, 0), await isEmpty(id, 1), await deskOf(id)]).toMatchObject([
      false,
      false,
      { shards: { deleted: 0 } },
    ]);
    expect(await sessionsWithShards(records())).toContain(id);
    await runUntil(id, due);
    expect([await isEmpty(id, 0), await isEmpty(id, 1)]).toEqual([true, true]);
    expect(await deskOf(id)).toMatchObject({ state: "settled", shards: { deleted: 2, kept: [] } });
    expect(await listed(id)).toMatchObject({ state: "settled", shardsDeleted: due });
    expect(await sessionsWithShards(records())).not.toContain(id);
    expect(await alarmOf(sessionOf(id) as never), "nothing is left to do").toBe(Number.POSITIVE_INFINITY);
  });

  it("are deleted after as long as the plan says", async () => {
    const { id, due } = await settled({ shardsKeptS: 0 });
    expect(await deskOf(id)).toMatchObject({ shards: { deleted: 2 } });
    expect((await listed(id))?.shardsDeleted).toBe(due - SHARDS_KEPT_S);
  });

  it("are kept where losses count and the file that shows them is not there", async () => {
    const { id, due } = await settled({ ticketsMax: 8 });
    await env.ARCHIVE.delete(`fairpour/places/${id}/1`);
    await runUntil(id, due);
    expect([await isEmpty(id, 0), await isEmpty(id, 1)]).toEqual([true, false]);
    expect(await deskOf(id)).toMatchObject({
      shards: { deleted: 1, kept: [{ shard: 1, why: "its file of places is not there" }] },
    });
  });

  it("leave everything behind from which the draw can be made again", async () => {
    const { id, due } = await settled();
    await runUntil(id, due);
    expect((await audited(id)).outcome.counts).toMatchObject({ entries: 5, excluded: 1 });
    expect((await deskOf(id)).counts).toMatchObject({ entries: 5, excluded: 1 });
  });

  it("are dealt with a few at a time", async () => {
    const { id, due } = await settled({}, 14);
    const calls: string[] = [];
    world().fate = (name) => {
      calls.push(name);
      return "ok";
    };
    at(due);
    const seen: number[] = [];
    for (let step = 0; step < 3; step++) {
      await sessionOf(id).sweep();
      seen.push((await deskOf(id)).shards?.deleted ?? 0);
    }
    expect(seen).toEqual([6, 12, 14]);
    expect(calls.filter((name) => name === "shard.retire")).toHaveLength(14);
    expect(calls.filter((name) => name === "shard.prepare")).toEqual([]);
  });

  it("are deleted by the day's nudge where the alarm was lost", async () => {
    const { id, due } = await settled();
    await runInDurableObject(sessionOf(id) as DurableObjectStub, (_, { storage }) => storage.deleteAlarm());
    at(due + 86_400);
    await sessionOf(id).sweep();
    expect(await deskOf(id)).toMatchObject({ shards: { deleted: 2 } });
  });
});

describe("a deleted shard", () => {
  it("takes nobody in, prepares no plan, publishes nothing, also when it wakes again", async () => {
    const { id, M, due } = await settled();
    const ada = guest("ada", M);
    await runUntil(id, due);
    const file = await env.FILES.head(`draws/${id}/shards/0`);
    for (const moment of [due, OPEN + 1, due + 1e6]) {
      at(moment);
      for (let shard = 0; shard < 2; shard++) {
        await evictDurableObject(shardAt(id, shard));
        const deleted = shardAt(id, shard);
        expect(await reserveAt(deleted, request(ada, 2))).toEqual({ ok: false, refusal: { code: "not_prepared" } });
        expect(await deleted.own(ada.pid)).toEqual({ ok: false, refusal: { code: "not_prepared" } });
        expect(await deleted.withdraw(ada.pid, 2)).toEqual({ ok: false, refusal: { code: "not_prepared" } });
        for (const outcome of [await deleted.fix(), await deleted.publish(), await deleted.rows(0, 9), await deleted.voidSession()])
          expect(outcome).toEqual({ ok: false, refusal: "not_prepared" });
        if (moment >= due) expect(await deleted.prepare(planOf(id, M, shard))).toEqual({ ok: false, refusal: "over" });
        expect(await deleted.retire(hex(M))).toEqual({ ok: true, value: true });
        expect(await isEmpty(id, shard)).toBe(true);
      }
    }
    expect((await env.FILES.head(`draws/${id}/shards/0`))?.uploaded).toEqual(file?.uploaded);
  });

  it("is not prepared again by its session, whoever asks for what", async () => {
    const { id, M, due } = await settled();
    await runUntil(id, due);
    const calls: string[] = [];
    world().fate = (name) => {
      calls.push(name);
      return "ok";
    };
    expect(await sessionOf(id).announce()).toEqual({ ok: true, value: { manifest: hex(M), state: "settled" } });
    await sessionOf(id).move("open");
    await sessionOf(id).sweep();
    await evictDurableObject(sessionOf(id));
    await sessionOf(id).sweep();
    expect([calls.filter((name) => name.startsWith("shard.")), await stateOf(id)]).toEqual([[], "settled"]);
  });

  it("is answered over HTTP with 410 archived, whatever a person asks of it", async () => {
    // The edge goes by the real clock: this session is long over.
    const now = Math.floor(Date.now() / 1000);
    const [open, close] = [now - 9000, now - 8000];
    const id = freshId("retire");
    at(open - 10);
    const M = await announced(id, { open, close, shardsKeptS: 0 });
    at(open);
    const ada = { ...guest("ada", M) };
    await reserveAt(shardOfGuest(id, ada), request(ada, 2));
    const token = await memberToken("ada");
    const own = () => call("GET", `/v1/sessions/${id}/reservations`, { token });
    expect(await own()).toMatchObject({ status: 200 });
    const { pass } = (await call("POST", `/v1/sessions/${id}/pass`, { token })).body;
    await runUntil(id, close + 1000);
    expect(await deskOf(id)).toMatchObject({ state: "settled", shards: { deleted: 2 } });
    const answers = [
      await own(),
      await call("POST", `/v1/sessions/${id}/withdrawals`, { token, body: { pool: 2 } }),
      await call("POST", `/v1/sessions/${id}/reservations`, { token, body: { pass, pool: 2, nonce: hex(ada.nonce) } }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 3 }, () => [410, "archived"]));
  });
});

describe("a shard", () => {
  it("is not deleted before it is fixed or voided, nor for another session's manifest", async () => {
    const id = freshId("retire");
    const M = await announced(id);
    at(OPEN);
    expect(await shardAt(id, 0).retire(hex(M))).toEqual({ ok: false, refusal: "not_due" });
    await runUntil(id, CLOSE + 6);
    expect(await shardAt(id, 0).retire("00".repeat(32))).toEqual({ ok: false, refusal: "other_plan" });
    expect(await isEmpty(id, 0)).toBe(false);
  });

  const fileOf = async (key: string) => new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) as ArrayBuffer);

  it.each([
    ["misses", async (key: string) => env.FILES.delete(key), /not published/],
    [
      "has one entry changed",
      async (key: string) => {
        const bytes = await fileOf(key);
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
        await env.FILES.put(key, bytes);
      },
      /sealed root/,
    ],
    ["is cut short", async (key: string) => env.FILES.put(key, (await fileOf(key)).subarray(0, -46)), /RangeError/],
    ["is another shard's", async (key: string) => env.FILES.put(key, await fileOf(key.replace(/.$/, "0"))), /RangeError/],
  ])(
    "whose published file %s is kept and reported, the others go; and it goes a day after the file is back",
    async (_, damage, why) => {
      const { id, due } = await settled();
      const key = `draws/${id}/shards/1`;
      const good = await fileOf(key);
      await damage(key);
      const log = vi.spyOn(console, "error");
      await runUntil(id, due + 10);
      log.mockRestore();
      const desk = await deskOf(id);
      expect(desk.shards).toEqual({ deleted: 1, kept: [{ shard: 1, why: expect.stringMatching(why) }] });
      expect([await isEmpty(id, 0), await isEmpty(id, 1), (await listed(id))?.shardsDeleted]).toEqual([true, false, undefined]);
      expect(await alarmOf(sessionOf(id) as never)).toBe((due + 86_400) * 1000);
      await env.FILES.put(key, good);
      await runUntil(id, due + 86_400);
      expect([await isEmpty(id, 1), (await deskOf(id)).shards]).toEqual([true, { deleted: 2, kept: [] }]);
    },
  );

  it("is kept while the published exclusions are not the sealed ones: withdrawals lie nowhere else", async () => {
    const { id, due } = await settled();
    const key = `draws/${id}/exclusions`;
    const good = await fileOf(key);
    const wrong = good.slice();
    wrong[wrong.length - 1] = 9;
    await env.FILES.put(key, wrong);
    await runUntil(id, due + 10);
    expect((await deskOf(id)).shards).toMatchObject({ deleted: 0, kept: [{ shard: 0 }, { shard: 1 }] });
    await env.FILES.put(key, good);
    await runUntil(id, due + 86_500);
    expect((await deskOf(id)).shards).toEqual({ deleted: 2, kept: [] });
  });

  it("that cannot be reached is tried again a day later, and its neighbours do not wait for it", async () => {
    const { id, due } = await settled();
    let lost = 1;
    world().fate = (name) => (name === "shard.retire" && lost-- > 0 ? "lost" : "ok");
    await runUntil(id, due + 10);
    expect((await deskOf(id)).shards).toMatchObject({ deleted: 1, kept: [{ why: expect.stringContaining("shard.retire") }] });
    await runUntil(id, due + 86_500);
    expect((await deskOf(id)).shards).toEqual({ deleted: 2, kept: [] });
  });

  it("whose deletion happened but lost its reply counts as deleted at the next look", async () => {
    const { id, due } = await settled();
    let lost = 2;
    world().fate = (name) => (name === "shard.retire" && lost-- > 0 ? "done-but-lost" : "ok");
    await runUntil(id, due + 86_500);
    expect((await deskOf(id)).shards).toEqual({ deleted: 2, kept: [] });
  });
});

describe("the shards of a voided session", () => {
  it("that was never sealed are deleted 30 days after its seal would have been due: nothing of it counts", async () => {
    const id = freshId("retire");
    const M = await announced(id);
    await enter(id, M, ["ada", "bo"]);
    await sessionOf(id).voidSession("Bottles broke.");
    const due = CLOSE + 30 + SHARDS_KEPT_S;
    await runUntil(id, due - 0.001);
    expect(await isEmpty(id, 0)).toBe(false);
    await runUntil(id, due);
    expect([await isEmpty(id, 0), await isEmpty(id, 1), (await deskOf(id)).state]).toEqual([true, true, "voided"]);
    expect(await env.FILES.head(`draws/${id}/shards/0`)).toBeNull();
  });

  it("that was sealed are deleted only with their published files", async () => {
    const id = freshId("retire");
    const M = await announced(id);
    await enter(id, M, ["ada", "bo"]);
    await runUntil(id, CLOSE + 6);
    expect(await stateOf(id)).toBe("frozen");
    await sessionOf(id).voidSession("Bottles broke.");
    await env.FILES.delete(`draws/${id}/shards/0`);
    await runUntil(id, CLOSE + 100 + SHARDS_KEPT_S);
    expect((await deskOf(id)).shards).toMatchObject({ deleted: 1, kept: [{ shard: 0 }] });
  });

  it("that was never prepared are no trouble", async () => {
    const id = freshId("retire");
    world().fate = (name) => (name === "shard.prepare" ? "lost" : "ok");
    await announced(id);
    await runUntil(id, CLOSE + 100);
    expect(await stateOf(id)).toBe("voided");
    await runUntil(id, CLOSE + 200 + SHARDS_KEPT_S);
    expect((await deskOf(id)).shards).toEqual({ deleted: 2, kept: [] });
  });
});
