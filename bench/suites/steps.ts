// What each step of a reservation costs by itself, in Node on one core: where to look before the hot path is changed.
import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { reserveInput } from "../../contracts/reservations.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { hex, join, u32, unhex, utf8 } from "../../domain/bytes.ts";
import { eidOf, entryBody, leafHashes, pidOf } from "../../domain/draw/entry.ts";
import { passKey, passMessage, readPass, splitPass } from "../../domain/draw/pass.ts";
import { Places } from "../../domain/draw/places.ts";
import { groupMessage, receiptText } from "../../domain/draw/receipt.ts";
import { hmac, sha256 } from "../../domain/hash.ts";
import { levelsOf } from "../../domain/merkle.ts";
import { importSigningKey, sign } from "../../durable-objects/keys.ts";
import { macIsGood } from "../../workers/edge/hmac.ts";
import { claimsOf } from "../../workers/edge/token.ts";
import { prepare } from "../generator/people.ts";
import type { Suite } from "../harness/report.ts";
import { spreadOf } from "../harness/statistics.ts";
import type { Setting } from "./setting.ts";

const GROUP = 64;
const SLICE_MS = 60;

/** Microseconds a call, once per round. */
async function timed(rounds: number, work: () => unknown): Promise<number[]> {
  const slice = async () => {
    const began = performance.now();
    let calls = 0;
    let spent = 0;
    do {
      for (let at = 0; at < 50; at++) {
        const value = work();
        if (value instanceof Promise) await value;
      }
      calls += 50;
      spent = performance.now() - began;
    } while (spent < SLICE_MS);
    return (1000 * spent) / calls;
  };
  await slice();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await slice());
  return times;
}

export async function steps({ shop: { facts }, rounds, conditions }: Setting): Promise<Suite> {
  const settings = settingsOf(facts.settings);
  const M = unhex(facts.manifest);
  const [request = ""] = await prepare(facts, 1, "good");
  const token = /Bearer (\S+)/.exec(request)?.[1] as string;
  const text = request.slice(request.indexOf("\r\n\r\n") + 4);
  const input = v.parse(reserveInput, JSON.parse(text));
  const parts = splitPass(input.pass) as NonNullable<ReturnType<typeof splitPass>>;
  const key = passKey(settings.OPERATOR_SECRETS[0].secret, M);
  const [person, pid, nonce] = [randomBytes(32), randomBytes(32), randomBytes(32)].map((bytes) => new Uint8Array(bytes)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const eid = eidOf(M, nonce, pid);
  const bodies = join(...Array.from({ length: GROUP }, (_, at) => entryBody({ tickets: 1, s: 1_800_000_000, eid, pool: at })));
  const leaves = leafHashes(M, 0, 0, bodies);
  const levels = levelsOf(leaves);
  const group = { first: 0, size: GROUP, s: 1_800_000_000 };
  const receipt = {
    session: facts.session,
    manifest: facts.manifest,
    shard: 0,
    index: 5,
    tickets: 1,
    s: group.s,
    pool: 1,
    nonce: hex(nonce),
    pid: hex(pid),
    group,
    sig: "0".repeat(128),
    leaves,
  };
  const signing = await importSigningKey(randomBytes(32));
  const message = groupMessage(M, 0, group, levels.at(-1) as Uint8Array<ArrayBuffer>);
  const places = new Places();
  const work: [name: string, work: () => unknown, share?: number][] = [
    ["JSON.parse of the body", () => JSON.parse(text)],
    ["Valibot", () => v.safeParse(reserveInput, JSON.parse(text), { abortPipeEarly: true })],
    ["claimsOf: token", () => claimsOf(token, settings, Date.now())],
    ["pidOf", () => pidOf(settings.PEPPER, person, M)],
    ["splitPass: base64url", () => splitPass(input.pass)],
    ["macIsGood: pass", () => macIsGood(key, parts.mac, passMessage("pass", parts.body))],
    ["readPass: canonical JSON", () => readPass(parts.body)],
    ["unhex of 32 bytes", () => unhex(input.nonce)],
    ["hex of 32 bytes", () => hex(pid)],
    ["eidOf", () => eidOf(M, nonce, pid)],
    ["one hmac (mask of a nonce)", () => hmac(key, join(pid, u32(1)))],
    ["sha256 of 97 bytes", () => sha256(bodies.subarray(0, 97))],
    ["entryBody", () => entryBody({ tickets: 1, s: 1_800_000_000, eid, pool: 1 })],
    ["Places.of, nobody there", () => places.of(pid)],
    [`leaf hashes, 1 of ${GROUP}`, () => leafHashes(M, 0, 0, bodies), GROUP],
    [`tree, 1 of ${GROUP}`, () => levelsOf(leaves), GROUP],
    ["Ed25519 signature", () => sign(signing, message)],
    [`Ed25519 signature, 1 of ${GROUP}`, () => sign(signing, message), GROUP],
    ["receiptText", () => receiptText(receipt, levels)],
    ["utf8 of a receipt", () => utf8("x".repeat(1300))],
  ];
  const rows: Suite["rows"] = [];
  for (const [name, call, share = 1] of work) {
    rows.push({ name, value: spreadOf((await timed(rounds, call)).map((value) => value / share)), unit: "us" });
  }
  return {
    name: "steps",
    rounds,
    rows,
    notes: ["In Node, where WebCrypto goes through a thread pool; on workerd it does not."],
    conditions,
  };
}
