// The checks before announcing at the edge: collects what is known of a draft and its world, and announces what fails none of them.
import type { ChecksReply, DryRun } from "../../contracts/planning.ts";
import type { PlanInput } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { saleRefusal } from "../../domain/catalog/sale.ts";
import { type Chain, roundTime } from "../../domain/draw/chains.ts";
import { roundFor } from "../../domain/draw/manifest.ts";
import { ageFor } from "../../domain/market.ts";
import { type Check, checksOf, failing } from "../../domain/plan/checks.ts";
import { forecastOf } from "../../domain/plan/forecast.ts";
import { whyNot } from "../../domain/store/able.ts";
import { skuFacts } from "../../records/catalog.ts";
import { storesKept } from "../../records/stores.ts";
import { claim, overlapsOf, recordsIn } from "./drafts.ts";
import { forecast } from "./forecast.ts";
import { saleOf } from "./goods.ts";
import { ProblemError } from "./problem.ts";
import { plannedSession } from "./reach.ts";

type SessionObject = Awaited<ReturnType<typeof plannedSession>>;

/**
 * Undefined for a session that is no draft any more. `toAnnounce` writes its claims first: of two sessions that are announced at once one sees
 * the other. Only what can fail is looked at then.
 */
async function checksFor(
  env: Env,
  object: SessionObject,
  chains: readonly Chain[],
  toAnnounce: boolean,
): Promise<Check[] | undefined> {
  const outcome = await object.draft();
  if (!outcome.ok) throw new ProblemError(outcome.refusal);
  const { plan, fixed, allotted, pools } = outcome.value;
  if (fixed) return undefined;
  const { input, skus } = plan;
  const now = Date.now() / 1000;
  const records = recordsIn(env);
  if (toAnnounce) await claim(env, input, allotted);
  const [overlaps, today, stores] = await Promise.all([
    overlapsOf(env, input, allotted, now),
    skuFacts(records, input.skus, input.market, input.open),
    storesKept(records, input.market),
  ]);
  const size = { pools, units: allotted.reduce((sum, { units }) => sum + units, 0) };
  const chain = chains.find(({ hash }) => hash === input.chain);
  const ids = new Set(stores.map(({ store }) => store));
  const taking = new Set(allotted.flatMap((one) => one.stores));
  const needs = { alcohol: skus.some(({ alcohol }) => alcohol), lastDay: lastPickupDay(input) };
  const { k, list } = settingsOf(env).WITNESSES;
  const facts = {
    now,
    plan: input,
    chain,
    drawAt: chain && roundTime(chain, roundFor(chain, input.close, input.leads)),
    witnesses: { needed: k, independent: list.filter(({ brand }) => !brand).length },
    allotted,
    overlaps,
    unknownStores: [...taking].filter((store) => !ids.has(store)),
    closedStores: stores.flatMap((one) => {
      const why = taking.has(one.store) ? whyNot(one, needs) : undefined;
      return why === undefined ? [] : [{ store: one.store, why }];
    }),
    // What is not public yet must not become so by a session: a release may have been moved since the draft.
    notAllowed: saleRefusal(today, saleOf(input, now)),
    prices: skus.map(({ sku, price }) => ({ sku, planned: price, now: today.find((one) => one.sku === sku)?.price })),
    age: ageFor(input.market, needs.alcohol),
    forecast: toAnnounce ? forecastOf(size, [], undefined) : await forecast(env, input, size),
  };
  return checksOf(facts);
}

/** The day on which the last wave's pickup ends at the latest, UTC. */
function lastPickupDay({ close, leads, wavesMax, payWindowS, pickupS }: PlanInput): string {
  const until = close + leads.reviewS + leads.sealLeadS + wavesMax * payWindowS + pickupS;
  return new Date(until * 1000).toISOString().slice(0, 10);
}

export async function checksReply(env: Env, session: string, chains: readonly Chain[]): Promise<ChecksReply> {
  const checks = await checksFor(env, await plannedSession(env, session), chains, false);
  if (!checks) throw new ProblemError("not_draft");
  return { session, mayAnnounce: failing(checks).length === 0, checks };
}

/** The checks, and the manifest that announcing would fix now. Nothing is fixed. */
export async function dryRun(env: Env, session: string, chains: readonly Chain[]): Promise<DryRun> {
  const reply = await checksReply(env, session, chains);
  const manifest = await (await plannedSession(env, session)).preview();
  return manifest.ok ? { ...reply, manifest: JSON.parse(manifest.value) as NonNullable<DryRun["manifest"]> } : reply;
}

/** Announces the session unless a check fails: refused with the code of the first, and all of them in `checks`. */
export async function announce(env: Env, session: string, chains: readonly Chain[]) {
  const object = await plannedSession(env, session);
  const checks = await checksFor(env, object, chains, true);
  const failed = failing(checks ?? []);
  const [first] = failed;
  if (first) throw new ProblemError(first.code, { detail: first.detail, checks: failed });
  const outcome = await object.announce();
  if (!outcome.ok) throw new ProblemError(outcome.refusal);
  return outcome.value;
}
