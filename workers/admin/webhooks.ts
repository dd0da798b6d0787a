// Webhooks at the operator's desk: make, list, look, disable, change the secret, replay.
import { Hono } from "hono";
import { type Settings, settingsOf } from "../../contracts/settings.ts";
import { replayInput, WEBHOOKS_MAX, type WebhookView, webhookInput, webhookMove } from "../../contracts/webhooks.ts";
import { hex } from "../../domain/bytes.ts";
import { whyNotCalled } from "../../domain/webhook/address.ts";
import { secretText, webhookSecret } from "../../domain/webhook/signature.ts";
import { recordsOf } from "../../records/database.ts";
import { newestCursor } from "../../records/events.ts";
import { addWebhook, findWebhook, listWebhooks, nextSecret, setWebhookState, type Webhook } from "../../records/webhooks.ts";
import type { CallerApp } from "../edge/app-type.ts";
import { operator } from "../edge/caller.ts";
import { body } from "../edge/input.ts";
import { ProblemError, problem } from "../edge/problem.ts";
import { senderOf } from "../edge/reach.ts";

/** After a change of the secret the one before signs too, for as long as a receiver needs to be given the new one. */
const OVERLAP_S = 24 * 3600;

const PRIVATE = { "Cache-Control": "no-store" };
const records = (env: Env) => recordsOf(env.DB, settingsOf(env).BRAND);
const unixNow = () => Math.floor(Date.now() / 1000);

const viewOf = ({ webhook, url, types, state, why, createdAt }: Webhook): WebhookView => ({
  webhook,
  url,
  ...(types ? { types } : {}),
  state,
  ...(why ? { why } : {}),
  createdAt,
});

const secretOf = ({ OPERATOR_SECRETS: [key], BRAND }: Settings, webhook: string, generation: number): string =>
  secretText(webhookSecret(key.secret, BRAND, webhook, generation));

/** A webhook that there is; an id that nobody made creates no object. */
async function known(env: Env, webhook: string): Promise<Webhook> {
  const found = await findWebhook(records(env), webhook);
  if (!found) throw new ProblemError("not_found");
  return found;
}

export const adminWebhooks = new Hono<CallerApp>()
  .post("/v1/admin/webhooks", operator, async (c) => {
    const { url, types } = await body(c, webhookInput);
    const settings = settingsOf(c.env);
    const why = whyNotCalled(url, settings.WEBHOOK_LOOPBACK === "allowed");
    if (why) return problem("webhook_address", { detail: why });
    const webhook = `wh_${hex(crypto.getRandomValues(new Uint8Array(12)))}`;
    const startAfter = await newestCursor(records(c.env));
    const made = { webhook, url, types, kid: settings.OPERATOR_SECRETS[0].kid, createdAt: unixNow(), startAfter };
    if (!(await addWebhook(records(c.env), made, WEBHOOKS_MAX))) return problem("too_many_webhooks");
    await senderOf(c.env, webhook).wake(webhook, startAfter, true);
    const view = viewOf(await known(c.env, webhook));
    return c.json({ ...view, secret: secretOf(settings, webhook, 1) }, 201, PRIVATE);
  })
  .get("/v1/admin/webhooks", operator, async (c) => {
    return c.json({ webhooks: (await listWebhooks(records(c.env))).map(viewOf) }, 200, PRIVATE);
  })
  .get("/v1/admin/webhooks/:webhook", operator, async (c) => {
    const webhook = await known(c.env, c.req.param("webhook"));
    const progress = await senderOf(c.env, webhook.webhook).progress();
    return progress.ok ? c.json({ ...viewOf(webhook), ...progress.value }, 200, PRIVATE) : problem(progress.refusal);
  })
  .post("/v1/admin/webhooks/:webhook/moves", operator, async (c) => {
    const { to } = await body(c, webhookMove);
    const { webhook, startAfter } = await known(c.env, c.req.param("webhook"));
    await setWebhookState(records(c.env), webhook, to, to === "disabled" ? "operator" : null);
    if (to === "enabled") await senderOf(c.env, webhook).wake(webhook, startAfter, true);
    return c.json(viewOf(await known(c.env, webhook)), 200, PRIVATE);
  })
  .post("/v1/admin/webhooks/:webhook/secret", operator, async (c) => {
    const webhook = await known(c.env, c.req.param("webhook"));
    const settings = settingsOf(c.env);
    const previousUntil = unixNow() + OVERLAP_S;
    // Two operators at once: one of them changes it, the other is told.
    const changed = await nextSecret(records(c.env), webhook, settings.OPERATOR_SECRETS[0].kid, previousUntil);
    if (!changed) return problem("secret_changed");
    const secret = secretOf(settings, webhook.webhook, webhook.generation + 1);
    return c.json({ ...viewOf(webhook), secret, previousUntil }, 200, PRIVATE);
  })
  .post("/v1/admin/webhooks/:webhook/replay", operator, async (c) => {
    const input = await body(c, replayInput);
    const { webhook, state } = await known(c.env, c.req.param("webhook"));
    if (state === "disabled") return problem("webhook_disabled");
    const outcome = await senderOf(c.env, webhook).replay(input);
    return outcome.ok ? c.json({ replayed: "event" in input ? "event" : "after" }, 202, PRIVATE) : problem(outcome.refusal);
  });
