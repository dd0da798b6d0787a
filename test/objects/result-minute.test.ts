// The result minute: whatever a crowd asks for at once comes from published files. No object is called, no row is read.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { counted } from "../../bench/worker/counted.ts";
import type { SessionState, SessionView } from "../../contracts/sessions.ts";
import { reserveAt } from "../../contracts/shard.ts";
import { createApp } from "../../workers/app.ts";
import { freshCatalog, putNew } from "./support/catalog.ts";
import {
  announced,
  at,
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

beforeEach(() => {
  freshWorld();
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

/** The edge's clock follows the objects'; a second later nothing that it remembers of the last look holds. */
function later(): void {
  world().nowMs += 1_001;
  vi.setSystemTime(world().nowMs);
}

const app = () => createApp(world().chains);
const ask = async (path: string, from: Env = env, headers: Record<string, string> = {}) => app().request(path, { headers }, from);
const state = async (id: string, from: Env) =>
  ((await (await ask(`/v1/sessions/${id}`, from)).json()) as SessionView).state as SessionState;

async function withOneGuest(id: string): Promise<void> {
  const M = await announced(id);
  at(OPEN);
  const ada = guest("ada", M);
  expect(await reserveAt(shardOfGuest(id, ada), request(ada, 2))).toMatchObject({ ok: true });
}

describe("the view of a session", () => {
  it("follows from its files and the clock in every state, without an object or a row", async () => {
    const id = freshId();
    const { env: watched, counts } = counted(env);
    await announced(id);
    const seen: SessionState[] = [];
    for (const untilS of [OPEN - 5, OPEN + 5, CLOSE + 2, CLOSE + 20, CLOSE + 60, CLOSE + 1000]) {
      await runUntil(id, untilS);
      later();
      seen.push(await state(id, watched));
    }
    expect(seen).toEqual(["announced", "open", "closed", "frozen", "awarding", "settled"]);
    expect(counts).toMatchObject({ objects: 0, statements: 0 });
  });

  it("says that a session was voided, and why", async () => {
    const id = freshId();
    await announced(id);
    await sessionOf(id).voidSession("The truck burned.");
    later();
    const view = (await (await ask(`/v1/sessions/${id}`)).json()) as SessionView;
    expect(view).toMatchObject({ state: "voided", voided: { text: "The truck burned." } });
  });

  it("gives each wave its times", async () => {
    const id = freshId();
    await withOneGuest(id);
    await runUntil(id, CLOSE + 60);
    later();
    const { waves } = (await (await ask(`/v1/sessions/${id}`)).json()) as SessionView;
    expect(waves).toEqual([{ no: 1, s: CLOSE + 40, payBy: CLOSE + 140, pickupUntil: CLOSE + 340, awards: 1, lapses: 0 }]);
  });
});

describe("a published file", () => {
  it("that is not there yet answers 404 for a second, and R2 is asked once a second however many ask", async () => {
    const id = freshId();
    await withOneGuest(id);
    later();
    const { env: watched, counts } = counted(env);
    const path = `/draws/${id}/result.json`;
    for (let caller = 0; caller < 5; caller++) {
      const answer = await ask(path, watched);
      expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([404, "public, max-age=1"]);
    }
    expect(counts.files).toBe(1);
    await runUntil(id, CLOSE + 60);
    later();
    expect((await ask(path, watched)).status).toBe(200);
    for (let caller = 0; caller < 5; caller++) expect((await ask(path, watched)).status).toBe(200);
    expect(counts).toMatchObject({ objects: 0, statements: 0, files: 2 });
  });

  it("is answered with 304 to whoever has it, whether the edge still remembers it or not", async () => {
    const id = freshId();
    await withOneGuest(id);
    const path = `/draws/${id}/manifest.json`;
    const etag = (await ask(path)).headers.get("ETag") as string;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"])
      expect((await ask(path, env, { "If-None-Match": known })).status, known).toBe(304);
    expect((await ask(path, env, { "If-None-Match": '"x"' })).status).toBe(200);
  });

  it("that is too large to remember comes from R2 each time, whole", async () => {
    const key = `draws/${freshId()}/tables/1`;
    const bytes = new Uint8Array(100_000).map((_, at) => at);
    await env.FILES.put(key, bytes);
    const { env: watched, counts } = counted(env);
    for (let caller = 0; caller < 2; caller++) {
      const answer = await ask(`/${key}`, watched);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
      expect((await ask(`/${key}`, watched, { "If-None-Match": answer.headers.get("ETag") as string })).status).toBe(304);
    }
    expect(counts.files).toBe(4);
  });
});

describe("files that end a session", () => {
  it.each([
    ["settled.json", "settled"],
    ["waves/1.json", "wave"],
  ])("%s keeps its first bytes when its writing was cut off", async (name, type) => {
    const id = freshId();
    await withOneGuest(id);
    let cut = 0;
    world().fate = (call) => (call === `files.put draws/${id}/${name}` && cut++ === 0 ? "done-but-lost" : "ok");
    const texts = new Set<string>();
    // Around the first wave, around the end, and long after it.
    for (const s of [40, 41, 42, 43, 340, 341, 342, 343, 1000]) {
      await runUntil(id, CLOSE + s);
      const text = await (await env.FILES.get(`draws/${id}/${name}`))?.text();
      if (text) texts.add(text);
    }
    expect(cut).toBe(2);
    expect(texts.size).toBe(1);
    expect(JSON.parse([...texts][0] as string)).toMatchObject({ type, session: id });
  });
});

describe("replies that a crowd shares", () => {
  beforeEach(async () => {
    await freshCatalog();
    await putNew("wine");
  });

  it.each([
    ["/v1/sessions", 1],
    ["/v1/catalog", 60],
    ["/v1/stores?market=CN", 60],
  ])("%s is read from D1 once in %d s, and says that caches may do the same", async (path, seconds) => {
    vi.setSystemTime(world().nowMs + 3_600_000);
    const { env: watched, counts } = counted(env);
    const first = await ask(path, watched);
    const once = counts.statements;
    expect(once).toBeGreaterThan(0);
    expect(first.headers.get("Cache-Control")).toBe(`public, max-age=${seconds}`);
    for (let caller = 0; caller < 5; caller++) expect((await ask(path, watched)).status).toBe(200);
    const known = await ask(path, watched, { "If-None-Match": first.headers.get("ETag") as string });
    expect(known.status).toBe(304);
    expect(counts.statements).toBe(once);
    vi.setSystemTime(Date.now() + seconds * 1000);
    await ask(path, watched);
    expect(counts.statements).toBe(2 * once);
  });

  it("reads nothing for a market that cannot be one", async () => {
    const { env: watched, counts } = counted(env);
    expect(await (await ask("/v1/stores?market=nowhere", watched)).json()).toEqual({ stores: [] });
    expect(counts.statements).toBe(0);
  });
});
