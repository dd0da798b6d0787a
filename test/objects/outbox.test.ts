// The outbox of an object: whatever D1 does, every entity ends at its newest version, never goes back, and one bad event holds up nobody.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OrderEvent, OutboxEvent } from "../../contracts/events.ts";
import { entityOf } from "../../contracts/events.ts";
import { orderIdOf } from "../../domain/order/order-id.ts";
import { BookStore } from "../../durable-objects/book/store.ts";
import { Outbox } from "../../durable-objects/outbox.ts";
import first from "../../migrations/award-book/0001_first.sql";
import { apply } from "../../records/apply.ts";
import { recordsOf } from "../../records/database.ts";
import { bookOf, freshId, freshWorld } from "./support/session.ts";
import { START_MS, world } from "./support/world.ts";

beforeEach(freshWorld);

const records = recordsOf(env.DB, "fairpour");
const PLAN = { session: "s", manifest: "00".repeat(32), shards: 1, market: "CN", pools: [], prices: {} };

type Applying = (events: OutboxEvent[]) => Promise<void>;
type Bench = { outbox: Outbox; renewed: () => Outbox; add: (...events: OutboxEvent[]) => void; left: () => number };

/** Works with an outbox in a real object's storage; `renewed` is what a new incarnation of the object sees. */
async function withOutbox(applying: Applying, work: (bench: Bench) => Promise<void>): Promise<void> {
  await runInDurableObject(bookOf(freshId("outbox"), 0), async (_, { storage }) => {
    new BookStore(storage).begin(PLAN);
    const renewed = () => new Outbox({ storage, nowMs: () => world().nowMs, random: () => world().random() }, applying);
    const outbox = renewed();
    const add = (...events: OutboxEvent[]) =>
      storage.transactionSync(() => {
        for (const event of events) outbox.add(event);
      });
    const left = () => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n;
    await work({ outbox, renewed, add, left });
  });
}

let session = "";
beforeEach(() => {
  session = freshId("o");
});

/** Pools of 256 orders, so that more than 256 have ids of their own. */
const idOf = (number: number) => orderIdOf(session, number >> 8, new Uint8Array(16).fill(number & 255));

const event = (number: number, version = 2, changes: Partial<OrderEvent> = {}): OrderEvent => ({
  v: 1,
  type: "order",
  order: idOf(number),
  version,
  state: version % 2 === 0 ? "accepted" : "paid",
  session,
  pool: 1,
  rank: number,
  sku: "wine",
  store: "north",
  member: "m-1",
  amountMinor: 100,
  currency: "CNY",
  payBy: 100,
  pickupUntil: 1000,
  paidAt: version % 2 === 0 ? null : 50,
  ...changes,
});
const many = (count: number, changes: Partial<OrderEvent> = {}) => Array.from({ length: count }, (_, at) => event(at, 2, changes));

/** D1's CHECK does not know this state. */
const bad = (number: number, version = 2) => event(number, version, { state: "nonsense" as never });

async function stored(): Promise<Map<string, number>> {
  const { results } = await env.DB.prepare("SELECT order_id, version FROM orders WHERE session = ?")
    .bind(session)
    .all<{ order_id: string; version: number }>();
  return new Map(results.map((row) => [row.order_id, row.version]));
}

const toD1: Applying = (events) => apply(records, events);
const sizes: number[] = [];
const counted =
  (applying: Applying): Applying =>
  (events) => {
    sizes.push(events.length);
    return applying(events);
  };
beforeEach(() => {
  sizes.length = 0;
});
const fine: Applying = async () => undefined;
const down: Applying = async () => {
  throw new Error("D1_ERROR: D1 DB is overloaded. Requests queued for too long.");
};

describe("a batch", () => {
  it("is at most 1,000 events", () =>
    withOutbox(counted(fine), async ({ outbox, add, left }) => {
      add(...many(2200));
      await outbox.drain();
      expect([sizes, left()]).toEqual([[1000, 1000, 200], 0]);
    }));

  it("is at most half a megabyte, and a larger event goes alone", () =>
    withOutbox(counted(fine), async ({ outbox, add, left }) => {
      // In bytes, not in letters: each of these has three.
      add(...many(12, { member: "茅".repeat(30_000) }), event(12, 2, { member: "x".repeat(600_000) }), event(13));
      await outbox.drain();
      expect([sizes, left()]).toEqual([[5, 5, 2, 1, 1], 0]);
    }));

  it("is one of ten in a drain; what is left is due at once", () =>
    withOutbox(counted(fine), async ({ outbox, add, left }) => {
      add(...many(10_001));
      await outbox.drain();
      expect([sizes.length, left()]).toEqual([10, 1]);
      expect(outbox.wakeAtMs).toBeLessThanOrEqual(world().nowMs);
      await outbox.drain();
      expect([left(), outbox.wakeAtMs]).toEqual([0, undefined]);
    }));
});

