// A reservation shard inside workerd: one place per person and SKU, receipts that never change, signed refusals, a fixed end.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { settingsOf } from "../../contracts/settings.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { eidOf } from "../../domain/draw/entry.ts";
import { receiptSeed } from "../../domain/draw/manifest.ts";
import { type Receipt, refusalMessage, signedPart, withdrawalMessage } from "../../domain/draw/receipt.ts";
import { publicKeyOf, verifies } from "../../domain/ed25519.ts";
import { included, rootOf } from "../../domain/merkle.ts";
import { shardName } from "../../domain/objects.ts";
import {
  announced,
  at,
  CLOSE,
  freshId,
  freshWorld,
  type Guest,
  guest,
  OPEN,
  request,
  shardAt,
  shardOfGuest,
} from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

/** Pools by number: 1 plush/north, 2 wine/north, 3 wine/south. */
const [PLUSH_NORTH, WINE_NORTH, WINE_SOUTH] = [1, 2, 3];

async function open() {
  const id = freshId();
  const M = await announced(id);
  at(OPEN);
  return { id, M, key: publicKeyOf(receiptSeed(settingsOf(env).OPERATOR_SECRETS[0].secret, settingsOf(env).LOG_ORIGIN, id)) };
}

const reserve = (id: string, person: Guest, pool: number) => reserveAt(shardOfGuest(id, person), request(person, pool));

async function receiptFor(id: string, person: Guest, pool: number): Promise<{ text: string; receipt: Receipt; repeated: boolean }> {
  const outcome = await reserve(id, person, pool);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { text: outcome.value.receipt, receipt: JSON.parse(outcome.value.receipt) as Receipt, repeated: outcome.value.repeated };
}

async function refusalFor(id: string, person: Guest, pool: number) {
  const outcome = await reserve(id, person, pool);
  if (outcome.ok) throw new Error("it was not refused");
  return outcome.refusal;
}

describe("a place", () => {
  it("comes with a receipt whose signature and path prove it", async () => {
    const { id, M, key } = await open();
    const people = Array.from({ length: 20 }, (_, number) => guest(`p${number}`, M));
    const receipts = await Promise.all(people.map((person) => receiptFor(id, person, WINE_NORTH)));
    for (const { receipt } of receipts) {
      const { group, index, leaf, path } = receipt;
      const members = receipts
        .map((other) => other.receipt)
        .filter((other) => other.shard === receipt.shard && other.group.first === group.first);
      const leaves = members.sort((a, b) => a.index - b.index).map((member) => unhex(member.leaf));
      const root = rootOf(new Uint8Array(leaves.flatMap((hash) => [...hash])));
      expect(members).toHaveLength(group.size);
      expect(included(unhex(leaf), index - group.first, group.size, path.map(unhex), root)).toBe(true);
      expect(verifies(key, signedPart(receipt, root), unhex(receipt.sig))).toBe(true);
    }
    expect(
      receipts.some(({ receipt }) => receipt.group.size > 1),
      "requests that come together share a commit",
    ).toBe(true);
  });

  it("is given once: the same request again gives the same bytes, also after the object was evicted and after close", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    const first = await receiptFor(id, ada, WINE_NORTH);
    expect(first.repeated).toBe(false);
    expect(await receiptFor(id, ada, WINE_NORTH)).toMatchObject({ text: first.text, repeated: true });
    await evictDurableObject(shardOfGuest(id, ada));
    expect(await receiptFor(id, ada, WINE_NORTH)).toMatchObject({ text: first.text, repeated: true });
    at(CLOSE + 100);
    expect(await receiptFor(id, ada, WINE_NORTH)).toMatchObject({ text: first.text, repeated: true });
  });

  it("keeps its first nonce when the same reservation comes with another one", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    const first = await receiptFor(id, ada, WINE_NORTH);
    const other = { ...ada, nonce: new Uint8Array(32).fill(9) };
    expect((await receiptFor(id, other, WINE_NORTH)).text).toBe(first.text);
  });

  it("is given once when the same request comes ten times at the same moment", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    const receipts = await Promise.all(Array.from({ length: 10 }, () => receiptFor(id, ada, WINE_NORTH)));
    expect(new Set(receipts.map(({ text }) => text)).size).toBe(1);
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it("is one of two when two stores are asked for at the same moment", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    const outcomes = await Promise.all([reserve(id, ada, WINE_NORTH), reserve(id, ada, WINE_SOUTH)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it("may be held for each SKU by the same person, with a fresh nonce", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    await receiptFor(id, ada, WINE_NORTH);
    expect((await refusalFor(id, ada, PLUSH_NORTH)).code).toBe("eid_used");
    const { receipt } = await receiptFor(id, { ...ada, nonce: new Uint8Array(32).fill(8) }, PLUSH_NORTH);
    expect(receipt.pools).toEqual([PLUSH_NORTH]);
  });

  it("stores neither the nonce nor anything else private in the public bodies", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    await receiptFor(id, ada, WINE_NORTH);
    const dump = await runInDurableObject(shardOfGuest(id, ada), (_, state) =>
      state.storage.sql
        .exec<{ bodies: ArrayBuffer; secrets: ArrayBuffer }>("SELECT bodies, secrets FROM groups")
        .toArray()
        .map(({ bodies, secrets }) => ({ bodies: hex(new Uint8Array(bodies)), secrets: hex(new Uint8Array(secrets)) })),
    );
    const text = JSON.stringify(dump);
    expect(text).not.toContain(hex(ada.nonce));
    expect(dump.map(({ bodies }) => bodies).join()).not.toContain(hex(ada.pid));
    expect(text).toContain(hex(eidOf(M, ada.nonce, ada.pid)));
  });
});

