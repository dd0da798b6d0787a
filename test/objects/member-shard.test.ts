// Tickets of members: what past sessions came to is found in files, counted once, and the same whenever and however often a pass is issued.
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Opened } from "../../contracts/members.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { reserveAt } from "../../contracts/shard.ts";
import type { Opening } from "../../domain/audit/chains-file.ts";
import { hex, unhex } from "../../domain/bytes.ts";
import { eidOf, innerKeyOf, pidFrom, readEntryBody } from "../../domain/draw/entry.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { readShardBundle } from "../../domain/draw/seal.ts";
import { LOSSES_COUNT_S } from "../../domain/draw/tickets.ts";
import { recordsOf } from "../../records/database.ts";
import { registerSession } from "../../records/sessions.ts";
import { audited } from "./support/audit.ts";
import { announceNext, archived, enter, finish, LOSE, PLUSH, passFor, play, WIN } from "./support/counting.ts";
import { crashEverywhere } from "./support/crash.ts";
import { call, tokenOf } from "./support/http.ts";
import {
  at,
  freshId,
  freshWorld,
  guest,
  membersOf,
  personOf,
  request,
  runUntil,
  sessionOf,
  shardOfGuest,
} from "./support/session.ts";
import { world } from "./support/world.ts";

beforeEach(freshWorld);

/** A name that no other test uses: member shards outlive a test. */
const somebody = () => freshId("ada");

describe("tickets", () => {
  it("rise with each loss in the family, and fall back after a win", async () => {
    const ada = somebody();
    const given: number[] = [];
    for (const pool of [LOSE, LOSE, WIN, LOSE]) {
      const going = await announceNext(freshId());
      given.push((await passFor(going.id, ada)).wine as number);
      await enter(going, [[ada, pool]]);
      await finish(going);
    }
    const last = await announceNext(freshId());
    expect([...given, (await passFor(last.id, ada)).wine]).toEqual([1, 2, 3, 1, 2]);
  });

  it("of one family say nothing of another", async () => {
    const ada = somebody();
    await play(freshId(), [
      [ada, LOSE],
      [ada, PLUSH],
    ]);
    await play(freshId(), [[ada, LOSE]]);
    expect(await passFor((await announceNext(freshId())).id, ada)).toEqual({ wine: 3, plush: 1 });
  });

  it("do not count what was withdrawn, voided, or held without counting", async () => {
    const ada = somebody();
    const withdrawn = await announceNext(freshId());
    await enter(withdrawn, [[ada, LOSE]]);
    const mine = guest(ada, withdrawn.M);
    await shardOfGuest(withdrawn.id, mine).withdraw(mine.pid, LOSE);
    await finish(withdrawn);

    const voided = await announceNext(freshId());
    await enter(voided, [[ada, LOSE]]);
    await sessionOf(voided.id).voidSession("broken bottles");
    await finish(voided);

    const uncounted = await announceNext(freshId(), { ticketsMax: 1 });
    at(uncounted.close - 60);
    const plain = guest(ada, uncounted.M);
    await reserveAt(shardOfGuest(uncounted.id, plain), request(plain, LOSE));
    await finish(uncounted);

    expect(await passFor((await announceNext(freshId())).id, ada)).toEqual({ wine: 1, plush: 1 });
  });

  it("are what they were for a session whose manifest came before a result, whenever the pass is asked for", async () => {
    const ada = somebody();
    const first = await announceNext(freshId());
    const second = await announceNext(freshId(), { open: first.close + 200, close: first.close + 260 });
    expect(await passFor(second.id, ada)).toMatchObject({ wine: 1 });
    await enter(first, [[ada, LOSE]]);
    await finish(first);
    expect(await passFor(second.id, ada), "the loss stands behind the second manifest").toMatchObject({ wine: 1 });
    const third = await announceNext(freshId());
    expect(await passFor(third.id, ada)).toMatchObject({ wine: 2 });
    expect(await passFor(second.id, ada), "also once the loss is known").toMatchObject({ wine: 1 });
  });

  it("are nought while cooling down, and come back", async () => {
    const ada = somebody();
    const won = await play(freshId(), [[ada, WIN]]);
    const cooling = await announceNext(freshId(), { coolDownS: 86_400 });
    expect(await passFor(cooling.id, ada)).toEqual({ wine: 0, plush: 1 });
    at(won.close + 86_400);
    expect(await passFor((await announceNext(freshId(), { coolDownS: 3_600 })).id, ada)).toEqual({ wine: 1, plush: 1 });
  });

  it("stay the same when the object forgets what it has in memory, and after the shards are deleted", async () => {
    const ada = somebody();
    const lost = await play(freshId(), [[ada, LOSE]], { shardsKeptS: 0 });
    const next = await announceNext(freshId());
    await evictDurableObject(membersOf(personOf(ada)));
    expect(await shardOfGuest(lost.id, guest(ada, lost.M)).retire(hex(lost.M))).toMatchObject({ ok: true });
    expect(await passFor(next.id, ada)).toMatchObject({ wine: 2 });
    await evictDurableObject(membersOf(personOf(ada)));
    expect(await passFor(next.id, ada)).toMatchObject({ wine: 2 });
  });

  it("are not given on a guess: while the log or a file cannot be reached there is no pass", async () => {
    const ada = somebody();
    await play(freshId(), [[ada, LOSE]]);
    const next = await announceNext(freshId());
    for (const unreachable of ["log.placesOf", "archive.get", "files.get"]) {
      world().fate = (call) => (call.startsWith(unreachable) ? "lost" : "ok");
      await evictDurableObject(membersOf(personOf(ada)));
      await expect(passFor(next.id, ada), unreachable).rejects.toThrow();
    }
    world().fate = () => "ok";
    expect(await passFor(next.id, ada)).toMatchObject({ wine: 2 });
  });
});

