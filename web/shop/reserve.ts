// Reserving, withdrawing and getting receipts back. The nonce is on the disk before the first byte is sent.
import { signal } from "@preact/signals";
import type { OwnReservations, PassReply, ReserveInput } from "../../contracts/reservations.ts";
import type { SessionView } from "../../contracts/sessions.ts";
import { hex } from "../../domain/bytes.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { type Json, jcs } from "../../domain/jcs.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { account } from "../shared/account.ts";
import { call, type Failure, isProblem, type Problem, send, sleep } from "../shared/api.ts";
import { measureClock, now } from "../shared/clock.ts";
import { drop, type Kept, keep, kept, keptFor, patch } from "./kept.ts";
import { findPool } from "./offers.ts";
import { keepAnnounced } from "./published.ts";
import { loadAllOffers, view as shown, skus, storeById } from "./shelf.ts";

/** SKUs whose reservation is on its way, and the last refusal of each: by "session sku". */
export const sending = signal<Set<string>>(new Set());
export const refused = signal<{ [place: string]: Failure }>({});

export const placeOf = ({ session, sku }: Pick<Kept, "session" | "sku">): string => `${session} ${sku}`;

const passes = new Map<string, PassReply>();

export async function passFor(session: string): Promise<Outcome<string, Failure>> {
  const known = passes.get(`${account.value?.claims.sub} ${session}`);
  if (known && known.exp > now.value) return ok(known.pass);
  const outcome = await call<PassReply>(`/v1/sessions/${session}/pass`, { json: {} });
  if (!outcome.ok) return outcome;
  passes.set(`${account.value?.claims.sub} ${session}`, outcome.value);
  return ok(outcome.value.pass);
}

/** Sent away by a crowd, with a ticket that holds the chance open. */
const isShed = (failure: Failure): failure is Problem & { body: { overload: string } } =>
  isProblem(failure, "busy") && typeof failure.body.overload === "string";

/** The server names the pause, at most a minute; after so many of them the next look at the session goes on. */
const SHED_TIMES_MAX = 10;

/** A page's clock is off by up to half the journey to the shop and back: seconds. Whoever would wait longer is told to come later. */
const EARLY_S_MAX = 30;

/** Seconds until the session opens by the clock of the shard that refused; undefined where a page's clock is not the reason. */
function earlyS(session: string, failure: Failure): number | undefined {
  const view = shown.value;
  if (view?.session !== session || !isProblem(failure, "too_early")) return undefined;
  // Unix seconds of the signed refusal.
  const { s } = (failure.body.refusal ?? {}) as { s?: unknown };
  if (typeof s !== "number") return undefined;
  const wait = view.open - s;
  return wait > 0 && wait <= EARLY_S_MAX ? wait : undefined;
}

const freshNonce = (): string => hex(crypto.getRandomValues(new Uint8Array(32)));

export async function reserve(view: SessionView, pool: number, sku: string, store: string): Promise<void> {
  const { session, title, close, drawAt } = view;
  if (keptFor(session, sku)) return;
  keep({ session, title, close, drawAt, sku, store, pool, ...namesOf(sku, store), nonce: freshNonce() });
  keepAnnounced(session);
  await sendPending(session, sku);
}

/** Sends a kept reservation, for the first time or again: the same bytes, so the same receipt. */
export async function sendPending(session: string, sku: string): Promise<void> {
  const entry = keptFor(session, sku);
  if (!entry || entry.receipt || sending.value.has(placeOf(entry))) return;
  sending.value = new Set(sending.value).add(placeOf(entry));
  setRefused(entry, undefined);
  let outcome = await post(entry);
  const early = outcome.ok ? undefined : earlyS(session, outcome.refusal);
  if (early !== undefined) {
    // Whoever tapped at the opening is in: the page's own countdown was wrong, and is set right meanwhile.
    void measureClock();
    await sleep(1000 * (early + Math.random() / 2));
    outcome = await post(entry);
  }
  for (let time = 1; time < SHED_TIMES_MAX && !outcome.ok && isShed(outcome.refusal); time++) {
    // The ticket counts from now on, also after close: it is on the disk before anything else happens.
    patch(entry, { overload: outcome.refusal.body.overload });
    setRefused(entry, outcome.refusal);
    await sleep(1000 * (outcome.refusal.retryAfterS ?? 1));
    outcome = await post(keptFor(session, sku) ?? entry);
  }
  setRefused(entry, undefined);
  if (!outcome.ok && isProblem(outcome.refusal, "invalid_pass")) {
    passes.delete(`${account.value?.claims.sub} ${session}`);
    outcome = await post(entry);
  }
  if (!outcome.ok && isProblem(outcome.refusal, "eid_used")) {
    const fresh = { ...entry, nonce: freshNonce() };
    keep(fresh);
    outcome = await post(fresh);
  }
  await settle(entry, outcome);
  sending.value = new Set([...sending.value].filter((place) => place !== placeOf(entry)));
}

