// Webhooks as operators manage them. The sender object of each reads its row before it sends; how far it has come is its own.
import type { EventType } from "../contracts/feed.ts";
import type { WebhookView } from "../contracts/webhooks.ts";
import type { Records } from "./database.ts";

export type Webhook = {
  webhook: string;
  url: string;
  types: EventType[] | undefined;
  kid: string;
  generation: number;
  previousKid: string | null;
  previousUntil: number | null;
  state: "enabled" | "disabled";
  why: NonNullable<WebhookView["why"]> | null;
  createdAt: number;
  startAfter: number;
};

const COLUMNS = `webhook, url, types, kid, generation, previous_kid AS previousKid, previous_until AS previousUntil, state, why,
  created_at AS createdAt, start_after AS startAfter`;

type Row = Omit<Webhook, "types"> & { types: string | null };
const webhookOf = (row: Row): Webhook => ({
  ...row,
  types: row.types === null ? undefined : (JSON.parse(row.types) as EventType[]),
});

/** False where there are `max` already. Counted in the statement that inserts, so that two operators at once do not make one too many. */
export async function addWebhook(
  { brand, d1 }: Records,
  {
    webhook,
    url,
    types,
    kid,
    createdAt,
    startAfter,
  }: Pick<Webhook, "webhook" | "url" | "types" | "kid" | "createdAt" | "startAfter">,
  max: number,
): Promise<boolean> {
  const { meta } = await d1
    .prepare(
      `INSERT INTO webhooks (brand, webhook, url, types, kid, created_at, start_after)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE (SELECT count(*) FROM webhooks WHERE brand = ?1) < ?8`,
    )
    .bind(brand, webhook, url, types ? JSON.stringify(types) : null, kid, createdAt, startAfter, max)
    .run();
  return meta.changes > 0;
}

export async function listWebhooks({ brand, d1 }: Records): Promise<Webhook[]> {
  const { results } = await d1
    .prepare(`SELECT ${COLUMNS} FROM webhooks WHERE brand = ? ORDER BY created_at, webhook`)
    .bind(brand)
    .all<Row>();
  return results.map(webhookOf);
}

export async function findWebhook({ brand, d1 }: Records, webhook: string): Promise<Webhook | undefined> {
  const row = await d1.prepare(`SELECT ${COLUMNS} FROM webhooks WHERE brand = ? AND webhook = ?`).bind(brand, webhook).first<Row>();
  return row ? webhookOf(row) : undefined;
}

export async function setWebhookState(
  { brand, d1 }: Records,
  webhook: string,
  state: Webhook["state"],
  why: Webhook["why"],
): Promise<void> {
  await d1.batch([
    d1
      .prepare("UPDATE webhooks SET state = ?3, why = ?4 WHERE brand = ?1 AND webhook = ?2 AND state <> ?3")
      .bind(brand, webhook, state, why),
  ]);
}

/** The next secret; the one before signs too until `previousUntil`. Only from the generation that the caller has seen. */
export async function nextSecret(
  { brand, d1 }: Records,
  { webhook, generation, kid: previousKid }: Webhook,
  kid: string,
  previousUntil: number,
): Promise<boolean> {
  const { meta } = await d1
    .prepare(
      `UPDATE webhooks SET generation = ?3 + 1, kid = ?4, previous_kid = ?5, previous_until = ?6
        WHERE brand = ?1 AND webhook = ?2 AND generation = ?3`,
    )
    .bind(brand, webhook, generation, kid, previousKid, previousUntil)
    .run();
  return meta.changes > 0;
}