describe("what a session leaves", () => {
  it("is one private file per shard where losses count, and none elsewhere", async () => {
    const counting = await play(freshId(), [[somebody(), LOSE]]);
    const plain = await announceNext(freshId(), { ticketsMax: 1 });
    await finish(plain);
    expect(await archived(`fairpour/places/${counting.id}/`)).toEqual([0, 1].map((s) => `fairpour/places/${counting.id}/${s}`));
    expect(await archived(`fairpour/places/${plain.id}/`)).toEqual([]);
  });

  it("is in no public bucket", async () => {
    const { id } = await play(freshId(), [[somebody(), LOSE]]);
    const { objects } = await env.FILES.list({ prefix: "fairpour/" });
    expect(objects).toEqual([]);
    expect((await env.FILES.list({ prefix: `draws/${id}/places` })).objects).toEqual([]);
  });

  it("leaves manifest and rules of other sessions as they were", async () => {
    const rulesOf = async (id: string) => {
      const json = async (key: string) =>
        JSON.parse(new TextDecoder().decode(await ((await env.FILES.get(key)) as R2ObjectBody).arrayBuffer())) as object;
      const { rulesHash } = (await json(`draws/${id}/manifest.json`)) as { rulesHash: string };
      return (await json(`rules/${rulesHash}`)) as { counting?: object };
    };
    const [plain, weighted] = [await announceNext(freshId(), { ticketsMax: 1 }), await announceNext(freshId(), { coolDownS: 60 })];
    expect(await rulesOf(plain.id)).not.toHaveProperty("counting");
    expect((await rulesOf(weighted.id)).counting).toEqual({ coolDownS: 60, lossesCountS: LOSSES_COUNT_S });
  });
});

describe("a member shard survives a crash at every storage call of", () => {
  it("count", () =>
    crashEverywhere({
      object: () => "members/",
      arrange: async (id) => {
        const ada = `ada of ${id}`;
        await play(`${id}-a`, [[ada, LOSE]]);
        await play(`${id}-b`, [[ada, LOSE]]);
        await announceNext(`${id}-c`);
        return ada;
      },
      act: (id, ada) => passFor(`${id}-c`, ada),
      check: async (id, ada) => {
        expect(await passFor(`${id}-c`, ada)).toEqual({ wine: 3, plush: 1 });
        expect(await passFor(`${id}-b`, ada)).toEqual({ wine: 2, plush: 1 });
      },
    }));
});

