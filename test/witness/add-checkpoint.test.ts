// A witness over HTTP: what it cosigns, what it refuses and with which status, and that no two of its signatures contradict each other.
import { evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Bytes, u32 } from "../../domain/bytes.ts";
import { publicKeyOf } from "../../domain/ed25519.ts";
import { addCheckpointText } from "../../domain/log/add-checkpoint.ts";
import { cosignedAt } from "../../domain/log/cosignature.ts";
import { KEY_TYPE, noteKey, parseNote, vkeyOf } from "../../domain/log/note.ts";
import handler from "../../witness/index.ts";
import { call, get, post } from "./support/http.ts";
import { ORIGIN, shop, TestLog } from "./support/shop.ts";

const KEY = noteKey("witness.example/w1", KEY_TYPE.cosignature, publicKeyOf(new Uint8Array(32).fill(0x66)));
const objects = (env as unknown as { WITNESSED: DurableObjectNamespace }).WITNESSED;
const stub = () => objects.getByName(ORIGIN);

const honest = new TestLog(Array.from({ length: 9 }, (_, at) => u32(at)));
/** The same log up to its fifth entry, and another one from there. */
const forked = new TestLog(honest.entries.map((entry, at) => (at < 5 ? entry : u32(1000 + at))));

beforeEach(async () => {
  shop().answer = () => new Response("", { status: 404 });
  await runInDurableObject(stub(), async (_, { storage }) => storage.deleteAll());
  await evictDurableObject(stub());
});

const add = (request: string) => post("/add-checkpoint", request);
const state = async () => (JSON.parse((await get("/")).text) as { logs: { size: number }[] }).logs[0]?.size;

describe("a witness", () => {
  it("says its key, who runs it and where it stands", async () => {
    expect((await get("/vkey")).text).toBe(`${vkeyOf(KEY)}\n`);
    expect(JSON.parse((await get("/")).text)).toMatchObject({
      witness: vkeyOf(KEY),
      by: "Witness (example)",
      logs: [{ origin: ORIGIN, size: 0 }],
    });
  });

  it("cosigns a first checkpoint, and then whatever continues it, with the time of its own clock", async () => {
    for (const [old, size] of [
      [0, 1],
      [1, 1],
      [1, 4],
      [4, 8],
      [8, 9],
    ] as const) {
      const before = Math.floor(Date.now() / 1000);
      const { status, text } = await add(honest.request(old, size));
      expect([status, text.split("\n").length], `${old} to ${size}`).toEqual([200, 2]);
      const time = cosignedAt(parseNote(honest.checkpoint(size) + text), KEY);
      // An object's clock stands still between its I/O, so it may be behind by a moment.
      expect(time).toBeGreaterThanOrEqual(before - 1);
      expect(time).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
      expect(await state()).toBe(size);
    }
  });

  it("gives the same checkpoint the same cosignature, also after it was put to sleep", async () => {
    const first = await add(honest.request(0, 4));
    await evictDurableObject(stub());
    expect((await add(honest.request(4, 4))).text).toBe(first.text);
  });

  it("shows the last checkpoint that it cosigned, with the log's signature and its own", async () => {
    expect((await get(`/logs/${ORIGIN}/checkpoint`)).status).toBe(404);
    const { text } = await add(honest.request(0, 4));
    expect((await get(`/logs/${ORIGIN}/checkpoint`)).text).toBe(honest.checkpoint(4) + text);
  });
});