describe("a D1 that is down", () => {
  it("is left alone for longer and longer, up to a minute, however often it is asked", () =>
    withOutbox(counted(down), async ({ outbox, add }) => {
      const pauses: number[] = [];
      for (let failure = 0; failure < 9; failure++) {
        // Every step of every award asks for a drain.
        for (let step = 0; step < 20; step++) {
          add(event(20 * failure + step));
          await outbox.drain();
        }
        expect(sizes).toHaveLength(failure + 1);
        pauses.push(outbox.pausedUntilMs - world().nowMs);
        world().nowMs = outbox.pausedUntilMs;
      }
      expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    }));

  it("is not met by all objects at the same moment again: chance takes up to half of the pause away", () =>
    withOutbox(down, async ({ outbox, add }) => {
      world().random = () => 0.999;
      add(event(0));
      await outbox.drain();
      expect(outbox.pausedUntilMs - world().nowMs).toBe(251);
    }));

  it("gets half as many at a time after each failure, and twice as many after each success", () => {
    let healthy = false;
    return withOutbox(
      counted((events) => (healthy ? fine(events) : down(events))),
      async ({ outbox, add, left }) => {
        add(...many(500));
        for (let failure = 0; failure < 4; failure++) {
          await outbox.drain();
          world().nowMs = outbox.pausedUntilMs;
        }
        healthy = true;
        await outbox.drain();
        expect([sizes, left()]).toEqual([[500, 250, 125, 62, 31, 62, 124, 248, 35], 0]);
      },
    );
  });

  it("or lacks a table costs nothing: what was tried alone comes again by itself", () => {
    let migrated = false;
    return withOutbox(
      async (events) => {
        if (!migrated) throw new Error("D1_ERROR: no such table: orders: SQLITE_ERROR");
        await toD1(events);
      },
      async ({ outbox, add, left }) => {
        add(event(0), event(1));
        for (let failure = 0; failure < 6; failure++) {
          await outbox.drain();
          world().nowMs = Math.max(world().nowMs, outbox.wakeAtMs as number);
        }
        migrated = true;
        for (let more = 0; more < 3; more++) {
          await outbox.drain();
          world().nowMs = Math.max(world().nowMs, outbox.wakeAtMs ?? 0);
        }
        expect([(await stored()).size, left()]).toEqual([2, 0]);
      },
    );
  });

  it("is said in the log once a minute, from the first minute on, with how much waits and since when", () => {
    const log = vi.spyOn(console, "warn");
    return withOutbox(down, async ({ outbox, add }) => {
      add(event(0), event(1));
      for (let second = 0; second < 200; second++) {
        await outbox.drain();
        world().nowMs += 1000;
      }
      const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
      log.mockRestore();
      const late = lines.filter((line) => line.event === "outbox_late");
      expect(late).toEqual(
        [60, 120, 180].map((oldestS) => expect.objectContaining({ oldestS, waiting: 2, entity: `order/${idOf(0)}` })),
      );
    });
  });
});

