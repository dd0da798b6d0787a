// One attempt to hand an event to a receiver: signed, with a time limit, following no redirect and reading nothing of the reply.
import { keyNamed, settingsOf } from "../../contracts/settings.ts";
import { whyNotCalled } from "../../domain/webhook/address.ts";
import { signedHeaders, webhookSecret } from "../../domain/webhook/signature.ts";
import type { Webhook } from "../../records/webhooks.ts";
import type { Ports } from "../ports.ts";

/** A receiver should put the event down and answer; what it does with it is its own time. */
const TIMEOUT_MS = 10_000;

/** The receiver's word that it wants no more, as Standard Webhooks have it. */
const GONE = 410;

export type Attempt = { came: "taken" } | { came: "gone" } | { came: "failed"; why: string };

/** The secrets that sign now: this generation's, and the one before while it is being changed. None where its key is no longer set. */
function secretsOf({ webhook, generation, kid, previousKid, previousUntil }: Webhook, env: Env, nowS: number): Uint8Array[] {
  const { OPERATOR_SECRETS, BRAND } = settingsOf(env);
  const wanted = [{ kid, generation }];
  if (previousKid !== null && previousUntil !== null && nowS < previousUntil) {
    wanted.push({ kid: previousKid, generation: generation - 1 });
  }
  return wanted.flatMap((one) => {
    const key = keyNamed(OPERATOR_SECRETS, one.kid);
    return key ? [webhookSecret(key.secret, BRAND, webhook, one.generation)] : [];
  });
}

export async function attempt(
  { fetch, env, nowMs }: Pick<Ports, "fetch" | "env" | "nowMs">,
  webhook: Webhook,
  event: { eventId: string; body: string },
): Promise<Attempt> {
  const nowS = Math.floor(nowMs() / 1000);
  const secrets = secretsOf(webhook, env, nowS);
  if (secrets.length === 0) return { came: "failed", why: "its operator secret is no longer set: change the webhook's secret" };
  // Looked at again before each attempt: the rule, or the setting, may have changed since the address was given.
  const refused = whyNotCalled(webhook.url, settingsOf(env).WEBHOOK_LOOPBACK === "allowed");
  if (refused) return { came: "failed", why: refused };
  try {
    const response = await fetch(webhook.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Fairpour-Webhook/1",
        ...signedHeaders(event.eventId, nowS, event.body, secrets),
      },
      body: event.body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    void response.body?.cancel().catch(() => undefined);
    if (response.ok) return { came: "taken" };
    return response.status === GONE ? { came: "gone" } : { came: "failed", why: `status ${response.status}` };
  } catch (error) {
    // What the platform says of a receiver may name addresses inside of it: the desk shows the kind only.
    return { came: "failed", why: (error as Error).name === "TimeoutError" ? "no answer within 10 s" : "no connection" };
  }
}
