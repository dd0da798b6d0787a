// Crash safety: every mutating method of every object is cut off at each of its storage calls, before and after it. Whoever repeats the
// call finds everything done once, or nothing done.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type PlanInput, SHARDS_KEPT_S } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { hex } from "../../domain/bytes.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { recordsOf } from "../../records/database.ts";
import { findOrder } from "../../records/orders.ts";
import { listSessions } from "../../records/sessions.ts";
import { crashEverywhere } from "./support/crash.ts";
import { provenFiles } from "./support/log.ts";
import {
  announced,
  at,
  bookOf,
  CLOSE,
  type Guest,
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
import { world } from "./support/world.ts";

const records = () => recordsOf(env.DB, "fairpour");

/** An open session in which three people asked for pool 2 (two units) and one for pool 3 (one unit). */
async function withPeople(id: string, changes: Partial<PlanInput> = {}): Promise<{ M: Uint8Array<ArrayBuffer>; people: Guest[] }> {
  const M = await announced(id, changes);
  at(OPEN);
  const people = ["ada", "bo", "cy", "di"].map((name) => guest(name, M));
  for (const [number, person] of people.entries()) await reserveAt(shardOfGuest(id, person), request(person, number === 3 ? 3 : 2));
  return { M, people };
}

/** The same, drawn and awarded; gives the lh of an award in pool 3, which has one unit for one person. */
async function awarded(id: string) {
  const given = await withPeople(id);
  await runUntil(id, CLOSE + 60);
  const di = given.people[3] as Guest;
  const own = await shardOfGuest(id, di).own(di.pid);
  if (!own.ok) throw new Error(own.refusal.code);
  const { leaf } = JSON.parse(own.value[0]?.receipt as string) as { leaf: string };
  const lh = Uint8Array.from(leaf.match(/../g) as string[], (byte) => Number.parseInt(byte, 16));
  const order = orderIdOf(id, 3, new Uint8Array(16).fill(4));
  return { ...given, lh, order, book: bookOf(id, 1) };
}

/** What comes in the end whatever was lost: the alarm, or the sweep. */
const bookAlarm = async (id: string): Promise<void> => {
  await runDurableObjectAlarm(bookOf(id, 1));
  await sessionOf(id).sweep();
};

describe("a reservation shard survives a crash at every storage call of", () => {
  it("prepare", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async () => ({ manifest: "cd".repeat(32) }),
      act: (id, { manifest }) =>
        shardAt(id, 0).prepare({
          session: id,
          origin: "o",
          manifest,
          shard: 0,
          open: 1,
          close: 2,
          graceS: 0,
          admitPerS: 100,
          sealBy: 4_000_000_000,
          kid: "t1",
          pools: new Uint8Array(0),
        }),
      check: async (id) => expect(await shardAt(id, 0).fix()).toMatchObject({ ok: true, value: { n: 0 } }),
    }));

  it("reserve", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async (id) => {
        const M = await announced(id, { shards: 1 });
        at(OPEN);
        return guest("ada", M);
      },
      act: (id, ada) => reserveAt(shardAt(id, 0), request(ada, 2)),
      check: async (id, ada) => {
        const own = await shardAt(id, 0).own(ada.pid);
        expect(own.ok && own.value).toHaveLength(1);
        at(CLOSE + 5);
        expect(await shardAt(id, 0).fix()).toMatchObject({ ok: true, value: { n: 1 } });
      },
    }));

  it("withdraw", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async (id) => {
        const M = await announced(id, { shards: 1 });
        at(OPEN);
        const ada = guest("ada", M);
        await reserveAt(shardAt(id, 0), request(ada, 2));
        return ada;
      },
      act: (id, ada) => shardAt(id, 0).withdraw(ada.pid, 2),
      check: async (id, ada) => {
        const own = await shardAt(id, 0).own(ada.pid);
        expect(own).toMatchObject({ ok: true, value: [{ withdrawn: true }] });
      },
    }));

  it("fix", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async (id) => {
        await withPeople(id);
        at(CLOSE + 5);
      },
      act: async (id) => [await shardAt(id, 0).fix(), await shardAt(id, 1).fix()],
      check: async (id) => {
        const fixed = await Promise.all([shardAt(id, 0).fix(), shardAt(id, 1).fix()]);
        expect(fixed.reduce((sum, outcome) => sum + (outcome.ok ? outcome.value.n : 0), 0)).toBe(4);
      },
    }));

  it("voidSession", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange: async (id) => withPeople(id),
      act: async (id) => [await shardAt(id, 0).voidSession(), await shardAt(id, 1).voidSession()],
      check: async (id, { M }) => {
        const late = guest("late", M);
        expect(await reserveAt(shardOfGuest(id, late), request(late, 2))).toMatchObject({ refusal: { code: "voided" } });
      },
    }));
});

