// The session log inside workerd: places for ever, tiles before checkpoints, witnesses that fail in every way, and a log that was put back.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import { isSignedBy, parseCheckpoint } from "../../domain/log/checkpoint.ts";
import { cosigned, type Witnesses } from "../../domain/log/cosignature.ts";
import { vkeyOf } from "../../domain/log/note.ts";
import { covering, parseProof } from "../../domain/log/proof.ts";
import { consistencyPath, consistent } from "../../domain/log/tree.ts";
import { SIZE_TYPE } from "../../domain/log/witnessing.ts";
import type { Standing } from "../../durable-objects/log/messages.ts";
import { crashEverywhere } from "./support/crash.ts";
import { call } from "./support/http.ts";
import { auditedLog, published } from "./support/log.ts";
import { freshId, freshWorld, logOf } from "./support/session.ts";
import { LOG_KEY, type TestWitness, withWitnesses } from "./support/witnesses.ts";
import { world } from "./support/world.ts";

const entry = (session: string, type = "seal", more: object = {}): Bytes => objectBytes({ v: 1, type, session, ...more });
const NOBODY: Witnesses = { k: 0, keys: [] };

let witnesses: TestWitness[] = [];

/** Each test has a log of its own: object, files and witnesses that have seen nothing. */
beforeEach(async () => {
  freshWorld();
  witnesses = [];
  await runInDurableObject(logOf(), async (_, { storage }) => storage.deleteAll());
  await evictDurableObject(logOf());
  const { objects } = await env.FILES.list({ prefix: "log/" });
  await env.FILES.delete(objects.map(({ key }) => key));
});

const named = (k: number): Witnesses => ({
  k,
  keys: witnesses.map(({ key }, at) => ({ key: vkeyOf(key), by: `Witness ${at + 1}`, brand: at === 0 })),
});