describe("a witness that stands at five entries answers", () => {
  beforeEach(async () => {
    expect((await add(honest.request(0, 5))).status).toBe(200);
  });

  const good = () => ({ old: 5, path: honest.path(5), checkpoint: honest.checkpoint() });
  const other = new Uint8Array(32).fill(9) as Bytes;
  it.each<[string, () => string, number, string]>([
    ["nothing", () => "", 400, "unreadable\n"],
    ["JSON", () => '{"old":5}', 400, "unreadable\n"],
    ["no old size", () => honest.checkpoint(), 400, "unreadable\n"],
    ["a checkpoint of another form", () => addCheckpointText({ ...good(), checkpoint: "a\n9\nAAAA\n\n" }), 400, "unreadable\n"],
    [
      "a tree that is smaller than the old size",
      () => addCheckpointText({ old: 9, path: [], checkpoint: honest.checkpoint(5) }),
      400,
      "old_above_new\n",
    ],
    [
      "a log that it does not know",
      () => addCheckpointText({ ...good(), checkpoint: honest.checkpoint(9, { origin: "other.example/log" }) }),
      404,
      "unknown log\n",
    ],
    [
      "another key's signature",
      () => addCheckpointText({ ...good(), checkpoint: honest.checkpoint(9, { seed: other }) }),
      403,
      "not_signed\n",
    ],
    [
      "a signature of another checkpoint",
      () => addCheckpointText({ ...good(), checkpoint: honest.checkpoint(9).replace("\n9\n", "\n8\n") }),
      403,
      "not_signed\n",
    ],
    [
      "two signatures of the log",
      () => addCheckpointText({ ...good(), checkpoint: honest.checkpoint() + (honest.checkpoint().split("\n\n")[1] as string) }),
      403,
      "not_signed\n",
    ],
    ["an old size of zero", () => honest.request(0), 409, "5\n"],
    ["an old size below", () => honest.request(4), 409, "5\n"],
    ["an old size above", () => honest.request(8), 409, "5\n"],
    [
      "another tree of the same size",
      () => addCheckpointText({ old: 5, path: [], checkpoint: new TestLog(forked.entries.slice(3, 8)).checkpoint() }),
      409,
      "5\n",
    ],
    ["no proof", () => addCheckpointText({ ...good(), path: [] }), 422, "inconsistent\n"],
    ["a proof of other sizes", () => addCheckpointText({ ...good(), path: honest.path(4) }), 422, "inconsistent\n"],
    [
      "a proof with a step more",
      () => addCheckpointText({ ...good(), path: [...honest.path(5), honest.root()] }),
      422,
      "inconsistent\n",
    ],
    ["another history", () => new TestLog([u32(77), ...honest.entries.slice(1)]).request(5), 422, "inconsistent\n"],
    [
      "a proof where the size is the same",
      () => addCheckpointText({ old: 5, path: [honest.root()], checkpoint: honest.checkpoint(5) }),
      422,
      "inconsistent\n",
    ],
  ])("%s: status and reason, and stays where it stood", async (_, request, status, text) => {
    const answer = await add(request());
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(answer.type).toBe(status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8");
    expect(await state()).toBe(5);
  });

  it("33 kB: too large, read no further", async () => {
    expect((await add(honest.request(5) + "x".repeat(33_000))).status).toBe(413);
    expect(await state()).toBe(5);
  });

  it("two histories that come at the same moment: one of them is cosigned, and the other never is", async () => {
    const answers = await Promise.all([
      add(honest.request(5)),
      add(forked.request(5)),
      add(honest.request(5)),
      add(forked.request(5)),
    ]);
    const cosigned = [honest, forked].filter((log, at) =>
      answers.some(
        ({ status, text }, which) => which % 2 === at && status === 200 && cosignedAt(parseNote(log.checkpoint() + text), KEY),
      ),
    );
    expect(cosigned).toHaveLength(1);
    const loser = cosigned[0] === honest ? forked : honest;
    expect((await add(loser.request(9, 9))).status).toBe(409);
    expect((await add(loser.request(5))).status).toBe(409);
  });
});

describe("an address", () => {
  it.each([
    ["GET", "/add-checkpoint", "POST"],
    ["PUT", "/vkey", "GET"],
    ["DELETE", `/logs/${ORIGIN}/complaints`, "GET, POST"],
  ])("that does not take %s %s says what it takes", async (method, path, allow) => {
    const answer = await call(method, path);
    expect([answer.status, answer.headers.get("Allow")]).toEqual([405, allow]);
  });

  it("answers a page's preflight", async () => {
    const answer = await call("OPTIONS", `/logs/${ORIGIN}/complaints`);
    expect([answer.status, answer.headers.get("Access-Control-Allow-Methods")]).toEqual([204, "GET, POST"]);
  });

  it.each([
    "/nothing",
    "/verify",
    "/logs/",
    "/logs/other.example/log/checkpoint",
    `/logs/${ORIGIN}`,
    `/logs/${ORIGIN}/draws/s/seal.txt`,
  ])("%s is not there", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it("of a log that the settings do not name creates no object", async () => {
    await add(honest.request(0).replaceAll(ORIGIN, "other.example/log"));
    await get("/logs/other.example/log/checkpoint");
    expect((await listDurableObjectIds(objects)).map(({ name }) => name)).not.toContain("other.example/log");
  });
});

describe("without its settings", () => {
  const serve = (changes: object) =>
    handler.fetch(new Request("http://witness.test/vkey") as never, { ...env, ...changes } as never);

  it.each([
    ["no key", { WITNESS_KEY: undefined }],
    ["an empty key", { WITNESS_KEY: "" }],
    ["a short key", { WITNESS_KEY: "66" }],
    ["a name with a space", { NAME: "my witness" }],
    ["nobody who runs it", { BY: "" }],
    ["a log with a witness's key", { LOGS: [{ key: vkeyOf(KEY), url: "https://shop.test/log" }] }],
    ["a log without an address", { LOGS: [{ key: "x" }] }],
  ])("(%s) it serves nothing, and says no value", async (_, changes) => {
    const answer = await serve(changes);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("6666");
  });
});
