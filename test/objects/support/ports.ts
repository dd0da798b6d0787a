// Ports for objects under test: the real storage, D1, R2 and objects behind wrappers that crash or lose replies on purpose.

import { settingsOf } from "../../../contracts/settings.ts";
import { type Ports, portsOf } from "../../../durable-objects/ports.ts";
import { recordsOf } from "../../../records/database.ts";
import { ALARM_OFFSET_MS, world } from "./world.ts";

export class Lost extends Error {}

export function testPorts(ctx: DurableObjectState, env: Env): Ports {
  return {
    ...portsOf(ctx, env),
    storage: faultyStorage(ctx),
    nowMs: () => world().nowMs,
    random: () => world().random(),
    chains: world().chains,
    fetch: fetchFromWorld as typeof fetch,
    get env() {
      return faultyEnv({ ...env, ...world().settings });
    },
    records: () => recordsOf(faultyD1(env.DB), settingsOf(env).BRAND),
  };
}

async function fetchFromWorld(input: string, init?: RequestInit): Promise<Response> {
  const { host, pathname } = new URL(input);
  const none = new Response("", { status: 503 });
  const headers = init?.headers as Record<string, string> | undefined;
  if (headers?.["webhook-id"]) {
    const request = { url: input, headers, body: String(init?.body), redirect: init?.redirect };
    const reply = await subject("webhook", () => world().receiver(request));
    if (!reply) throw new Error("connect ECONNREFUSED 10.1.2.3:443");
    return reply;
  }
  if (init?.method === "POST") return (await subject(`witness ${host}`, () => world().witness(host, String(init.body)))) ?? none;
  const body = world().beacon(pathname);
  return body === undefined ? none : new Response(body);
}

/** A read changes nothing: a crash at one is a crash before the next write, and that is tried anyway. */
const isWrite = (query: string): boolean => !/^\s*SELECT/i.test(query);

/**
 * Counts the writing storage calls of an object and ends it at the armed one. What the same turn wrote is rolled back by the platform. A
 * transaction is one call: what it writes is there together or not at all, so an end inside of it is an end before it.
 */
function faultyStorage(ctx: DurableObjectState): DurableObjectStorage {
  let inside = false;
  const step = <Value>(call: () => Value): Value => {
    const { crash } = world();
    if (inside || !crash || crash.hit || !ctx.id.name?.includes(crash.object)) return call();
    crash.seen++;
    if (crash.seen !== crash.at) return call();
    crash.hit = true;
    if (crash.when === "after") call();
    ctx.abort("crash on purpose");
    throw new Error("crash on purpose");
  };
  const whole = <Value>(call: () => Value): Value => {
    inside = true;
    try {
      return call();
    } finally {
      inside = false;
    }
  };
  const sql = new Proxy(ctx.storage.sql, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name !== "exec") return value;
      return (...args: [string, ...unknown[]]) => (isWrite(args[0]) ? step(() => target.exec(...args)) : target.exec(...args));
    },
  });
  return new Proxy(ctx.storage, {
    get: (target, name) => {
      if (name === "sql") return sql;
      if (name === "transactionSync") return (work: () => unknown) => step(() => whole(() => target.transactionSync(work)));
      if (name === "setAlarm") return (at: number) => step(() => target.setAlarm(at + ALARM_OFFSET_MS));
      if (name === "deleteAlarm") return () => step(() => target.deleteAlarm());
      if (name === "deleteAll") return () => step(() => target.deleteAll());
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Lets a call through, drops it, or makes it and drops the reply. */
export async function subject<Value>(name: string, call: () => Promise<Value>): Promise<Value> {
  const fate = world().fate(name);
  if (fate === "lost") throw new Lost(name);
  const value = await call();
  if (fate === "done-but-lost") throw new Lost(`${name}, although it happened`);
  return value;
}

function faultyEnv(env: Env): Env {
  return {
    ...env,
    SHARDS: faultyObjects(env.SHARDS as never, "shard") as never,
    BOOKS: faultyObjects(env.BOOKS as never, "book") as never,
    LOG: faultyObjects(env.LOG as never, "log") as never,
    MEMBERS: faultyObjects(env.MEMBERS as never, "members") as never,
    FILES: faultyBucket(env.FILES, "files"),
    ARCHIVE: faultyBucket(env.ARCHIVE, "archive"),
  };
}

export const faultyBucket = (bucket: R2Bucket, kind: string): R2Bucket =>
  new Proxy(bucket, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name !== "put" && name !== "get") return typeof value === "function" ? value.bind(target) : value;
      return (...args: unknown[]) =>
        subject(`${kind}.${name} ${args[0]}`, () => (value as (...args: unknown[]) => Promise<unknown>).apply(target, args));
    },
  });

type AnyStub = Record<string, (...args: unknown[]) => Promise<unknown>>;

function faultyObjects(objects: { getByName: (name: string, options?: object) => AnyStub }, kind: string) {
  return {
    getByName: (name: string, options?: object): AnyStub =>
      new Proxy({} as AnyStub, {
        // A fresh stub per call: one that has thrown is broken for good.
        get:
          (_, method: string) =>
          (...args: unknown[]) =>
            subject(`${kind}.${method}`, () => (objects.getByName(name, options)[method] as AnyStub[string])(...args)),
      }),
  };
}

export function faultyD1(d1: D1Database): D1Database {
  return new Proxy(d1, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name !== "batch") return typeof value === "function" ? value.bind(target) : value;
      return (statements: D1PreparedStatement[]) => subject("d1.batch", () => target.batch(statements));
    },
  });
}