describe("an opening", () => {
  it("joins a person's entries to the losses that their tickets rest on, and to nobody else's", async () => {
    const [ada, bo] = [somebody(), somebody()];
    const lost = await play(freshId(), [
      [ada, LOSE],
      [bo, LOSE],
    ]);
    const won = await play(freshId(), [
      [ada, WIN],
      [bo, WIN],
    ]);
    const person = personOf(ada);
    const { pid, nonce } = guest(ada, won.M);
    const all = await membersOf(person).open({ session: won.id, pids: [hex(pid), "00".repeat(32)] });
    expect(all).toHaveLength(1);
    const opened = all[0] as Opened;
    const inner = innerKeyOf(settingsOf(env).PEPPER, person);
    expect(opened).toMatchObject({ pid: hex(pid), entries: [{ inner: hex(inner), nonce: hex(nonce) }] });
    const { chain } = opened.entries[0] as Opening;
    expect(chain).toMatchObject([{ session: lost.id }]);
    const { shard, index, nonce: shown } = chain[0] as Opening["chain"][0];
    const bytes = new Uint8Array(await ((await env.FILES.get(`draws/${lost.id}/shards/${shard}`)) as R2ObjectBody).arrayBuffer());
    const body = readShardBundle(bytes, lost.M, shard).subarray(index * 46, (index + 1) * 46);
    expect(hex(eidOf(lost.M, unhex(shown), pidFrom(inner, lost.M)))).toBe(hex(readEntryBody(body).eid));
  });
});

describe("who won after a pass was issued", () => {
  const desk = async (method: string, path: string, sub: string, body?: object) => {
    const token = await tokenOf({ v: 1, role: "operator", sub, exp: 4_000_000_000 });
    const answer = await call(method, path, { token, ...(body ? { body } : {}) });
    expect([200, 201], answer.text).toContain(answer.status);
    return answer.body;
  };
  const later = () => ({ open: world().nowMs / 1000 + 400, close: world().nowMs / 1000 + 460 });

  it("is found with every entry in the family, and excluded by two operators", async () => {
    const [ada, bo, cy, di] = [somebody(), somebody(), somebody(), somebody()];
    const next = await announceNext(freshId(), { ...later(), coolDownS: 600 });
    await registerSession(recordsOf(env.DB, "fairpour"), next.id, next.close - 60);
    for (const name of [ada, bo, cy, di]) expect(await passFor(next.id, name)).toMatchObject({ wine: 1 });
    await play(freshId(), [
      [ada, WIN],
      [bo, LOSE],
      [cy, PLUSH],
      [di, WIN],
    ]);
    await enter(next, [
      [ada, WIN],
      [ada, PLUSH],
      [bo, WIN],
      [cy, WIN],
      [di, WIN],
    ]);
    const withdrawn = guest(di, next.M);
    await shardOfGuest(next.id, withdrawn).withdraw(withdrawn.pid, WIN);
    const { pid } = guest(ada, next.M);
    const own = await shardOfGuest(next.id, guest(ada, next.M)).own(pid);
    const mine = (own.ok ? own.value : []).map(({ receipt }) => JSON.parse(receipt) as Receipt);
    const { shard, index } = mine.find(({ pools: [pool] }) => pool === WIN) as Receipt;
    const path = `/v1/admin/sessions/${next.id}`;
    const { rows } = await desk("GET", `${path}/cooling-down`, "ann");
    expect(rows).toEqual([{ shard, index, reason: 13 }]);

    await runUntil(next.id, next.close);
    const proposal = "won-meanwhile";
    await desk("POST", `${path}/exclusions`, "ann", { proposal, note: "won since", rows });
    await desk("POST", `${path}/proposals/${proposal}/confirm`, "ben", {});
    await finish(next);
    expect((await audited(next.id)).outcome.counts).toMatchObject({ entries: 5, excluded: 2, reasons: { 1: 1, 13: 1 } });
    expect(await passFor((await announceNext(freshId())).id, ada), "who was excluded has not won again").toMatchObject({ wine: 1 });
  });

  it("is nobody where the rules have no cool-down", async () => {
    const ada = somebody();
    const next = await announceNext(freshId(), later());
    await registerSession(recordsOf(env.DB, "fairpour"), next.id, next.close - 60);
    await passFor(next.id, ada);
    await play(freshId(), [[ada, WIN]]);
    await enter(next, [[ada, WIN]]);
    expect(await desk("GET", `/v1/admin/sessions/${next.id}/cooling-down`, "ann")).toEqual({ rows: [] });
  });
});