describe("a refusal", () => {
  it("is signed, names its reason, and brings the first receipt where the person holds one", async () => {
    const { id, M, key } = await open();
    const ada = guest("ada", M);
    const first = await receiptFor(id, ada, WINE_NORTH);
    const again = { ...ada, nonce: new Uint8Array(32).fill(5) };
    const refusal = await refusalFor(id, again, WINE_SOUTH);
    expect(refusal).toMatchObject({ code: "already_reserved", receipt: first.text });
    const { shard, code, s, sig } = JSON.parse(refusal.refusal as string) as {
      shard: number;
      code: number;
      s: number;
      sig: string;
    };
    expect(verifies(key, refusalMessage(M, shard, eidOf(M, again.nonce, ada.pid), WINE_SOUTH, code, s), unhex(sig))).toBe(true);
  });

  it.each([
    ["before open", OPEN - 0.001, "too_early"],
    ["in the millisecond of close", CLOSE, "late"],
    ["after close", CLOSE + 1, "late"],
  ])("meets who comes %s, by the shard's own clock", async (_, when, code) => {
    const { id, M } = await open();
    at(when);
    expect((await refusalFor(id, guest("late", M), WINE_NORTH)).code).toBe(code);
  });

  it("does not meet who comes in the last millisecond", async () => {
    const { id, M } = await open();
    at(CLOSE - 0.001);
    const { receipt } = await receiptFor(id, guest("just", M), WINE_NORTH);
    expect(receipt.s).toBe(CLOSE - 1);
  });

  it("admits an overload ticket of the window until close + grace, with the ticket's second, and no longer", async () => {
    const { id, M } = await open();
    const late = guest("shed", M);
    const ticket = { ...request(late, WINE_NORTH), overloadS: CLOSE - 2 };
    at(CLOSE + 4.999);
    const outcome = await reserveAt(shardOfGuest(id, late), ticket);
    expect(outcome.ok && (JSON.parse(outcome.value.receipt) as Receipt).s).toBe(CLOSE - 2);
    at(CLOSE + 5);
    const later = guest("later", M);
    const refused = await reserveAt(shardOfGuest(id, later), { ...request(later, WINE_NORTH), overloadS: CLOSE - 2 });
    expect(refused).toMatchObject({ ok: false, refusal: { code: "late" } });
  });

  it("meets a pool that is not in the manifest and a person whom the pass bars", async () => {
    const { id, M } = await open();
    expect((await refusalFor(id, guest("a", M), 99)).code).toBe("unknown_pool");
    const young = guest("young", M);
    const outcome = await reserveAt(shardOfGuest(id, young), { ...request(young, WINE_NORTH), personReasons: [6, 7] });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "under_age" } });
  });

  it("meets nobody in a rush: six hundred at once all have a place, in groups of at most 256", async () => {
    const { id, M } = await open();
    const people = Array.from({ length: 1200 }, (_, number) => guest(`crowd ${number}`, M)).filter(
      (person) => shardOfGuest(id, person).name === shardAt(id, 0).name,
    );
    const receipts = await Promise.all(people.map((person) => receiptFor(id, person, WINE_NORTH)));
    expect(new Set(receipts.map(({ receipt }) => receipt.index)).size).toBe(people.length);
    expect(Math.max(...receipts.map(({ receipt }) => receipt.group.size))).toBeLessThanOrEqual(256);
    expect(Math.max(...receipts.map(({ receipt }) => receipt.group.size))).toBeGreaterThan(8);
  });
});