describe("a shard's deletion survives a crash at every storage call of", () => {
  const gone = async (id: string) =>
    expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { state: "voided", shards: { deleted: 2, kept: [] } } });
  /** Sealed and then voided: its shards are verified like those of a settled one, and no beacon has to be computed. */
  const arrange = async (id: string) => {
    const { M } = await withPeople(id);
    await runUntil(id, CLOSE + 6);
    await sessionOf(id).voidSession("Bottles broke.");
    await runUntil(id, CLOSE + 60);
    return { M, due: CLOSE + 30 + SHARDS_KEPT_S };
  };
  /** From the day on which the shards go to two days later: one that had to be kept is looked at again. */
  const act = async (id: string, { due }: { due: number }) => {
    at(due);
    await sessionOf(id).sweep();
    await runUntil(id, due + 2 * 86_400);
  };

  it("the shard, called by hand", () =>
    crashEverywhere({
      object: (id) => `shard/${id}`,
      arrange,
      act: async (id, { M }) => {
        for (const shard of [0, 1]) expect(await shardAt(id, shard).retire(hex(M))).toEqual({ ok: true, value: true });
      },
      check: async (id, { M }) => {
        for (const shard of [0, 1]) expect(await shardAt(id, shard).fix()).toEqual({ ok: false, refusal: "not_prepared" });
        const late = guest("late", M);
        expect(await reserveAt(shardOfGuest(id, late), request(late, 2))).toMatchObject({ refusal: { code: "not_prepared" } });
      },
    }));

  it("the shard, called by its session", () => crashEverywhere({ object: (id) => `shard/${id}`, arrange, act, check: gone }));

  it("the session", () =>
    crashEverywhere({
      object: (id) => `session/${id}`,
      arrange,
      act,
      check: async (id) => {
        await gone(id);
        expect((await listed(id))?.shardsDeleted).toBeGreaterThan(0);
      },
    }));
});

describe("a session survives a crash at every storage call of", () => {
  const object = (id: string) => `session/${id}`;

  it("plan and allot", () =>
    crashEverywhere({
      object,
      arrange: async () => undefined,
      act: async (id) => {
        await sessionOf(id).plan(planFor(id));
        await sessionOf(id).allot({ pools: POOLS });
      },
      check: async (id) =>
        expect(await sessionOf(id).desk()).toMatchObject({ ok: true, value: { state: "draft", units: 4, pools: 3 } }),
    }));

  it("announce", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        await sessionOf(id).plan(planFor(id));
        await sessionOf(id).allot({ pools: POOLS });
      },
      act: (id) => sessionOf(id).announce(),
      check: async (id) => {
        await sessionOf(id).sweep();
        expect(await stateOf(id)).toBe("announced");
        expect(await shardAt(id, 1).fix()).toEqual({ ok: false, refusal: "not_due" });
        expect((await listSessions(records(), 500)).map(({ session }) => session)).toContain(id);
      },
    }));

  // A part of the life at a time: the cost of trying every step grows with the square of their number.
  it.each([
    ["open, close and freeze", OPEN, CLOSE + 9, "frozen"],
    ["draw and the first wave", CLOSE + 9, CLOSE + 60, "awarding"],
    ["the later waves and the settlement", CLOSE + 60, CLOSE + 1000, "settled"],
  ])("%s", async (_, from, until, state) => {
    const crashes = await crashEverywhere({
      object,
      arrange: async (id) => {
        await withPeople(id, { wavesMax: 2 });
        await runUntil(id, from);
      },
      act: async (id) => {
        // The sweep is what comes when an alarm was lost in the crash.
        await sessionOf(id).sweep();
        await runUntil(id, until);
      },
      check: async (id) => {
        const desk = await sessionOf(id).desk();
        expect(desk).toMatchObject({ ok: true, value: { state, counts: { entries: 4, excluded: 0 } } });
        const waves = (desk.ok && desk.value.waves) || [];
        expect(waves.map(({ no }) => no)).toEqual(waves.map((_wave, number) => number + 1));
        const drawn = state === "frozen" ? [] : ["result", ...waves.map(({ no }) => `waves/${no}`)];
        expect(await provenFiles(id)).toEqual(["manifest", "seal", ...drawn, ...(state === "settled" ? ["settled"] : [])].sort());
        const settled = desk.ok ? desk.value.settled : undefined;
        if (state === "settled") expect(settled).toMatchObject({ handedOver: 0, refunded: 0, left: 4 });
      },
    });
    expect(crashes).toBeGreaterThan(10);
  });

  it("void", () =>
    crashEverywhere({
      object,
      arrange: async (id) => withPeople(id),
      act: (id) => sessionOf(id).voidSession("Bottles broke."),
      check: async (id, { M }) => {
        await sessionOf(id).sweep();
        expect(await stateOf(id)).toBe("voided");
        const late = guest("late", M);
        expect(await reserveAt(shardOfGuest(id, late), request(late, 2))).toMatchObject({ refusal: { code: "voided" } });
      },
    }));
});

