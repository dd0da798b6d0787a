// Sessions as D1 lists them. The session object is the authority; this is what look-ups and lists read.
import { and, desc, eq, isNotNull, notInArray, or, sql } from "drizzle-orm";
import type { PlanInput, SessionRecord } from "../contracts/sessions.ts";
import { plans } from "./carry-tables.ts";
import type { Records } from "./database.ts";
import { sessions } from "./schema.ts";

/** Notes that an id is in use, before its object is first called: whoever asks for another id never creates an object. */
export async function registerSession({ brand, db }: Records, session: string, open: number): Promise<void> {
  await db.insert(sessions).values({ brand, session, version: 0, state: "draft", open, line: null }).onConflictDoNothing();
}

/** A draft's new opening; what was announced is told by its object. */
export async function moveDraft({ brand, db }: Records, session: string, open: number): Promise<void> {
  await db
    .update(sessions)
    .set({ open })
    .where(and(eq(sessions.brand, brand), eq(sessions.session, session), eq(sessions.version, 0)));
}

/** Keeps a plan that the session's object has taken, over the draft's earlier one. */
export async function keepPlan({ brand, db }: Records, plan: PlanInput): Promise<void> {
  await db
    .insert(plans)
    .values({ brand, session: plan.session, plan })
    .onConflictDoUpdate({ target: [plans.brand, plans.session], set: { plan } });
}

export async function sessionIsKnown({ brand, db }: Records, session: string): Promise<boolean> {
  const rows = await db
    .select({ state: sessions.state })
    .from(sessions)
    .where(and(eq(sessions.brand, brand), eq(sessions.session, session)));
  return rows.length > 0;
}

/** Announced sessions, newest first. */
export async function listSessions({ brand, db }: Records, limit: number): Promise<SessionRecord[]> {
  const rows = await db
    .select({ line: sessions.line })
    .from(sessions)
    .where(and(eq(sessions.brand, brand), isNotNull(sessions.line)))
    .orderBy(desc(sessions.open), desc(sessions.session))
    .limit(limit);
  return rows.map(({ line }) => line as SessionRecord);
}

/** Ids whose session has not ended, or still waits for the log: what the sweep nudges. */
export async function liveSessions({ brand, db }: Records): Promise<string[]> {
  const rows = await db
    .select({ session: sessions.session })
    .from(sessions)
    .where(
      and(
        eq(sessions.brand, brand),
        isNotNull(sessions.line),
        or(notInArray(sessions.state, ["draft", "settled", "voided"]), sql`${sessions.line} ->> 'waiting' IS NOT NULL`),
      ),
    );
  return rows.map(({ session }) => session);
}

/** Sessions that have ended and whose shards are not all deleted yet. */
export async function sessionsWithShards({ brand, d1 }: Records): Promise<string[]> {
  const { results } = await d1
    .prepare(
      "SELECT session FROM sessions WHERE brand = ? AND state IN ('settled', 'voided') AND line ->> '$.shardsDeleted' IS NULL",
    )
    .bind(brand)
    .all<{ session: string }>();
  return results.map(({ session }) => session);
}
