// Templates with all their versions, and the sessions that they drafted.
import { and, asc, desc, eq, gte, inArray, lt, lte } from "drizzle-orm";
import type { TemplateInput, TemplateView, Version } from "../contracts/templates.ts";
import type { Records } from "./database.ts";
import { occurrences, templates } from "./planning-tables.ts";
import { sessions } from "./schema.ts";

const viewOf = ({ body, version, at, by }: typeof templates.$inferSelect): TemplateView => ({ ...body, version, at, by });

/** Of each template the version that counts, in order of id. */
export async function listTemplates({ brand, db }: Records): Promise<TemplateView[]> {
  const rows = await db
    .select()
    .from(templates)
    .where(eq(templates.brand, brand))
    .orderBy(asc(templates.template), asc(templates.version));
  return [...new Map(rows.map((row) => [row.template, viewOf(row)])).values()];
}

export async function findTemplate({ brand, db }: Records, template: string): Promise<TemplateView | undefined> {
  const [row] = await db
    .select()
    .from(templates)
    .where(and(eq(templates.brand, brand), eq(templates.template, template)))
    .orderBy(desc(templates.version))
    .limit(1);
  return row && viewOf(row);
}

export async function versionsOf({ brand, db }: Records, template: string): Promise<Version[]> {
  return db
    .select({ version: templates.version, at: templates.at, by: templates.by })
    .from(templates)
    .where(and(eq(templates.brand, brand), eq(templates.template, template)))
    .orderBy(asc(templates.version));
}

/** False where somebody else wrote this version meanwhile. */
export async function addVersion({ brand, d1 }: Records, body: TemplateInput, { version, at, by }: Version): Promise<boolean> {
  const { meta } = await d1
    .prepare("INSERT INTO templates (brand, template, version, at, by, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(brand, body.template, version, at, by, JSON.stringify(body))
    .run();
  return meta.changes > 0;
}

/** Notes who drafts a session, once. */
export async function addOccurrence(
  { brand, db }: Records,
  row: { session: string; template: string; version: number; date: string },
): Promise<void> {
  await db
    .insert(occurrences)
    .values({ brand, ...row })
    .onConflictDoNothing();
}

/** The template's sessions whose day lies in from..to, as far as they were drafted. */
export async function draftedBetween({ brand, db }: Records, template: string, from: string, to: string): Promise<Set<string>> {
  const rows = await db
    .select({ session: occurrences.session })
    .from(occurrences)
    .where(
      and(eq(occurrences.brand, brand), eq(occurrences.template, template), gte(occurrences.date, from), lte(occurrences.date, to)),
    );
  return new Set(rows.map(({ session }) => session));
}

/** Drafts of the template that open after `now` and nobody has announced, the next first. */
export async function waitingDrafts({ brand, db }: Records, template: string, now: number, max: number): Promise<string[]> {
  const rows = await db
    .select({ session: sessions.session })
    .from(occurrences)
    .innerJoin(sessions, and(eq(sessions.brand, occurrences.brand), eq(sessions.session, occurrences.session)))
    .where(
      and(eq(occurrences.brand, brand), eq(occurrences.template, template), eq(sessions.state, "draft"), gte(sessions.open, now)),
    )
    .orderBy(asc(sessions.open))
    .limit(max);
  return rows.map(({ session }) => session);
}

/** The last sessions before `open` of the template that drafted this one, and were drawn: the newest first. */
export async function sessionsLike({ brand, db }: Records, session: string, open: number, max: number): Promise<string[]> {
  const [own] = await db
    .select({ template: occurrences.template })
    .from(occurrences)
    .where(and(eq(occurrences.brand, brand), eq(occurrences.session, session)));
  if (!own) return [];
  const rows = await db
    .select({ session: sessions.session })
    .from(occurrences)
    .innerJoin(sessions, and(eq(sessions.brand, occurrences.brand), eq(sessions.session, occurrences.session)))
    .where(
      and(
        eq(occurrences.brand, brand),
        eq(occurrences.template, own.template),
        inArray(sessions.state, ["drawn", "awarding", "settled"]),
        lt(sessions.open, open),
      ),
    )
    .orderBy(desc(sessions.open))
    .limit(max);
  return rows.map((row) => row.session);
}