describe("a withdrawal", () => {
  it("is signed, is the same bytes on a repeat, stays after eviction, and bars the SKU", async () => {
    const { id, M, key } = await open();
    const ada = guest("ada", M);
    const { receipt } = await receiptFor(id, ada, WINE_NORTH);
    const shard = shardOfGuest(id, ada);
    const first = await shard.withdraw(ada.pid, WINE_NORTH);
    if (!first.ok) throw new Error(first.refusal.code);
    world().nowMs += 5000;
    await evictDurableObject(shard);
    expect(await shardOfGuest(id, ada).withdraw(ada.pid, WINE_NORTH)).toEqual(first);
    const { index, leaf, s, sig } = JSON.parse(first.value) as { index: number; leaf: string; s: number; sig: string };
    expect(verifies(key, withdrawalMessage(M, receipt.shard, index, unhex(leaf), s), unhex(sig))).toBe(true);
    expect(leaf).toBe(receipt.leaf);
    expect((await refusalFor(id, ada, WINE_NORTH)).code).toBe("withdrew_before");
    expect((await refusalFor(id, { ...ada, nonce: new Uint8Array(32).fill(3) }, WINE_SOUTH)).code).toBe("withdrew_before");
  });

  it("is refused from close on, and where nothing is reserved", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    await receiptFor(id, ada, WINE_NORTH);
    const shard = shardOfGuest(id, ada);
    expect(await shard.withdraw(ada.pid, PLUSH_NORTH)).toMatchObject({ refusal: { code: "not_reserved" } });
    at(CLOSE);
    expect(await shard.withdraw(ada.pid, WINE_NORTH)).toMatchObject({ refusal: { code: "late" } });
  });
});

describe("the end of a shard", () => {
  it("is fixed only after grace, and never changes", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    await receiptFor(id, ada, WINE_NORTH);
    const shard = shardOfGuest(id, ada);
    at(CLOSE + 4);
    expect(await shard.fix()).toEqual({ ok: false, refusal: "not_due" });
    at(CLOSE + 5);
    const fixed = await shard.fix();
    expect(fixed).toMatchObject({ ok: true, value: { n: 1 } });
    // A clock that steps back lets nobody in behind the count.
    at(CLOSE - 10);
    expect((await refusalFor(id, guestOnSameShard(id, M, ada), WINE_NORTH)).code).toBe("late");
    await evictDurableObject(shard);
    expect(await shardOfGuest(id, ada).fix()).toEqual(fixed);
  });

  it("counts whoever was let in and waits for the commit when the count is taken", async () => {
    const { id, M } = await open();
    const people = Array.from({ length: 30 }, (_, number) => guest(`x${number}`, M)).filter(
      (person) => shardOfGuest(id, person).name === shardAt(id, 0).name,
    );
    at(CLOSE - 0.001);
    const waiting = people.map((person) => reserve(id, person, WINE_NORTH));
    world().nowMs = (CLOSE + 5) * 1000;
    const fixed = await shardAt(id, 0).fix();
    const acknowledged = (await Promise.all(waiting)).filter(({ ok }) => ok).length;
    expect(fixed).toMatchObject({ ok: true, value: { n: acknowledged } });
  });
});