describe("an event that D1 refuses", () => {
  it.each([0, 7, 150, 299])("stands alone in the end, is kept and logged, and all others arrive (at place %i of 300)", (place) => {
    const log = vi.spyOn(console, "warn");
    return withOutbox(counted(toD1), async ({ outbox, add, left }) => {
      const events = many(300);
      events[place] = bad(place);
      add(...events);
      for (let drains = 0; drains < 4; drains++) await outbox.drain();
      const rows = await stored();
      expect([rows.size, rows.has(idOf(place)), left(), outbox.isEmpty]).toEqual([299, false, 1, false]);
      expect(sizes.length).toBeLessThan(30);
      const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
      log.mockRestore();
      expect(lines).toContainEqual(expect.objectContaining({ event: "outbox_refused", entity: `order/${idOf(place)}`, tries: 1 }));
    });
  });

  it("is tried again after 1, 2, 4 … 60 minutes, also by a new incarnation, and holds up nothing that comes meanwhile", () =>
    withOutbox(counted(toD1), async ({ renewed, add, left }) => {
      add(bad(0));
      const waits: number[] = [];
      for (let tries = 1; tries < 9; tries++) {
        const outbox = renewed();
        add(event(tries));
        await outbox.drain();
        expect([(await stored()).size, left()]).toEqual([tries, 1]);
        waits.push(((outbox.wakeAtMs as number) - world().nowMs) / 60_000);
        world().nowMs = outbox.wakeAtMs as number;
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    }));

  it("arrives once what refused it is mended", () => {
    let mended = false;
    return withOutbox(
      (events) => toD1(mended ? events.map((one) => ({ ...(one as OrderEvent), state: "accepted" })) : events),
      async ({ outbox, add }) => {
        add(bad(0));
        await outbox.drain();
        mended = true;
        await outbox.drain();
        expect((await stored()).size, "not before it is due").toBe(0);
        world().nowMs = outbox.wakeAtMs as number;
        await outbox.drain();
        expect([(await stored()).size, outbox.isEmpty]).toEqual([1, true]);
      },
    );
  });

  it("is forgotten when D1 has a newer version of the same order, and never goes over it", () =>
    withOutbox(toD1, async ({ outbox, add, left }) => {
      add(bad(0, 2), bad(1, 2));
      for (let drains = 0; drains < 3; drains++) await outbox.drain();
      add(event(0, 3));
      await outbox.drain();
      expect([[...(await stored())], left()], "the other order's event is still kept").toEqual([[[idOf(0), 3]], 1]);
      world().nowMs = outbox.wakeAtMs as number;
      await outbox.drain();
      expect([[...(await stored())], left()]).toEqual([[[idOf(0), 3]], 1]);
    }));

  it("and one of the same order that D1 takes: the order stays at what D1 took", () =>
    withOutbox(toD1, async ({ outbox, add, left }) => {
      add(event(0, 2), bad(0, 3), event(1, 2));
      await outbox.drain();
      expect([...(await stored())]).toEqual([
        [idOf(0), 2],
        [idOf(1), 2],
      ]);
      expect(left()).toBe(1);
    }));

  it("in great numbers is dealt with bit by bit", () =>
    withOutbox(counted(toD1), async ({ outbox, add, left }) => {
      add(...Array.from({ length: 60 }, (_, at) => (at % 2 ? bad(at) : event(at))));
      for (let drains = 0; drains < 20; drains++) {
        sizes.length = 0;
        await outbox.drain();
        expect(sizes.length).toBeLessThanOrEqual(10);
      }
      expect([(await stored()).size, left()]).toEqual([30, 30]);
    }));
});

describe("the order of an entity", () => {
  type Step = { kind: "event"; entity: number; bad: boolean } | { kind: "drain" | "evict" | "wait" | "land" };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("event" as const), entity: fc.nat(3), bad: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom("drain" as const, "evict" as const, "wait" as const, "land" as const) }),
    },
  );
  const fate = fc.constantFrom("ok", "ok", "lost", "done-but-lost", "late");

  it("is kept whatever is lost, repeated, late, refused or forgotten, and in the end D1 has the newest that it takes", () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fate), async (steps, fates) => {
        session = freshId("o");
        freshWorld();
        let healed = false;
        const landing: (() => Promise<void>)[] = [];
        const faulty: Applying = async (events) => {
          const next = healed ? "ok" : (fates.next().value as string);
          // What comes late is stored after the object gave up on it, perhaps after newer events.
          if (next === "late") landing.push(() => toD1(events).catch(() => undefined));
          else if (next !== "lost") await toD1(events);
          if (next !== "ok") throw new Error("the reply was lost");
        };
        await withOutbox(faulty, async ({ renewed, add }) => {
          let outbox = renewed();
          const versions = [1, 1, 1, 1];
          const taken = new Map<string, number>();
          let before = new Map<string, number>();
          const neverBack = async () => {
            const now = await stored();
            for (const [order, version] of before) expect(now.get(order)).toBeGreaterThanOrEqual(version);
            before = now;
          };
          for (const one of steps) {
            if (one.kind === "event") {
              const version = ++(versions[one.entity] as number);
              add(one.bad ? bad(one.entity, version) : event(one.entity, version));
              if (!one.bad) taken.set(idOf(one.entity), version);
            } else if (one.kind === "drain") await outbox.drain();
            else if (one.kind === "evict") outbox = renewed();
            else if (one.kind === "wait") world().nowMs = Math.max(world().nowMs, outbox.wakeAtMs ?? 0);
            else await landing.shift()?.();
            if (one.kind === "drain" || one.kind === "land") await neverBack();
          }
          healed = true;
          for (let more = 0; more < 12; more++) {
            await outbox.drain();
            world().nowMs = Math.max(world().nowMs, outbox.wakeAtMs ?? 0);
          }
          for (const land of landing) await land();
          await neverBack();
          expect(await stored()).toEqual(taken);
        });
      }),
      { numRuns: 30 },
    ));

  it("is the version's: each event names what it is about", () => {
    expect(entityOf(event(3))).toBe(`order/${idOf(3)}`);
  });
});

describe("an object of the first release", () => {
  it("keeps what its outbox held, and delivers it", async () => {
    await runInDurableObject(bookOf(freshId("old"), 0), async (_, { storage }) => {
      storage.sql.exec("CREATE TABLE schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT");
      storage.sql.exec("INSERT INTO schema_version (id, version) VALUES (1, 1)");
      storage.sql.exec(first);
      storage.sql.exec("INSERT INTO book (id, plan) VALUES (1, ?)", JSON.stringify(PLAN));
      storage.sql.exec("INSERT INTO outbox (event) VALUES (?)", JSON.stringify(event(0)));
      expect(new BookStore(storage).plan()).toEqual(PLAN);
      const outbox = new Outbox({ storage, nowMs: () => START_MS, random: () => 0 }, toD1);
      await outbox.drain();
      expect([[...(await stored())], outbox.isEmpty]).toEqual([[[idOf(0), 2]], true]);
    });
  });
});
