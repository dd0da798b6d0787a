// The shop as a program sees it: any operation by its id, and a method for each of the common ones.
import { OPERATIONS } from "./operations.ts";
import { Problem } from "./problem.ts";
import { type Options, Transport } from "./transport.ts";
import type { AllotmentInput, Announced, Event, EventType, Operations, OrderDesk, Receipt } from "./types.ts";

type Body<Id extends keyof Operations> = Operations[Id] extends { body: infer Given } ? Given : never;
type Query<Id extends keyof Operations> = Operations[Id] extends { query?: infer Given } ? NonNullable<Given> : never;
type Reply<Id extends keyof Operations> = Operations[Id]["reply"];

/** What an operation takes: parameters of its address, query, body. */
type Given<Id extends keyof Operations> = Omit<Operations[Id], "reply">;
/** The same as an argument: none where an operation takes nothing, and one that may be left out where nothing is needed. */
type Argument<Id extends keyof Operations> = [keyof Given<Id>] extends [never]
  ? []
  : Record<never, never> extends Given<Id>
    ? [given?: Given<Id>]
    : [given: Given<Id>];

/** A receipt with its exact text: that is what the draw is checked with, so that is what to keep. */
export type Reserved = { receipt: Receipt; text: string; repeated: boolean };

/** 32 random bytes, hex. */
function freshNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Fairpour {
  readonly #transport: Transport;

  constructor(options: Options) {
    this.#transport = new Transport(options);
  }

  /** Any operation by its id, as /api/ of the shop and openapi.json have it. What follows below is the short way to the common ones. */
  async call<Id extends keyof Operations>(id: Id, ...[given]: Argument<Id>): Promise<Reply<Id>> {
    return (await this.#transport.send<Reply<Id>>(OPERATIONS[id], given ?? {})).body;
  }

  // For everybody.

  time = () => this.call("time");
  beacons = () => this.call("beacons");
  /** The catalogue of now, of one market or of all. */
  async catalog(market?: string): Promise<Reply<"catalogSnapshot">> {
    const { snapshot } = await this.call("catalogPointer", { query: { market } });
    return this.call("catalogSnapshot", { params: { id: snapshot } });
  }
  stores = (market?: string) => this.call("stores", { query: { market } });
  sessions = () => this.call("sessions");
  session = (session: string) => this.call("session", { params: { session } });

  /** A published file of a draw, for example "seal.json" or "results/3"; undefined while it is not there. */
  async file(session: string, name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.call("drawFile", { params: { session, name } });
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The published result; undefined before the draw. Who won what is in the files "results/{pool}". */
  async result(session: string): Promise<{ winners: number; waits: number; [member: string]: unknown } | undefined> {
    const bytes = await this.file(session, "result.json");
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  }

  // As a member.

  pass = (session: string) => this.call("pass", { params: { session } });

  /**
   * Reserves in one pool. Comes back by itself while the shop is busy, with the ticket that it was given. Keep the nonce before you call, should
   * you want to ask again after your own end: the same nonce gets the same receipt.
   */
  async reserve(session: string, input: Omit<Body<"reserve">, "nonce" | "overload"> & { nonce?: string }): Promise<Reserved> {
    const body = { ...input, nonce: input.nonce ?? freshNonce() };
    const route = { ...OPERATIONS.reserve, gives: "text" } as const;
    const { status, body: text } = await this.#transport.send<string>(route, { params: { session }, body });
    return { receipt: JSON.parse(text) as Receipt, text, repeated: status === 200 };
  }

  reservations = (session: string) => this.call("ownReservations", { params: { session } });
  withdraw = (session: string, pool: number) => this.call("withdraw", { params: { session }, body: { pool } });

  /** Takes or declines the unit that this receipt has won. */
  award(receipt: Receipt, choice: Body<"award">["choice"]): Promise<Reply<"award">> {
    const { session, shard, index, tickets, s, nonce, pools } = receipt;
    return this.call("award", { params: { session }, body: { choice, pool: pools[0], shard, index, tickets, s, nonce } });
  }

  orders = () => this.call("orders");
  order = (order: string) => this.call("order", { params: { order } });

  // As an operator.

  plan = (plan: Body<"plan">) => this.call("plan", { body: plan });
  desk = (session: string) => this.call("desk", { params: { session } });
  allot = (session: string, pools: AllotmentInput["pools"]) => this.call("allot", { params: { session }, body: { pools } });
  checks = (session: string) => this.call("checks", { params: { session } });

  /** Fixes the session for ever and publishes it; in state draft its witnesses are still waited for. */
  announce = (session: string) => this.call("announce", { params: { session } }) as Promise<Announced>;

  move = (session: string, to: Body<"move">["to"]) => this.call("move", { params: { session }, body: { to } });
  voidSession = (session: string, text: string) => this.call("voidSession", { params: { session }, body: { text } });
  payment = (order: string) => this.call("payment", { body: { order } });

  /** An order with its member, its award and who handed it over, also when it was archived. */
  orderDesk = (order: string) => this.call("orderDesk", { params: { order } });
  allOrdersPage = (query: Query<"allOrders"> = {}) => this.call("allOrders", { query });

  /** Every order that fits and is not archived, page after page. */
  async *allOrders(wanted: Omit<Query<"allOrders">, "after"> = {}): AsyncGenerator<OrderDesk> {
    for (let after: string | undefined; ; ) {
      const page = await this.allOrdersPage({ limit: 500, ...wanted, after });
      yield* page.orders;
      if (page.next === undefined) return;
      after = page.next;
    }
  }

  // What happened.

  eventsPage = (query: Omit<Query<"events">, "types"> & { types?: EventType[] | undefined } = {}) =>
    this.call("events", { query: { ...query, types: query.types?.join(",") } });

  /** Every event after a cursor, then each new one as it happens; ends with the signal. Keep `cursor` of the last one that you have dealt with. */
  async *events(from: { after?: string; types?: EventType[]; everyMs?: number; signal?: AbortSignal } = {}): AsyncGenerator<Event> {
    const { types, everyMs = 3000, signal } = from;
    let { after } = from;
    while (!signal?.aborted) {
      const page = await this.eventsPage({ after, types });
      for (const event of page.events) {
        if (signal?.aborted) return;
        yield event;
      }
      after = page.next;
      if (!page.more) await sleep(everyMs, signal);
    }
  }

  makeWebhook = (input: Body<"makeWebhook">) => this.call("makeWebhook", { body: input });
  webhooks = () => this.call("webhooks");
  webhook = (webhook: string) => this.call("webhook", { params: { webhook } });
  moveWebhook = (webhook: string, to: Body<"moveWebhook">["to"]) => this.call("moveWebhook", { params: { webhook }, body: { to } });
  changeWebhookSecret = (webhook: string) => this.call("changeWebhookSecret", { params: { webhook } });
  replay = (webhook: string, what: Body<"replay">) => this.call("replay", { params: { webhook }, body: what });
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
