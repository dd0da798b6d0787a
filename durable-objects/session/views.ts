// What a session object shows: to D1 and so to the public, and to the operator.
import type { SessionEvent } from "../../contracts/events.ts";
import type { SessionDesk, SessionRecord, Waiting } from "../../contracts/sessions.ts";
import { hex } from "../../domain/bytes.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { stateAt } from "../../domain/draw/life.ts";
import { beaconTime, manifestHash } from "../../domain/draw/manifest.ts";
import type { Result } from "../../domain/draw/rank.ts";
import type { Seal } from "../../domain/draw/seal.ts";
import { waitingOf } from "./log.ts";
import type { SessionStore } from "./store.ts";

type Void = { s: number; text: string; rollTo?: string };

const wavesOf = (store: SessionStore): SessionDesk["waves"] =>
  store.waves().map(({ wave: { no, s, payBy, awards, lapses }, pickupUntil }) => ({ no, s, payBy, pickupUntil, awards, lapses }));

function waiting(store: SessionStore): { waiting?: Waiting } {
  const found = waitingOf(store);
  return found ? { waiting: found } : {};
}

function voidedOf(store: SessionStore): { voided?: Void } {
  const object = store.object<Void>("void");
  return object ? { voided: { s: object.s, text: object.text, ...(object.rollTo ? { rollTo: object.rollTo } : {}) } } : {};
}

const listed = <Key extends string, Item>(key: Key, list: Item[]): { [name in Key]?: Item[] } =>
  list.length > 0 ? ({ [key]: list } as { [name in Key]: Item[] }) : {};

export function sessionEvent(store: SessionStore, chains: readonly Chain[]): SessionEvent {
  const { state, version, plan } = store.row();
  const manifest = store.manifest();
  const chain = chains.find(({ hash }) => hash === manifest.beacon.chain);
  const shardsDeleted = store.text("shards-deleted");
  const line: SessionRecord = {
    session: manifest.session,
    title: plan.input.title,
    market: manifest.market,
    state,
    open: manifest.open,
    close: manifest.close,
    drawAt: beaconTime(manifest),
    beacon: { name: chain?.name ?? manifest.beacon.chain, local: chain?.local ?? false },
    skus: plan.input.skus,
    ...waiting(store),
    ...listed("bulletins", store.bulletins.list()),
    waves: wavesOf(store),
    ...voidedOf(store),
    ...(shardsDeleted ? { shardsDeleted: Number(shardsDeleted) } : {}),
  };
  return { v: 1, type: "session", session: manifest.session, version, state, open: manifest.open, line };
}

/** `now` in Unix seconds. */
export function deskOf(store: SessionStore, now: number): SessionDesk {
  const { state, plan } = store.row();
  const pools = store.pools();
  const manifest = store.fact("manifest");
  const seal = store.object<Seal>("seal");
  const result = store.object<Result>("result");
  const settled = store.object<NonNullable<SessionDesk["settled"]>>("settled");
  return {
    session: plan.input.session,
    state: stateAt(state, plan.input, now),
    plan: plan.input,
    units: pools.reduce((sum, { stock }) => sum + stock, 0),
    pools: pools.length,
    ...(manifest ? { manifest: hex(manifestHash(manifest)), ...waiting(store) } : {}),
    ...(state === "draft" && store.log.row("manifest")?.late ? { late: true as const } : {}),
    ...(seal
      ? { counts: { entries: seal.entries, excluded: seal.excluded, winners: result?.winners ?? 0, waits: result?.waits ?? 0 } }
      : {}),
    waves: wavesOf(store),
    ...listed("bulletins", store.bulletins.authors()),
    ...voidedOf(store),
    ...(settled ? { settled: pick(settled) } : {}),
    ...(state === "settled" || state === "voided" ? { shards: store.retired.summary() } : {}),
  };
}

const pick = ({ s, handedOver, refunded, lapsed, left }: NonNullable<SessionDesk["settled"]>) => ({
  s,
  handedOver,
  refunded,
  lapsed,
  left,
});