async function post(entry: Kept): Promise<Outcome<string, Failure>> {
  const pass = await passFor(entry.session);
  if (!pass.ok) return pass;
  const json: ReserveInput = {
    pass: pass.value,
    pool: entry.pool,
    nonce: entry.nonce,
    ...(entry.overload ? { overload: entry.overload } : {}),
  };
  const outcome = await send(`/v1/sessions/${entry.session}/reservations`, { json, answers: isShed });
  return outcome.ok ? ok(outcome.value.text) : outcome;
}

async function settle(entry: Kept, outcome: Outcome<string, Failure>): Promise<void> {
  if (outcome.ok) {
    patch(entry, { receipt: outcome.value });
    return;
  }
  const failure = outcome.refusal;
  setRefused(entry, failure);
  if (failure.kind === "network") return;
  const { receipt, overload } = failure.body;
  if (isProblem(failure, "already_reserved") && receipt && typeof receipt === "object") {
    patch(entry, fromReceipt(receipt as Receipt, entry));
    setRefused(entry, undefined);
  } else if (typeof overload === "string") {
    patch(entry, { overload });
  } else if (failure.status < 500 && failure.status !== 429 && failure.status !== 401) {
    // A definite no to this request. An earlier one whose reply was lost may have been taken before the window closed: ask first.
    const own = await call<OwnReservations>(`/v1/sessions/${entry.session}/reservations`);
    if (!own.ok && own.refusal.kind === "network") return;
    const mine = own.ok ? own.value.reservations.find(({ receipt }) => (receipt as Receipt).pools[0] === entry.pool) : undefined;
    if (!mine) drop(entry);
    else patch(entry, { ...fromReceipt(mine.receipt as Receipt), ...(mine.withdrawn ? { withdrawn: true } : {}) });
    if (mine) setRefused(entry, undefined);
  }
}

function setRefused(entry: Pick<Kept, "session" | "sku">, failure: Failure | undefined): void {
  const { [placeOf(entry)]: _, ...others } = refused.value;
  refused.value = failure ? { ...others, [placeOf(entry)]: failure } : others;
}

/** A receipt is canonical JSON: writing the parsed object canonically gives its exact bytes again. */
function fromReceipt(receipt: Receipt, before?: Kept): Partial<Kept> & Pick<Kept, "receipt" | "pool" | "nonce"> {
  const [pool] = receipt.pools;
  // The receipt may name another pool than the one asked for: then the store is found from the session's list again.
  const moved = before && before.pool !== pool ? { store: "" } : {};
  return { receipt: jcs(receipt as unknown as Json), pool, nonce: receipt.nonce, ...moved };
}

export async function withdraw(entry: Kept): Promise<Failure | undefined> {
  const outcome = await send(`/v1/sessions/${entry.session}/withdrawals`, { json: { pool: entry.pool } });
  if (!outcome.ok) return outcome.refusal;
  patch(entry, { withdrawn: true, withdrawal: outcome.value.text });
  return undefined;
}

/** Brings the caller's own receipts back, for a phone that lost them or never saw the reply. */
export async function restore({ session, title, close, drawAt }: SessionView): Promise<Failure | undefined> {
  const outcome = await call<OwnReservations>(`/v1/sessions/${session}/reservations`);
  if (!outcome.ok) return outcome.refusal;
  await loadAllOffers();
  keepAnnounced(session);
  const offers = shown.value?.session === session ? shown.value.offers : [];
  for (const { receipt: object, withdrawn } of outcome.value.reservations) {
    const receipt = object as Receipt;
    const pool = await findPool({ session, offers }, receipt.pools[0]);
    if (!pool) continue;
    const { sku, store } = pool;
    const before = keptFor(session, sku);
    keep({
      ...before,
      session,
      title,
      close,
      drawAt,
      sku,
      store,
      ...namesOf(sku, store),
      ...fromReceipt(receipt),
      ...(withdrawn ? { withdrawn } : {}),
    });
    setRefused({ session, sku }, undefined);
  }
  return undefined;
}

/** What the catalogue calls product and store; nothing while it is not loaded. */
function namesOf(sku: string, store: string): Pick<Kept, "names"> {
  const product = skus.value.get(sku)?.product.name;
  const name = storeById.value.get(store)?.name;
  return product && name ? { names: { product, store: name } } : {};
}

/** Fills in what could not be known when the reservation was kept: the store that a receipt moved it to, and names. */
export function nameKept(view: SessionView): void {
  for (const entry of kept.value) {
    if (entry.session !== view.session) continue;
    // Not waited for: the next look fills in the names.
    if (entry.store === "") void findPool(view, entry.pool).then((moved) => moved && patch(entry, { store: moved.store }));
    const { names } = namesOf(entry.sku, entry.store);
    if (names && !entry.names) patch(entry, { names });
  }
}