describe("a shard to which more people come than it admits", () => {
  /** One shard that admits 20 a second: a full bucket holds 10, of which 2 are kept for ticket holders. */
  async function crowd(name: string, count: number) {
    const id = freshId();
    const M = await announced(id, { shards: 1, admitPerS: 20 });
    at(OPEN);
    const people = Array.from({ length: count }, (_, number) => guest(`${name}${number}`, M));
    const ask = (person: Guest, overloadS?: number) => reserveAt(shardAt(id, 0), { ...request(person, WINE_NORTH), overloadS });
    return { id, people, ask };
  }

  it("says how long to stay away, and stores nothing of them", async () => {
    const { id, people, ask } = await crowd("c", 30);
    const outcomes = await Promise.all(people.map((person) => ask(person)));
    const shed = outcomes.filter((outcome) => !outcome.ok);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(8);
    for (const outcome of shed) expect(outcome).toMatchObject({ refusal: { code: "busy", retryS: expect.any(Number) } });
    const own = await shardAt(id, 0).own((people[29] as Guest).pid);
    expect(own).toEqual({ ok: true, value: [] });
  });

  it("lets ticket holders in before newcomers", async () => {
    const { people, ask } = await crowd("d", 30);
    await Promise.all(people.slice(0, 20).map((person) => ask(person)));
    expect((await ask(people[20] as Guest)).ok).toBe(false);
    expect((await ask(people[21] as Guest, OPEN)).ok).toBe(true);
  });

  it("gives its first receipt to whoever holds a place, however many come", async () => {
    const { people, ask } = await crowd("e", 30);
    const first = await ask(people[0] as Guest);
    await Promise.all(people.slice(1).map((person) => ask(person)));
    expect(await ask(people[0] as Guest)).toEqual({ ok: true, value: { ...(first.ok && first.value), repeated: true } });
  });

  it("admits every ticket holder who comes again within grace, or says why not with its signature", async () => {
    const { people, ask } = await crowd("f", 60);
    at(CLOSE - 1);
    const shed = (await Promise.all(people.map(async (person) => ({ person, outcome: await ask(person) })))).filter(
      ({ outcome }) => !outcome.ok,
    );
    expect(shed.length).toBeGreaterThan(40);
    at(CLOSE + 2);
    const again = await Promise.all(shed.map(({ person }) => ask(person, CLOSE - 1)));
    expect(again.every(({ ok }) => ok)).toBe(true);
    at(CLOSE + 5);
    const [tooLate] = await Promise.all([ask(guest("f-last", new Uint8Array(32)), CLOSE - 1)]);
    expect(tooLate).toMatchObject({ refusal: { code: "late", refusal: expect.stringContaining('"sig"') } });
  });
});

describe("a shard without a plan", () => {
  it("answers that it is not prepared and stores nothing", async () => {
    const id = freshId();
    const name = shardName("fairpour", id, 0);
    const shard = env.SHARDS.getByName(name);
    const ada = guest("ada", new Uint8Array(32));
    expect(await reserveAt(shard, request(ada, 1))).toEqual({ ok: false, refusal: { code: "not_prepared" } });
    expect(await shard.own(ada.pid)).toEqual({ ok: false, refusal: { code: "not_prepared" } });
    const tables = await runInDurableObject(shard, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("takes one plan and refuses another", async () => {
    const { id } = await open();
    const plan = {
      session: id,
      origin: "x",
      manifest: "00".repeat(32),
      shard: 0,
      open: 1,
      close: 2,
      graceS: 0,
      admitPerS: 1,
      sealBy: 4_000_000_000,
      kid: "t1",
      pools: new Uint8Array(0),
    };
    expect(await shardAt(id, 0).prepare(plan)).toEqual({ ok: false, refusal: "other_plan" });
  });
});

describe("a voided session", () => {
  it("refuses everybody with reason 39, before any other reason", async () => {
    const { id, M } = await open();
    const ada = guest("ada", M);
    await shardOfGuest(id, ada).voidSession();
    await evictDurableObject(shardOfGuest(id, ada));
    expect((await refusalFor(id, ada, 99)).code).toBe("voided");
  });
});

function guestOnSameShard(id: string, M: Uint8Array<ArrayBuffer>, other: Guest): Guest {
  for (let number = 0; ; number++) {
    const candidate = guest(`same ${number}`, M);
    if (shardOfGuest(id, candidate).name === shardOfGuest(id, other).name) return candidate;
  }
}
