// The hash of the verify page in the log: once for each page that is served, proven, and for everybody to see.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { auditPage } from "../../domain/audit/page.ts";
import type { Broken } from "../../domain/audit/reasons.ts";
import { runAudit } from "../../domain/audit/step.ts";
import { type Bytes, utf8 } from "../../domain/bytes.ts";
import { pageBytes, readPage } from "../../domain/log/page.ts";
import { covering, parseProof } from "../../domain/log/proof.ts";
import { logVerifyPage } from "../../workers/verify-page.ts";
import { crashEverywhere } from "./support/crash.ts";
import { call } from "./support/http.ts";
import { auditedLog } from "./support/log.ts";
import { freshWorld, logOf } from "./support/session.ts";
import { withWitnesses } from "./support/witnesses.ts";
import { world } from "./support/world.ts";

const [FIRST, SECOND, OTHER, THIRD] = ["11", "22", "33", "44"].map((pair) => pair.repeat(32)) as [string, string, string, string];

const withGoods = () =>
  env.DB.exec(
    "INSERT OR IGNORE INTO products (brand, product, tier, family, alcohol, name, story) VALUES ('fairpour', 'wine', 't', 'f', 1, '{}', '{}')",
  );

async function emptyLog(): Promise<void> {
  await runInDurableObject(logOf(), async (_, { storage }) => storage.deleteAll());
  await evictDurableObject(logOf());
  const { objects } = await env.FILES.list({ prefix: "log/" });
  await env.FILES.delete(objects.map(({ key }) => key));
}

beforeEach(async () => {
  freshWorld();
  await emptyLog();
});

const hashes = async (): Promise<string[]> => (await auditedLog()).map((entry) => readPage(entry).sha256);

/** Every file of the log, and its key, as anybody gets them. */
async function files(): Promise<(path: string) => Bytes | undefined> {
  const there = new Map<string, Bytes>();
  for (const { key } of (await env.FILES.list({ prefix: "log/" })).objects) {
    const file = await env.FILES.get(key);
    if (file) there.set(key, new Uint8Array(await file.arrayBuffer()));
  }
  there.set("log/vkey", utf8((await call("GET", "/log/vkey")).text));
  return (path) => there.get(path);
}

describe("the page that is served", () => {
  it("is named once, however often it is told, and again when it comes back after another", async () => {
    for (const sha256 of [FIRST, FIRST, SECOND, SECOND]) expect(await logOf().page(sha256)).toEqual({ ok: true, value: true });
    expect(await hashes()).toEqual([FIRST, SECOND]);
    world().nowMs += 1_000;
    await logOf().page(FIRST);
    expect(await hashes()).toEqual([FIRST, SECOND, FIRST]);
  });

  it("has its newest entry and a proof of it among the log's files", async () => {
    await logOf().page(FIRST);
    await logOf().page(SECOND);
    const entry = utf8((await call("GET", "/log/page.json")).text);
    expect(readPage(entry).sha256).toBe(SECOND);
    expect(covering(parseProof((await call("GET", "/log/page.tlog-proof")).text), entry)?.size).toBe(2);
  });

  it("is published once enough witnesses have seen it", async () => {
    const witnesses = withWitnesses(2);
    for (const witness of witnesses.slice(1)) witness.mood = () => undefined;
    expect(await logOf().page(FIRST)).toEqual({ ok: true, value: false });
    expect((await call("GET", "/log/page.json")).status).toBe(404);
    for (const witness of witnesses) witness.mood = (honest) => honest();
    expect(await logOf().page(FIRST)).toEqual({ ok: true, value: true });
    expect(readPage(utf8((await call("GET", "/log/page.json")).text)).sha256).toBe(FIRST);
  });

  it("is read from the build's own line, and a build without pages names none", async () => {
    const serving = (reply: Response) => ({ ...env, ASSETS: { fetch: async () => reply } }) as unknown as Env;
    await withGoods();
    await logVerifyPage(serving(new Response(null, { status: 404 })));
    await logVerifyPage(serving(new Response("<html>")));
    expect(await auditedLog()).toEqual([]);
    await logVerifyPage(serving(new Response(`${OTHER}  verify.html\n`)));
    expect(await hashes()).toEqual([OTHER]);
  });

  it("is named by no shop that has nothing yet, or is being imported into: another one's log may go on here", async () => {
    const line = `${THIRD}  verify.html\n`;
    const serving = { ...env, ASSETS: { fetch: async () => new Response(line) } } as unknown as Env;
    await env.DB.exec("DELETE FROM products");
    await logVerifyPage(serving);
    expect(await auditedLog()).toEqual([]);
    await withGoods();
    await env.DB.exec("INSERT INTO imports (brand, collection, export, rows, fields) VALUES ('fairpour', 'orders', 'x', 0, '[]')");
    await logVerifyPage(serving);
    expect(await auditedLog()).toEqual([]);
    await env.DB.exec("DELETE FROM imports");
    await logVerifyPage(serving);
    expect(await hashes()).toEqual([THIRD]);
  });

  it("has one entry and one proof after a crash at every storage call", async () => {
    await crashEverywhere({
      object: () => "fairpour/log",
      arrange: async () => {
        await emptyLog();
        await logOf().page(FIRST);
      },
      act: () => logOf().page(SECOND),
      check: async () => {
        await logOf().page(SECOND);
        expect(await hashes()).toEqual([FIRST, SECOND]);
      },
    });
  });
});

describe("whoever was given a page", () => {
  it("finds it in the log, and whether a newer one is named", async () => {
    await logOf().page(FIRST);
    await logOf().page(SECOND);
    const read = await files();
    expect(runAudit(auditPage(FIRST), read)).toMatchObject({ index: 0, newest: false });
    expect(runAudit(auditPage(SECOND), read)).toMatchObject({ index: 1, newest: true });
  });

  it("is told that the log does not name it", async () => {
    await logOf().page(FIRST);
    const read = await files();
    expect(() => runAudit(auditPage(OTHER), read)).toThrow(expect.objectContaining({ reason: "page-not-logged" }) as Broken);
  });

  it("is told that there is no log", () => {
    expect(() => runAudit(auditPage(FIRST), () => undefined)).toThrow(expect.objectContaining({ reason: "log-missing" }) as Broken);
  });
});

describe("an entry that names a page", () => {
  it.each([
    ["another member", { ...readPage(pageBytes(FIRST, 1)), session: "daily" }],
    ["another page", { ...readPage(pageBytes(FIRST, 1)), name: "shop" }],
    ["no hash", { ...readPage(pageBytes(FIRST, 1)), sha256: "11" }],
  ])("with %s is refused by the log", async (_, value) => {
    const sorted = Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    const bytes = utf8(JSON.stringify(sorted));
    await expect(
      runInDurableObject(logOf(), (log) => log.add({ entries: [{ bytes }], witnesses: { k: 0, keys: [] } })),
    ).rejects.toThrow();
  });
});
