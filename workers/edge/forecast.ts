// What a session will probably be like: read from the sealed sessions of its template, or from what the plan expects.
import type { ForecastReply } from "../../contracts/planning.ts";
import type { PlanInput } from "../../contracts/sessions.ts";
import { billOf } from "../../domain/cost/bill.ts";
import { workloadOf } from "../../domain/cost/workload.ts";
import { type Forecast, forecastOf, PAST_MAX, type Past } from "../../domain/plan/forecast.ts";
import { sessionsLike } from "../../records/plans.ts";
import { recordsIn } from "./drafts.ts";
import { fileOf } from "./file-cache.ts";
import { ProblemError } from "./problem.ts";
import { plannedSession } from "./reach.ts";

async function reservationsIn(env: Env, session: string): Promise<Past[]> {
  const seal = await fileOf(env, `draws/${session}/seal.json`);
  if (!seal) return [];
  const { entries } = JSON.parse(new TextDecoder().decode(seal.bytes)) as { entries: number };
  return [{ session, reservations: entries }];
}

export async function forecast(
  env: Env,
  { session, open, expected }: Pick<PlanInput, "session" | "open" | "expected">,
  size: { units: number; pools: number },
): Promise<Forecast> {
  const like = await sessionsLike(recordsIn(env), session, open, PAST_MAX);
  const past = await Promise.all(like.map((one) => reservationsIn(env, one)));
  return forecastOf(size, past.flat(), expected?.reservations);
}

export async function forecastReply(env: Env, session: string): Promise<ForecastReply> {
  const outcome = await (await plannedSession(env, session)).draft();
  if (!outcome.ok) throw new ProblemError(outcome.refusal);
  const { plan, pools, allotted } = outcome.value;
  const size = { pools, units: allotted.reduce((sum, { units }) => sum + units, 0) };
  const foreseen = await forecast(env, plan.input, size);
  const costUsd = costOf(plan.input, size, new Set(allotted.flatMap(({ stores }) => stores)).size, foreseen.reservations);
  return { session, ...foreseen, ...(costUsd === undefined ? {} : { costUsd }) };
}

/** What `npm run cost` says of such a session, to the cent; nothing where nobody is expected. */
function costOf(
  { open, close, shards }: PlanInput,
  { pools, units }: { pools: number; units: number },
  stores: number,
  reservations: number | undefined,
): number | undefined {
  if (!reservations || pools === 0) return undefined;
  const { sessionUsd } = billOf(workloadOf({ entries: reservations, windowS: close - open, shards, pools, units, stores }));
  return Math.round(sessionUsd * 100) / 100;
}
