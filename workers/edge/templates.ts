// Templates at work: which sessions they make, drafting those that are missing, and what the night's run does by itself.
import * as v from "valibot";
import { planInput } from "../../contracts/sessions.ts";
import {
  AUTO_NIGHTS,
  type Drafted,
  type DraftsReply,
  type OccurrenceView,
  type TemplateInput,
  type TemplateView,
} from "../../contracts/templates.ts";
import type { Chain } from "../../domain/draw/chains.ts";
import { dateText, readDate } from "../../domain/plan/civil.ts";
import { type Occurrence, occurrences, type Rule } from "../../domain/plan/rule.ts";
import { announceBy, planOf, sessionIdOf, zoneOf } from "../../domain/plan/template.ts";
import { dayAt } from "../../domain/plan/zone.ts";
import { forgetClaims } from "../../records/claims.ts";
import { addOccurrence, draftedBetween, listTemplates, waitingDrafts } from "../../records/plans.ts";
import { announce } from "./checks.ts";
import { allot, draft, recordsIn } from "./drafts.ts";
import { ProblemError } from "./problem.ts";
import { plannedSession } from "./reach.ts";
import { allotmentOf, spread } from "./spread.ts";

/** Sessions that one call or one night drafts: each is some six calls of objects and D1, and may spread units over thousands of stores. */
export const DRAFTS_MAX = 50;

/** Should one night fail, there is another. */
const ANNOUNCE_AHEAD_S = AUTO_NIGHTS * 86_400;

type Days = { from: number; to: number };

/** Occurrences on the days from..to of the template's zone. */
export const occurrencesOf = (template: TemplateInput, { from, to }: Days, max?: number): Occurrence[] =>
  occurrences(template.rule as Rule, zoneOf(template), from, to, max);

export async function occurrenceViews(env: Env, template: TemplateInput, days: Days): Promise<OccurrenceView[]> {
  const drafted = await draftedBetween(recordsIn(env), template.template, dateText(days.from), dateText(days.to));
  return occurrencesOf(template, days).map((one) => {
    const session = sessionIdOf(template.template, one.date);
    return { ...one, session, announceBy: announceBy(template as Shape, one.open), drafted: drafted.has(session) };
  });
}

type Shape = Parameters<typeof planOf>[0];

/** Drafts the occurrences of the days that are missing, at most so many; `next` is the day to go on from. */
export async function draftDays(env: Env, template: TemplateView, { from, to }: Days, by: string): Promise<DraftsReply> {
  const list = occurrencesOf(template, { from, to }, DRAFTS_MAX + 1);
  const sessions: Drafted[] = [];
  for (const one of list.slice(0, DRAFTS_MAX)) sessions.push(await draftOne(env, template, one, by));
  const next = list[DRAFTS_MAX]?.date;
  return { sessions, ...(next ? { next } : {}) };
}

/** One occurrence is one session for ever: its id follows from template and day. What an operator has changed since is left alone. */
async function draftOne(env: Env, template: TemplateView, one: Occurrence, by: string): Promise<Drafted> {
  const { date } = one;
  const session = sessionIdOf(template.template, date);
  try {
    const before = await draftedBetween(recordsIn(env), template.template, date, date);
    const outcome = await draft(env, v.parse(planInput, planOf(template as Shape, one)), by);
    if (!outcome.ok) {
      const isOurs = outcome.refusal === "session_exists" && before.has(session);
      return isOurs ? { session, date, done: "exists" } : { session, date, done: "refused", code: outcome.refusal };
    }
    await addOccurrence(recordsIn(env), { session, template: template.template, version: template.version, date });
    if (outcome.value.state !== "draft") return { session, date, done: "exists" };
    if (template.units) await fill(env, session, template, by);
    return { session, date, done: before.has(session) ? "exists" : "drafted" };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { detail } = error.extra;
    return { session, date, done: "refused", code: error.code, ...(detail ? { detail } : {}) };
  }
}

/** Spreads the template's units over its stores, unless the draft has an allotment already. */
async function fill(env: Env, session: string, { market, units, spread: how }: TemplateView, by: string): Promise<void> {
  const facts = await (await plannedSession(env, session)).draft();
  if (!facts.ok || !units || facts.value.pools > 0) return;
  await allot(env, session, allotmentOf(await spread(env, market, units, how)), "proportional", by);
}

/** The night's run: forgets what was claimed for windows that are over, drafts what templates ask for ahead, and announces where they say so and no check fails. `nowS` in Unix seconds. */
export async function planAhead(env: Env, nowS: number, chains: readonly Chain[]): Promise<void> {
  await forgetClaims(recordsIn(env), Math.floor(nowS));
  let left = DRAFTS_MAX;
  for (const template of await listTemplates(recordsIn(env))) {
    if (template.paused) continue;
    if (template.draftDays > 0 && left > 0) left -= await draftAhead(env, template, nowS, left);
    if (template.announce === "auto") await announceAhead(env, template, nowS, chains);
  }
}

async function draftAhead(env: Env, template: TemplateView, nowS: number, max: number): Promise<number> {
  const today = dayAt(zoneOf(template), nowS);
  const views = await occurrenceViews(env, template, { from: today, to: today + template.draftDays });
  const missing = views.filter((one) => !one.drafted && one.announceBy > nowS).slice(0, max);
  for (const { date } of missing) {
    const day = readDate(date) as number;
    const { sessions } = await draftDays(env, template, { from: day, to: day }, `template ${template.template}`);
    for (const { session, done, code } of sessions)
      if (done === "refused") console.warn(JSON.stringify({ event: "not_drafted", session, code }));
  }
  return missing.length;
}

async function announceAhead(env: Env, template: TemplateView, nowS: number, chains: readonly Chain[]): Promise<void> {
  const latest = announceBy(template as Shape, 0);
  for (const session of await waitingDrafts(recordsIn(env), template.template, nowS, DRAFTS_MAX)) {
    const facts = await (await plannedSession(env, session)).draft();
    if (!facts.ok || facts.value.plan.input.open + latest > nowS + ANNOUNCE_AHEAD_S) continue;
    try {
      await announce(env, session, chains);
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : String(error);
      console.warn(JSON.stringify({ event: "not_announced", session, code }));
    }
  }
}
