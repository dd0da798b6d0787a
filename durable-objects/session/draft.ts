// What can be done with a draft: its plan and its allotment change as often as an operator likes, and each version is kept. Once the manifest is
// fixed nothing of it changes any more.
import type { DraftVersion } from "../../contracts/planning.ts";
import type { AllotmentInput, SessionState } from "../../contracts/sessions.ts";
import { settingsOf, witnessesOf } from "../../contracts/settings.ts";
import { type Bytes, hex } from "../../domain/bytes.ts";
import { mayAnnounce, numbered, waitFor } from "../../domain/draw/plan.ts";
import { poolsRoot } from "../../domain/draw/pools.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { beyondUnits, claimed } from "../../domain/plan/claims.ts";
import type { Ports } from "../ports.ts";
import { announcement } from "./announce.ts";
import type { MoveDesk } from "./desk.ts";
import type { DraftFacts, Plan, SessionNo } from "./messages.ts";
import type { SessionStore } from "./store.ts";

const isFixed = (store: SessionStore): boolean => store.row().state !== "draft" || store.fact("manifest") !== undefined;

const chainOf = ({ chains }: Ports, { input }: Plan) => chains.find(({ hash }) => hash === input.chain);

export const knows = (ports: Ports, plan: Plan): boolean => chainOf(ports, plan) !== undefined;

/** The same plan again changes nothing; another one takes its place as long as what is allotted still fits it. */
export function replan({ store, ports, now }: MoveDesk, plan: Plan, by: string): Outcome<{ state: SessionState }, SessionNo> {
  const { state, plan: known } = store.row();
  if (isFixed(store)) return refuse("not_draft");
  if (!knows(ports, plan)) return refuse("unknown_chain");
  const skus = claimed(store.pools());
  if (!skus.every(({ sku }) => plan.input.skus.includes(sku))) return refuse("unknown_sku");
  if (beyondUnits(skus, plan.input.units).length > 0) return refuse("exceeds_units");
  // What the catalogue says today comes along even if the input is the same: a price that has changed since is taken up here.
  const fresh = { ...plan, staffSalt: known.staffSalt };
  if (JSON.stringify(fresh) === JSON.stringify(known)) return ok({ state });
  store.transaction(() => {
    store.setPlan(fresh);
    store.versions.add(now(), by, { plan: plan.input });
  });
  return ok({ state });
}

/** Puts the units of all pools in place of the earlier ones. */
export function allot(
  { store, now }: MoveDesk,
  input: AllotmentInput,
  how: NonNullable<DraftVersion["allotment"]>["how"],
  by: string,
): Outcome<{ pools: number; units: number }, SessionNo> {
  const { plan } = store.row();
  if (isFixed(store)) return refuse("not_draft");
  const known = new Set(plan.input.skus);
  if (!input.pools.every(({ sku }) => known.has(sku))) return refuse("unknown_sku");
  if (beyondUnits(claimed(input.pools), plan.input.units).length > 0) return refuse("exceeds_units");
  const pools = numbered(
    input.pools.map(({ sku, store: id, stock, wait }) => ({ sku, store: id, stock, wait: wait ?? waitFor(stock) })),
  );
  const size = { pools: pools.length, units: pools.reduce((sum, { stock }) => sum + stock, 0) };
  store.transaction(() => {
    store.setPools(pools);
    store.versions.add(now(), by, { allotment: { how, ...size, root: hex(poolsRoot(pools)) } });
  });
  return ok(size);
}

/** What is looked at before announcing. */
export function draftFacts(store: SessionStore): DraftFacts {
  const { state, plan } = store.row();
  const pools = store.pools();
  return { state, plan, fixed: isFixed(store), pools: pools.length, allotted: claimed(pools) };
}

/** What announcing fixes, and the key id of the secret that the session's keys derive from. */
function manifestOf({ store, ports }: MoveDesk): Outcome<{ manifest: Bytes; rules: Bytes; kid: string }, SessionNo> {
  const { plan } = store.row();
  const chain = chainOf(ports, plan);
  if (!chain) return refuse("unknown_chain");
  const settings = settingsOf(ports.env);
  const [key] = settings.OPERATOR_SECRETS;
  return ok({ ...announcement(plan, store.pools(), chain, settings.LOG_ORIGIN, witnessesOf(settings), key), kid: key.kid });
}

/** The manifest, or as it would be fixed now, as text. */
export function preview(desk: MoveDesk): Outcome<string, SessionNo> {
  const fixed = desk.store.text("manifest");
  if (fixed !== undefined) return ok(fixed);
  const made = manifestOf(desk);
  return made.ok ? ok(new TextDecoder().decode(made.value.manifest)) : made;
}

/** Fixes manifest, rules and key for ever and puts the manifest down for the log, or says why not. `wake` before anything is written. */
export function fixManifest(desk: MoveDesk, wake: () => void): SessionNo | undefined {
  const { store, now } = desk;
  const { input } = store.row().plan;
  const units = store.pools().reduce((sum, { stock }) => sum + stock, 0);
  const refusal = mayAnnounce(input, units, now());
  if (refusal) return refusal;
  const made = manifestOf(desk);
  if (!made.ok) return made.refusal;
  const { manifest, rules, kid } = made.value;
  wake();
  store.transaction(() => {
    store.fix("manifest", manifest);
    store.fix("rules", rules);
    store.fix("kid", kid);
    store.log.queue("manifest", manifest, input.open - input.leads.announceS);
  });
  return undefined;
}
