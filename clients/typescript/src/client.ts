// The shop as a program sees it: one method for each thing that can be done.
import { type Options, type Request, Transport } from "./transport.ts";
import type { Announced, Event, EventType, Operations, OrderDesk, Receipt } from "./types.ts";

type Body<Id extends keyof Operations> = Operations[Id] extends { body: infer Input } ? Input : never;
type Reply<Id extends keyof Operations> = Operations[Id]["reply"];

/** A receipt with its exact text: that is what the draw is checked with, so that is what to keep. */
export type Reserved = { receipt: Receipt; text: string; repeated: boolean };

const id = encodeURIComponent;

/** 32 random bytes, hex. */
function freshNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Fairpour {
  readonly #transport: Transport;

  constructor(options: Options) {
    this.#transport = new Transport(options);
  }

  // For everybody.

  time = () => this.#call<"time">({ path: "/v1/time" });
  beacons = () => this.#call<"beacons">({ path: "/v1/beacons" });
  /** The catalogue of now, of one market or of all. */
  async catalog(market?: string): Promise<Reply<"catalogSnapshot">> {
    const { url } = await this.#call<"catalogPointer">({ path: "/v1/catalog", query: { market } });
    return this.#call<"catalogSnapshot">({ path: url });
  }
  stores = (market?: string) => this.#call<"stores">({ path: "/v1/stores", query: { market } });
  sessions = () => this.#call<"sessions">({ path: "/v1/sessions" });
  session = (session: string) => this.#call<"session">({ path: `/v1/sessions/${id(session)}` });

  /** A published file of a draw, for example "seal.json" or "results/3"; undefined while it is not there. */
  file = (session: string, name: string): Promise<Uint8Array | undefined> => this.#transport.file(`/draws/${id(session)}/${name}`);

  /** The published result; undefined before the draw. Who won what is in the files "results/{pool}". */
  async result(session: string): Promise<{ winners: number; waits: number; [member: string]: unknown } | undefined> {
    const bytes = await this.file(session, "result.json");
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  }

  // As a member.

  pass = (session: string) => this.#call<"pass">({ method: "POST", path: `/v1/sessions/${id(session)}/pass`, body: {} });

  /**
   * Reserves in one pool. Comes back by itself while the shop is busy, with the ticket that it was given. Keep the nonce before you call, should
   * you want to ask again after your own end: the same nonce gets the same receipt.
   */
  async reserve(session: string, input: Omit<Body<"reserve">, "nonce" | "overload"> & { nonce?: string }): Promise<Reserved> {
    const body = { ...input, nonce: input.nonce ?? freshNonce() };
    const path = `/v1/sessions/${id(session)}/reservations`;
    const reply = await this.#transport.send<Receipt>({ method: "POST", path, body });
    return { receipt: reply.body, text: reply.text, repeated: reply.status === 200 };
  }

  reservations = (session: string) => this.#call<"ownReservations">({ path: `/v1/sessions/${id(session)}/reservations` });

  withdraw = (session: string, pool: number) =>
    this.#call<"withdraw">({ method: "POST", path: `/v1/sessions/${id(session)}/withdrawals`, body: { pool } });

  /** Takes or declines the unit that this receipt has won. */
  award(receipt: Receipt, choice: Body<"award">["choice"]): Promise<Reply<"award">> {
    const { session, shard, index, tickets, s, nonce, pools } = receipt;
    const body: Body<"award"> = { choice, pool: pools[0], shard, index, tickets, s, nonce };
    return this.#call<"award">({ method: "POST", path: `/v1/sessions/${id(session)}/awards`, body });
  }

  orders = () => this.#call<"orders">({ path: "/v1/orders" });
  order = (order: string) => this.#call<"order">({ path: `/v1/orders/${id(order)}` });

  // As an operator.

  plan = (plan: Body<"plan">) => this.#call<"plan">({ method: "POST", path: "/v1/admin/sessions", body: plan });
  desk = (session: string) => this.#call<"desk">({ path: `/v1/admin/sessions/${id(session)}` });

  allot = (session: string, pools: Body<"allot">["pools"]) =>
    this.#call<"allot">({ method: "PUT", path: `/v1/admin/sessions/${id(session)}/allotment`, body: { pools } });

  checks = (session: string) => this.#call<"checks">({ path: `/v1/admin/sessions/${id(session)}/checks` });

  /** Fixes the session for ever and publishes it; in state draft its witnesses are still waited for. */
  async announce(session: string): Promise<Announced> {
    const path = `/v1/admin/sessions/${id(session)}/announce`;
    return (await this.#transport.send<Announced>({ method: "POST", path, body: {} })).body;
  }

  move = (session: string, to: Body<"move">["to"]) =>
    this.#call<"move">({ method: "POST", path: `/v1/admin/sessions/${id(session)}/moves`, body: { to } });

  voidSession = (session: string, text: string) =>
    this.#call<"voidSession">({ method: "POST", path: `/v1/admin/sessions/${id(session)}/void`, body: { text } });

  payment = (order: string) => this.#call<"payment">({ method: "POST", path: "/v1/admin/payments", body: { order } });

  /** An order with its member, its award and who handed it over, also when it was archived. */
  orderDesk = (order: string) => this.#call<"orderDesk">({ path: `/v1/admin/orders/${id(order)}` });
  allOrdersPage = (query: Operations["allOrders"]["query"] = {}) => this.#call<"allOrders">({ path: "/v1/admin/orders", query });

  /** Every order that fits and is not archived, page after page. */
  async *allOrders(wanted: Omit<Operations["allOrders"]["query"], "after"> = {}): AsyncGenerator<OrderDesk> {
    for (let after: string | undefined; ; ) {
      const page = await this.allOrdersPage({ limit: 500, ...wanted, ...(after === undefined ? {} : { after }) });
      yield* page.orders;
      if (page.next === undefined) return;
      after = page.next;
    }
  }

  // What happened.

  eventsPage = (query: { after?: string; limit?: number; types?: EventType[] } = {}) =>
    this.#call<"events">({
      path: "/v1/admin/events",
      query: { after: query.after, limit: query.limit, types: query.types?.join(",") },
    });

  /** Every event after a cursor, then each new one as it happens; ends with the signal. Keep `cursor` of the last one that you have dealt with. */
  async *events(from: { after?: string; types?: EventType[]; everyMs?: number; signal?: AbortSignal } = {}): AsyncGenerator<Event> {
    const { types, everyMs = 3000, signal } = from;
    let after = from.after;
    while (!signal?.aborted) {
      const page = await this.eventsPage({ ...(after === undefined ? {} : { after }), ...(types ? { types } : {}) });
      for (const event of page.events) {
        if (signal?.aborted) return;
        yield event;
      }
      after = page.next;
      if (!page.more) await sleep(everyMs, signal);
    }
  }

  makeWebhook = (input: Body<"makeWebhook">) =>
    this.#call<"makeWebhook">({ method: "POST", path: "/v1/admin/webhooks", body: input, repeatable: false });

  webhooks = () => this.#call<"webhooks">({ path: "/v1/admin/webhooks" });
  webhook = (webhook: string) => this.#call<"webhook">({ path: `/v1/admin/webhooks/${id(webhook)}` });

  moveWebhook = (webhook: string, to: Body<"moveWebhook">["to"]) =>
    this.#call<"moveWebhook">({ method: "POST", path: `/v1/admin/webhooks/${id(webhook)}/moves`, body: { to } });

  changeWebhookSecret = (webhook: string) =>
    this.#call<"changeWebhookSecret">({
      method: "POST",
      path: `/v1/admin/webhooks/${id(webhook)}/secret`,
      body: {},
      repeatable: false,
    });

  replay = (webhook: string, what: Body<"replay">) =>
    this.#call<"replay">({ method: "POST", path: `/v1/admin/webhooks/${id(webhook)}/replay`, body: what });

  async #call<Id extends keyof Operations>(request: Request & { body?: Body<Id> | object }): Promise<Reply<Id>> {
    return (await this.#transport.send<Reply<Id>>(request)).body;
  }
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