describe("an award book survives a crash at every storage call of", () => {
  const object = (id: string) => `book/${id}`;

  it("tables, draw and waves", () =>
    crashEverywhere({
      object,
      arrange: async (id) => void (await withPeople(id)),
      act: async (id) => {
        await sessionOf(id).sweep();
        await runUntil(id, CLOSE + 1000);
      },
      check: async (id) =>
        expect(await sessionOf(id).desk()).toMatchObject({
          ok: true,
          value: { state: "settled", counts: { winners: 3, waits: 1 } },
        }),
    }));

  it("accept", () =>
    crashEverywhere({
      object,
      arrange: awarded,
      act: async (id, { lh, order }) => {
        await bookOf(id, 1).step({ step: "accept", pool: 3, lh, order, member: "m-di" });
        await bookAlarm(id);
      },
      check: async (id, { lh, order }) => {
        await bookAlarm(id);
        expect(await bookOf(id, 1).step({ step: "accept", pool: 3, lh, order: "another", member: "m-di" })).toMatchObject({
          ok: true,
          value: { state: "accepted", order },
        });
        expect(await findOrder(records(), order)).toMatchObject({ state: "accepted", member: "m-di", amountMinor: 1000 });
      },
    }));

  it("decline", () =>
    crashEverywhere({
      object,
      arrange: awarded,
      act: (id, { lh }) => bookOf(id, 1).step({ step: "decline", pool: 3, lh }),
      check: async (id, { lh, order }) => {
        expect(await bookOf(id, 1).step({ step: "accept", pool: 3, lh, order, member: "m-di" })).toMatchObject({
          refusal: { code: "award_lapsed" },
        });
      },
    }));

  it("pay", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        const given = await awarded(id);
        await bookOf(id, 1).step({ step: "accept", pool: 3, lh: given.lh, order: given.order, member: "m-di" });
        return given;
      },
      act: async (id, { order }) => {
        await bookOf(id, 1).step({ step: "pay", pool: 3, order });
        await bookAlarm(id);
      },
      check: async (id, { order }) => {
        await bookAlarm(id);
        expect(await findOrder(records(), order)).toMatchObject({ state: "paid" });
        expect(await bookOf(id, 1).closing()).toEqual({ ok: true, value: { paid: 1, told: true } });
      },
    }));

  it("pay, while D1 is down: the event is set aside, and arrives when D1 is back", () =>
    crashEverywhere({
      object,
      arrange: async (id) => {
        const given = await awarded(id);
        await bookOf(id, 1).step({ step: "accept", pool: 3, lh: given.lh, order: given.order, member: "m-di" });
        world().fate = (call) => (call === "d1.batch" ? "lost" : "ok");
        return given;
      },
      act: async (id, { order }) => {
        await bookOf(id, 1).step({ step: "pay", pool: 3, order });
        world().nowMs += 2_000;
        await bookAlarm(id);
      },
      check: async (id, { order }) => {
        world().fate = () => "ok";
        world().nowMs += 120_000;
        await bookAlarm(id);
        expect(await findOrder(records(), order)).toMatchObject({ state: "paid" });
        expect(await bookOf(id, 1).closing()).toEqual({ ok: true, value: { paid: 1, told: true } });
      },
    }));
});
