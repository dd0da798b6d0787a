// What every peer is apart from its store: one Node process with Fastify, which answers on the shop's path, and beside it a bare echo.
import Fastify from "fastify";
import { PROBLEMS } from "../../contracts/problems.ts";
import { BODY_BYTES_MAX } from "../../workers/edge/input.ts";
import { ProblemError } from "../../workers/edge/problem.ts";
import type { SessionFacts } from "../generator/people.ts";
import { checksOf, type Reservation } from "./checks.ts";

/** `folder`: empty, on a disk, for the store's data; `sockets`: empty, with a short path. */
export type PeerOrder = { origin: string; facts: SessionFacts; folder: string; sockets: string };
export type PeerAnswer = { port: number; fastify: string; store: string } | { error: string };

/** `entries` of `people`: where the two differ, somebody is stored twice. */
export type Stored = { entries: number; people: number };

export type Store = {
  version: string;
  /** The reservation's place, once it is durable; undefined where this person has one for this SKU. */
  reserve: (reservation: Reservation) => Promise<string | undefined>;
  stored: () => Promise<Stored>;
  stop: () => Promise<void>;
};

/** Fastify makes a serialiser of it, which is quicker than JSON.stringify. */
const RESERVED = {
  type: "object",
  properties: {
    session: { type: "string" },
    place: { type: "string" },
    pool: { type: "integer" },
    tickets: { type: "integer" },
    s: { type: "integer" },
  },
};
const WITH_REPLY = { schema: { response: { 201: RESERVED } } };

type AtSession = { Params: { session: string } };

function appOf({ reserve, stored }: Store, { origin, facts }: PeerOrder) {
  const check = checksOf(origin, facts);
  // The schema allows no key that it does not name, so that looking for __proto__ first would be work for nothing.
  const app = Fastify({ logger: false, bodyLimit: BODY_BYTES_MAX, onProtoPoisoning: "ignore", onConstructorPoisoning: "ignore" });
  app.post("/bench/echo", async ({ body }) => body);
  app.post<AtSession>("/bench/checks/:session", WITH_REPLY, async ({ headers, body, params: { session } }, reply) => {
    const { pool, tickets, s } = await check(headers, body, session);
    reply.code(201);
    return { session, place: "0", pool, tickets, s };
  });
  app.post<AtSession>("/v1/sessions/:session/reservations", WITH_REPLY, async ({ headers, body, params: { session } }, reply) => {
    const reservation = await check(headers, body, session);
    const place = await reserve(reservation);
    if (place === undefined) throw new ProblemError("already_reserved");
    const { pool, tickets, s } = reservation;
    reply.code(201);
    return { session, place, pool, tickets, s };
  });
  app.get("/bench/stored/*", stored);
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof ProblemError)) throw error;
    const { status, title } = PROBLEMS[error.code];
    reply.code(status).send({ title, status, code: error.code });
  });
  return app;
}

/** Starts as the harness asks over IPC, and ends with it. */
export function servePeer(open: (order: PeerOrder) => Promise<Store>): void {
  let store: Store | undefined;
  const start = async (order: PeerOrder): Promise<PeerAnswer> => {
    try {
      store = await open(order);
      const app = appOf(store, order);
      await app.listen({ host: "127.0.0.1", port: 0 });
      return { port: (app.server.address() as { port: number }).port, fastify: app.version, store: store.version };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  process.on("message", async (order: PeerOrder) => process.send?.(await start(order)));
  process.on("disconnect", async () => {
    await store?.stop();
    process.exit();
  });
}
