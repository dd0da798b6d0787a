// Drafts at the edge: making them, filling them with units, and the claims on stock that follow from it.
import type { DraftVersion } from "../../contracts/planning.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import type { AllotmentInput, PlanInput, SessionState } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { hex } from "../../domain/bytes.ts";
import type { Outcome } from "../../domain/outcome.ts";
import { type Claim, type ClaimedSku, claimed, MAIN_STOCK, type Overlap, overlapsWith } from "../../domain/plan/claims.ts";
import { claimsBeside, writeClaims } from "../../records/claims.ts";
import { recordsOf } from "../../records/database.ts";
import { keepPlan, moveDraft, registerSession } from "../../records/sessions.ts";
import { listStores } from "../../records/stores.ts";
import { goodsOf } from "./goods.ts";
import { ProblemError } from "./problem.ts";
import { plannedSession, sessionObject } from "./reach.ts";

export const recordsIn = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);

/** A plan with what the catalogue says of its SKUs. Throws a ProblemError where they cannot be sold in this way. */
async function withFacts(env: Env, input: PlanInput) {
  const skus = await goodsOf(env, input, input.open - input.leads.announceS);
  return { input, skus, staffSalt: hex(crypto.getRandomValues(new Uint8Array(32))) };
}

export async function draft(env: Env, input: PlanInput, by: string): Promise<Outcome<{ state: SessionState }, ProblemCode>> {
  const plan = await withFacts(env, input);
  await registerSession(recordsIn(env), input.session, input.open);
  const outcome = await sessionObject(env, input.session, input.market).plan(plan, by);
  if (outcome.ok) await keepPlan(recordsIn(env), input);
  return outcome;
}

export async function redraft(env: Env, input: PlanInput, by: string): Promise<Outcome<{ state: SessionState }, ProblemCode>> {
  const object = await plannedSession(env, input.session);
  const plan = await withFacts(env, input);
  const outcome = await object.replan(plan, by);
  if (!outcome.ok) return outcome;
  await keepPlan(recordsIn(env), input);
  await moveDraft(recordsIn(env), input.session, input.open);
  const facts = await object.draft();
  if (facts.ok) await claim(env, input, facts.value.allotted);
  return outcome;
}

type Window = Pick<PlanInput, "session" | "stock" | "open" | "close">;

const claimsOf = ({ session, stock = MAIN_STOCK, open, close }: Window, skus: ClaimedSku[]) => ({
  session,
  stock,
  open,
  close,
  skus,
});

export const claim = (env: Env, plan: Window, skus: ClaimedSku[]): Promise<void> =>
  writeClaims(recordsIn(env), claimsOf(plan, skus));

/** Where other sessions hold the same units at the same time. `nowS` in Unix seconds. */
export async function overlapsOf(env: Env, plan: Window, skus: ClaimedSku[], nowS: number): Promise<Overlap[]> {
  const beside: Claim[] = await claimsBeside(recordsIn(env), claimsOf(plan, skus), nowS);
  return overlapsWith(skus, beside);
}

type How = NonNullable<DraftVersion["allotment"]>["how"];

/**
 * Gives units to pools. Refused where a store is none of the market's, or another session holds the same units. The claim is written last; should
 * that fail, announcing writes it again and looks once more.
 */
export async function allot(env: Env, session: string, input: AllotmentInput, how: How, by: string) {
  const object = await plannedSession(env, session);
  const desk = await object.desk();
  if (!desk.ok) throw new ProblemError(desk.refusal);
  const { plan, state } = desk.value;
  if (state !== "draft") throw new ProblemError("not_draft");
  const stores = new Set((await listStores(recordsIn(env), plan.market)).map(({ store }) => store));
  const stranger = input.pools.find(({ store }) => !stores.has(store));
  if (stranger) throw new ProblemError("unknown_store", { detail: `${plan.market} has no store ${stranger.store}.` });
  const skus = claimed(input.pools);
  const [overlap] = await overlapsOf(env, plan, skus, Date.now() / 1000);
  if (overlap) throw new ProblemError("stock_overlap", { overlap: { ...overlap, stores: overlap.stores.slice(0, 20) } });
  const outcome = await object.allot(input, how, by);
  if (!outcome.ok) throw new ProblemError(outcome.refusal);
  await claim(env, plan, skus);
  return outcome.value;
}