async function add(entries: Bytes[], wanted: Witnesses = NOBODY, before?: number): Promise<Standing[]> {
  const list = entries.map((bytes) => (before === undefined ? { bytes } : { bytes, before }));
  const outcome = await logOf().add({ entries: list, witnesses: wanted });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

const signedBy = ({ proof }: Standing, wanted: Witnesses): string[] =>
  cosigned(parseCheckpoint(parseProof(proof).checkpoint).note, wanted).map(({ by }) => by);

describe("an entry", () => {
  it("has its place for ever: the same again, also later and after eviction, gives the same", async () => {
    const [one, two] = [entry(freshId()), entry(freshId())];
    expect((await add([one])).map(({ index }) => index)).toEqual([0]);
    expect((await add([two])).map(({ index }) => index)).toEqual([1]);
    await evictDurableObject(logOf());
    expect((await add([two, one])).map(({ index }) => index)).toEqual([1, 0]);
    expect(await auditedLog()).toEqual([one, two]);
  });

  it("can be proved from what the log answers, by nothing but its bytes", async () => {
    const entries = Array.from({ length: 5 }, (_, at) => entry(`proved-${at}`));
    const standings = await add(entries);
    standings.forEach(({ index, proof }, at) => {
      expect(index).toBe(at);
      const checkpoint = covering(parseProof(proof), entries[at] as Bytes);
      expect(checkpoint && isSignedBy(checkpoint, LOG_KEY)).toBe(true);
      expect(covering(parseProof(proof), entry("another"))).toBeUndefined();
    });
  });

  it("with other bytes under the same name is refused, and nothing beside it is taken", async () => {
    const id = freshId();
    await add([entry(id, "seal", { entries: 1 })]);
    const both = [entry(freshId()), entry(id, "seal", { entries: 2 })];
    expect(await logOf().add({ witnesses: NOBODY, entries: both.map((bytes) => ({ bytes })) })).toEqual({
      ok: false,
      refusal: "log_conflict",
    });
    expect(await auditedLog()).toHaveLength(1);
  });

  it("of a wave is one per number", async () => {
    const id = freshId();
    const waves = [1, 2].map((no) => entry(id, "wave", { no }));
    expect((await add([...waves, waves[0] as Bytes])).map(({ index }) => index)).toEqual([0, 1, 0]);
  });

  it.each<[string, Bytes]>([
    ["of 4,096 bytes", entry("long", "seal", { text: "x".repeat(4_096 - 48) })],
    ["that is not canonical", utf8('{"type":"seal", "session":"s","v":1}')],
    ["of an unknown type", entry("s", "note")],
    ["of a void without a cause", entry("s", "void")],
    ["of a wave without a number", entry("s", "wave")],
    ["without a session", objectBytes({ v: 1, type: "seal" })],
    ["of another version", objectBytes({ v: 2, type: "seal", session: "s" })],
  ])("%s is not taken", async (_, bytes) => {
    await expect(add([bytes])).rejects.toThrow();
    expect(await auditedLog()).toEqual([]);
  });

  it("of 4,095 bytes is taken", async () => {
    const bytes = entry("long", "seal", { text: "x".repeat(4_095 - 48) });
    expect(bytes).toHaveLength(4_095);
    await add([bytes]);
    expect(await auditedLog()).toEqual([bytes]);
  });
});

describe("the files", () => {
  it("of 600 entries in groups read back to every entry, and every two checkpoints are consistent", async () => {
    const entries = Array.from({ length: 600 }, (_, at) => entry(`many-${at}`));
    const seen: { size: number; root: Bytes }[] = [];
    for (let from = 0; from < 600; from += 75) {
      await add(entries.slice(from, from + 75));
      const { size, root } = (await published()) as { size: number; root: Bytes };
      seen.push({ size, root });
    }
    expect(await auditedLog()).toEqual(entries);
    const tile = new Uint8Array((await (await env.FILES.get("log/tile/0/000"))?.arrayBuffer()) as ArrayBuffer);
    expect(tile).toHaveLength(8192);
    await runInDurableObject(logOf(), (_, { storage }) => {
      const hashAt = (level: number, at: number) =>
        new Uint8Array(
          storage.sql.exec<{ hash: ArrayBuffer }>("SELECT hash FROM nodes WHERE level = ? AND at = ?", level, at).one().hash,
        );
      for (const older of seen) {
        for (const newer of seen.filter(({ size }) => size >= older.size)) {
          const path = consistencyPath(hashAt, older.size, newer.size);
          expect(consistent(older.size, newer.size, path, older.root, newer.root)).toBe(true);
        }
      }
    });
  });

  it("are served as C2SP asks: checkpoint hardly cached, tiles for ever, the head not at all", async () => {
    await add([entry(freshId())]);
    const checkpoint = await call("GET", "/log/checkpoint");
    expect([checkpoint.status, checkpoint.headers.get("Content-Type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(checkpoint.headers.get("Cache-Control")).toBe("public, max-age=1");
    for (const path of ["/log/tile/0/000.p/1", "/log/tile/entries/000.p/1"]) {
      const tile = await call("GET", path);
      expect([tile.status, tile.headers.get("Content-Type")]).toEqual([200, "application/octet-stream"]);
      expect(tile.headers.get("Cache-Control")).toContain("immutable");
    }
    for (const path of ["/log/head", "/log/tile/0/0", "/log/tile/0/001", "/log/tile/0/..%2fhead", "/log/tile/../head", "/log/"]) {
      expect((await call("GET", path)).status, path).toBe(404);
    }
    expect((await call("GET", "/log/vkey")).text).toBe(`${vkeyOf(LOG_KEY)}\n`);
  });

  it.each(["tile/0/000.p/1", "tile/entries/000.p/1", "head"])(
    "without %s there is no checkpoint, and the next attempt makes both",
    async (name) => {
      for (const fate of ["lost", "done-but-lost"] as const) {
        const bytes = entry(freshId());
        world().fate = (what) => (what === `files.put log/${name}` ? fate : "ok");
        await expect(add([bytes])).rejects.toThrow();
        expect(await published()).toBeUndefined();
        world().fate = () => "ok";
        await add([bytes]);
        expect(await auditedLog()).toEqual([bytes]);
        await runInDurableObject(logOf(), async (_, { storage }) => storage.deleteAll());
        await evictDurableObject(logOf());
        for (const { key } of (await env.FILES.list({ prefix: "log/" })).objects) await env.FILES.delete(key);
      }
    },
  );

  it("whose checkpoint could not be written are caught up by the next call", async () => {
    const bytes = entry(freshId());
    world().fate = (what) => (what === "files.put log/checkpoint" ? "lost" : "ok");
    await expect(add([bytes])).rejects.toThrow();
    world().fate = () => "ok";
    await evictDurableObject(logOf());
    await add([bytes]);
    expect(await auditedLog()).toEqual([bytes]);
  });
});

describe("witnesses", () => {
  beforeEach(() => {
    witnesses = withWitnesses(2);
  });
  const [w1, w2, w3] = [0, 1, 2].map((at) => () => witnesses[at] as TestWitness) as [
    () => TestWitness,
    () => TestWitness,
    () => TestWitness,
  ];

  it("that are all well all cosign, each once per checkpoint", async () => {
    const [standing] = await add([entry(freshId())], named(2));
    expect(signedBy(standing as Standing, named(2))).toEqual(["Witness 1", "Witness 2", "Witness 3"]);
    expect(cosigned((await published())?.note as never, named(2))).toHaveLength(3);
    expect(witnesses.map(({ asked }) => asked)).toEqual([1, 1, 1]);
  });

  it("continue from where they stand: one request each per checkpoint", async () => {
    for (let round = 0; round < 4; round++) await add([entry(freshId())], named(2));
    expect(witnesses.map(({ asked, size }) => [asked, size])).toEqual([
      [4, 4],
      [4, 4],
      [4, 4],
    ]);
  });

  it.each<[string, (witness: TestWitness) => TestWitness["mood"]]>([
    ["is down", () => () => undefined],
    ["answers 500", () => () => new Response("oops", { status: 500 })],
    ["answers a page", () => () => new Response("<html>")],
    ["answers nothing", () => () => new Response("")],
    ["answers a flood", () => (honest) => new Response(honest().statusText.padEnd(10_000, "x"))],
    ["signs another text", (witness) => () => new Response(witness.line("fairpour.example/sessions\n1\nAAAA\n"))],
    ["sends another's signature", () => () => new Response(w2().line("x\n"))],
    [
      "says that it stands ahead of the log",
      () => () => new Response("99\n", { status: 409, headers: { "Content-Type": SIZE_TYPE } }),
    ],
    ["says a size that is none", () => () => new Response("-1\n", { status: 409, headers: { "Content-Type": SIZE_TYPE } })],
    ["sends us somewhere else", () => () => new Response("", { status: 302, headers: { Location: "http://w2.test" } })],
    ["breaks off", () => () => Promise.reject(new Error("connection reset"))],
  ])("of which one %s are still a quorum", async (_, mood) => {
    w1().mood = mood(w1());
    const [standing] = await add([entry(freshId())], named(2));
    expect(signedBy(standing as Standing, named(2))).toEqual(["Witness 2", "Witness 3"]);
    expect((await published())?.size).toBe(1);
  });

  it("of which one never answers are not waited for longer than the others need", async () => {
    w1().mood = () => new Promise<undefined>(() => undefined);
    const [standing] = await add([entry(freshId())], named(2));
    expect(signedBy(standing as Standing, named(2))).toEqual(["Witness 2", "Witness 3"]);
  });

  it("below the quorum leave the public checkpoint where it was, and the entry says who has signed", async () => {
    await add([entry(freshId())], named(2));
    w1().mood = () => undefined;
    w2().mood = () => undefined;
    const late = entry(freshId());
    const [standing] = await add([late], named(2));
    expect(signedBy(standing as Standing, named(2))).toEqual(["Witness 3"]);
    expect((await published())?.size).toBe(1);
    w2().mood = (honest) => honest();
    world().nowMs += 60_000;
    const [again] = await add([late], named(2));
    expect(signedBy(again as Standing, named(2))).toEqual(["Witness 2", "Witness 3"]);
    expect((await published())?.size).toBe(2);
    expect(w3().asked, "who has signed is not asked again").toBe(2);
  });

  it("that come late do not count for what had to be earlier, and the first timely checkpoint is the one shown", async () => {
    const start = Math.floor(world().nowMs / 1000);
    w2().clockS = 100;
    w3().clockS = 100;
    const bytes = entry(freshId());
    const [late] = await add([bytes], named(2), start + 50);
    expect(parseCheckpoint(parseProof((late as Standing).proof).checkpoint).size).toBe(1);
    w2().clockS = 0;
    await add([entry(freshId())], named(2));
    const [timely] = await add([bytes], named(2), start + 50);
    expect(parseCheckpoint(parseProof((timely as Standing).proof).checkpoint).size).toBe(2);
    const [any] = await add([bytes], named(2));
    expect(parseCheckpoint(parseProof((any as Standing).proof).checkpoint).size, "the first that has its quorum").toBe(1);
  });

  it("that were away for a while are brought along from where they stood", async () => {
    w1().mood = () => undefined;
    for (let round = 0; round < 9; round++) await add([entry(freshId())], named(2));
    w1().mood = (honest) => honest();
    const [standing] = await add([entry(freshId())], named(2));
    expect(signedBy(standing as Standing, named(2))).toContain("Witness 1");
    expect(w1().size).toBe(10);
  });

  it("whose reply was lost are asked from the size that they name", async () => {
    const bytes = entry(freshId());
    world().fate = (what) => (what.startsWith("witness") ? "done-but-lost" : "ok");
    expect(signedBy((await add([bytes], named(2)))[0] as Standing, named(2))).toEqual([]);
    expect(witnesses.map(({ size }) => size)).toEqual([1, 1, 1]);
    world().fate = () => "ok";
    expect(signedBy((await add([bytes], named(2)))[0] as Standing, named(2))).toHaveLength(3);
  });

  it("are asked by groups: entries that come together share a checkpoint", async () => {
    await Promise.all(Array.from({ length: 20 }, () => add([entry(freshId())], named(2))));
    expect((await published())?.size).toBe(20);
    expect(w1().asked).toBeLessThanOrEqual(3);
  });
});

describe("a log that was put back to an earlier day", () => {
  beforeEach(() => {
    witnesses = withWitnesses(2);
  });

  /** Three entries are signed, then the storage is as it was after the first. */
  async function putBack(): Promise<void> {
    for (let round = 0; round < 3; round++) await add([entry(`before-${round}`)], named(2));
    await runInDurableObject(logOf(), (_, { storage }) => {
      storage.sql.exec("DELETE FROM entries WHERE at > 0");
      storage.sql.exec("DELETE FROM nodes WHERE NOT (level = 0 AND at = 0)");
      storage.sql.exec("DELETE FROM checkpoints WHERE size > 1");
      storage.sql.exec("UPDATE witnesses SET size = 1");
    });
    await evictDurableObject(logOf());
  }

  const refused = { ok: false, refusal: "log_stopped" };
  const ask = (bytes: Bytes) => logOf().add({ entries: [{ bytes }], witnesses: named(2) });

  it("refuses to sign anything, however many entries come after", async () => {
    await putBack();
    const asked = witnesses.map((witness) => witness.asked);
    for (let round = 0; round < 5; round++) expect(await ask(entry(`after-${round}`))).toEqual(refused);
    expect(witnesses.map((witness) => witness.asked)).toEqual(asked);
    expect((await published())?.size).toBe(3);
  });

  it("goes on once it has its own entries again", async () => {
    await putBack();
    expect(await ask(entry("before-1"))).toEqual(refused);
    await add([entry("before-2")], named(2));
    await add([entry("new")], named(2));
    expect(await auditedLog()).toHaveLength(4);
  });

  it("refuses even where only the signed head knows of it, because everything later failed", async () => {
    await add([entry("one")], named(2));
    world().fate = (what) => (what.startsWith("witness") || what === "files.put log/checkpoint" ? "lost" : "ok");
    await add([entry("two")], named(2)).catch(() => undefined);
    world().fate = () => "ok";
    await runInDurableObject(logOf(), (_, { storage }) => {
      storage.sql.exec("DELETE FROM entries WHERE at > 0");
      storage.sql.exec("DELETE FROM nodes WHERE NOT (level = 0 AND at = 0)");
      storage.sql.exec("DELETE FROM checkpoints WHERE size > 1");
    });
    await evictDurableObject(logOf());
    expect(await ask(entry("another two"))).toEqual(refused);
  });

  it.each([
    ["key", { LOG_KEY: "55".repeat(32) }],
    ["origin", { LOG_ORIGIN: "fairpour.example/other" }],
  ])("and one whose %s was changed both refuse", async (_, settings) => {
    await add([entry("one")], named(2));
    Object.assign(world().settings, settings);
    expect(await ask(entry("two"))).toEqual(refused);
  });
});

describe("the log survives a crash at every storage call", () => {
  it("of an append and its publication: one place, one history, witnesses included", async () => {
    let number = 0;
    const crashes = await crashEverywhere({
      object: () => "fairpour/log",
      arrange: async () => {
        witnesses = withWitnesses(2, [`a${++number}.test`, `b${number}.test`]);
        await runInDurableObject(logOf(), async (_, { storage }) => storage.deleteAll());
        await evictDurableObject(logOf());
        for (const { key } of (await env.FILES.list({ prefix: "log/" })).objects) await env.FILES.delete(key);
        const entries = [0, 1].map((at) => entry(`crash-${number}-${at}`));
        await add(entries.slice(0, 1), named(2));
        return entries;
      },
      act: (_, entries) => add(entries, named(2)),
      check: async (_, entries) => {
        const standings = await add(entries, named(2));
        expect(standings.map(({ index }) => index)).toEqual([0, 1]);
        for (const standing of standings) expect(signedBy(standing, named(2)).length).toBeGreaterThanOrEqual(2);
        expect(await auditedLog()).toEqual(entries);
        const { size, root } = (await published()) as { size: number; root: Bytes };
        for (const witness of witnesses) expect([witness.size, witness.root]).toEqual([size, hex(root)]);
      },
    });
    expect(crashes).toBeGreaterThan(4);
  });
});
