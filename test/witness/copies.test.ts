// The witness's own copy of what it cosigned: fetched afterwards, verified against its own checkpoint, shown with a proof.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Bytes, u32 } from "../../domain/bytes.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import { publicKeyOf } from "../../domain/ed25519.ts";
import { isSignedBy, logKeyOf } from "../../domain/log/checkpoint.ts";
import { cosignedAt } from "../../domain/log/cosignature.ts";
import { KEY_TYPE, noteKey } from "../../domain/log/note.ts";
import { covering, parseProof } from "../../domain/log/proof.ts";
import { call, get, post } from "./support/http.ts";
import { ORIGIN, SEED, shop, TestLog } from "./support/shop.ts";

const KEY = noteKey("witness.example/w1", KEY_TYPE.cosignature, publicKeyOf(new Uint8Array(32).fill(0x66)));
const stub = () => (env as unknown as { WITNESSED: DurableObjectNamespace }).WITNESSED.getByName(ORIGIN);

const entry = (session: string, type: string, more: object = {}): Bytes => objectBytes({ v: 1, type, session, ...more });
const session = (id: string): Bytes[] => [
  entry(id, "manifest"),
  entry(id, "seal", { entries: 7 }),
  entry(id, "result"),
  entry(id, "wave", { no: 1 }),
  entry(id, "settled"),
];

let log: TestLog;

beforeEach(async () => {
  await runInDurableObject(stub(), async (_, { storage }) => storage.deleteAll());
  await evictDurableObject(stub());
  log = new TestLog([...session("one"), ...session("two"), entry("three", "void", { cause: "operator" })]);
  shop().answer = (path) => log.file(path);
});

const file = (name: string) => get(`/logs/${ORIGIN}/draws/${name}`);
const cosign = async (old: number, size: number) =>
  expect((await post("/add-checkpoint", log.request(old, size))).status).toBe(200);
const copy = () => runDurableObjectAlarm(stub());
const copied = async () => (JSON.parse((await get("/")).text) as { logs: { copied: number }[] }).logs[0]?.copied;

describe("the copy", () => {
  it("has every entry byte for byte, each with a proof that carries this witness's own cosignature", async () => {
    await cosign(0, 3);
    await copy();
    await cosign(3, 11);
    await copy();
    const names = ["one/manifest", "one/seal", "two/result", "two/waves/1", "two/settled", "three/void/operator"];
    for (const name of names) {
      const bytes = await file(`${name}.json`);
      expect([bytes.status, bytes.type], name).toEqual([200, "application/json"]);
      expect(bytes.headers.get("Cache-Control")).toContain("immutable");
      const proof = await file(`${name}.tlog-proof`);
      const checkpoint = covering(parseProof(proof.text), new TextEncoder().encode(bytes.text));
      expect(checkpoint && isSignedBy(checkpoint, logKeyOf(ORIGIN, SEED))).toBe(true);
      expect(cosignedAt(checkpoint?.note as never, KEY)).toBeGreaterThan(0);
      expect(checkpoint?.size).toBe(name.startsWith("one") && name !== "one/result" ? 3 : 11);
    }
    expect(JSON.parse((await get(`/logs/${ORIGIN}/entries`)).text).newest.slice(0, 2)).toEqual([
      "three/void/operator",
      "two/settled",
    ]);
    expect((await file("nobody/seal.json")).status).toBe(404);
  });

  it("shows nothing of what the log did not show, and catches up when it does", async () => {
    shop().answer = () => new Response("", { status: 404 });
    await cosign(0, 11);
    await copy();
    expect((await file("one/seal.json")).status).toBe(404);
    shop().answer = (path) => log.file(path);
    await copy();
    expect((await file("one/seal.json")).status).toBe(200);
  });

  it.each<[string, (honest: (path: string) => Response) => (path: string) => Response | Promise<Response>]>([
    [
      "other entries than it signed",
      () => (path) => new TestLog(log.entries.map((bytes, at) => (at === 6 ? u32(6) : bytes))).file(path),
    ],
    ["a bundle that ends too early", (honest) => async (path) => new Response((await honest(path).arrayBuffer()).slice(0, -3))],
    ["a bundle with more in it", (honest) => async (path) => new Response(`${await honest(path).text()}x`)],
    ["a flood", () => () => new Response(new Uint8Array(2_000_000))],
    ["an error", () => () => new Response("", { status: 500 })],
    ["a broken connection", () => () => Promise.reject(new Error("reset"))],
  ])("of a log that shows %s stays as it was, until the log shows the right ones", async (_, lie) => {
    await cosign(0, 3);
    await copy();
    shop().answer = lie((path) => log.file(path));
    await cosign(3, 11);
    await copy();
    expect(await copied()).toBe(3);
    expect((await file("two/seal.json")).status).toBe(404);
    shop().answer = (path) => log.file(path);
    await copy();
    await copy();
    expect(await copied()).toBe(11);
    expect((await file("two/seal.json")).status).toBe(200);
  });

  it("of 600 entries takes full bundles where the partial ones are gone", async () => {
    log = new TestLog(Array.from({ length: 600 }, (_, at) => entry(`s-${at}`, "seal")));
    shop().answer = (path) => (path.endsWith("000.p/250") ? new Response("", { status: 404 }) : log.file(path));
    await cosign(0, 250);
    await cosign(250, 600);
    await copy();
    expect(await copied()).toBe(600);
    for (const at of [0, 255, 256, 599]) expect((await file(`s-${at}/seal.json`)).status).toBe(200);
  });

  it("survives being put to sleep in the middle", async () => {
    await cosign(0, 11);
    await evictDurableObject(stub());
    await copy();
    await evictDurableObject(stub());
    expect((await call("HEAD", `/logs/${ORIGIN}/draws/one/seal.json`)).status).toBe(200);
  });
});
