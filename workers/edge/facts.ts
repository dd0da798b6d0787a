// What the edge knows of an announced session: its published, immutable files, read once per isolate. An id without them has no object.
import type { ProblemCode } from "../../contracts/problems.ts";
import { secretOfSession } from "../../contracts/session-secret.ts";
import type { Rules } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { type Manifest, manifestHash, parseObject, sealDeadline } from "../../domain/draw/manifest.ts";
import { passKey } from "../../domain/draw/pass.ts";
import { PoolList } from "../../domain/draw/pool-list.ts";
import { ProblemError } from "./problem.ts";
import { Shelf } from "./shelf.ts";

export type SessionFacts = {
  manifest: Manifest;
  /** M, and in hex. */
  M: Bytes;
  id: string;
  rules: Rules;
  pools: PoolList;
  /** Key of the session's entry passes. */
  passKey: Bytes;
};

/** A fifth of what an isolate may use: five sessions of 105,600 pools, or thousands of small ones. */
const KNOWN_BYTES_MAX = 25_000_000;
/** Manifest, rules and keys as objects. */
const REST_BYTES = 10_000;
const known = new Shelf<SessionFacts>(KNOWN_BYTES_MAX);
const unknown = new Map<string, number>();
const UNKNOWN_MAX = 10_000;
/** An id that is not there is not looked up again for this long. */
const UNKNOWN_MS = 1_000;

/** Throws a ProblemError `not_found` for an id that was never announced. */
export async function factsOf(env: Env, session: string): Promise<SessionFacts> {
  if ((unknown.get(session) ?? 0) > Date.now()) throw new ProblemError("not_found");
  const facts = await known.take(
    session,
    () => readFacts(env, session),
    ({ pools }) => pools.bytes + REST_BYTES,
  );
  if (!facts) {
    if (unknown.size >= UNKNOWN_MAX) unknown.clear();
    unknown.set(session, Date.now() + UNKNOWN_MS);
    throw new ProblemError("not_found");
  }
  return facts;
}

/** A shard without a plan after the seal's deadline will not get one: it was deleted. */
export const isRetired = (code: ProblemCode, { manifest }: SessionFacts): boolean =>
  code === "not_prepared" && Date.now() >= sealDeadline(manifest) * 1000;

async function readFacts(env: Env, session: string): Promise<SessionFacts | undefined> {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(session)) return undefined;
  const manifestBytes = await file(env, `draws/${session}/manifest.json`);
  if (!manifestBytes) return undefined;
  const manifest = parseObject<Manifest>(manifestBytes);
  const M = manifestHash(manifestBytes);
  const [poolsBytes, rulesBytes] = await Promise.all([
    file(env, `draws/${session}/pools`),
    file(env, `rules/${manifest.rulesHash}`),
  ]);
  if (!poolsBytes || !rulesBytes) return undefined;
  return {
    manifest,
    M,
    id: hex(M),
    rules: parseObject<Rules>(rulesBytes),
    pools: new PoolList(poolsBytes, M),
    passKey: passKey(secretOfSession(settingsOf(env).OPERATOR_SECRETS, manifest), M),
  };
}

async function file(env: Env, key: string): Promise<Bytes | undefined> {
  const object = await env.FILES.get(key);
  return object ? new Uint8Array(await object.arrayBuffer()) : undefined;
}
