// A receiver of webhooks for object tests: remembers what it took, and does as it is told.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { senderName } from "../../../domain/objects.ts";
import { call, operatorToken } from "./http.ts";
import { alarmOf } from "./session.ts";
import { type Received, world } from "./world.ts";

export type Sent = { id: string; type: string; entity: string; headers: Record<string, string>; body: string };

/** What a received request is about. */
export function sentOf({ headers, body }: Received): Sent {
  const event = JSON.parse(body) as {
    id: string;
    type: string;
    data: Record<"session" | "order" | "delivery" | "incident", string>;
  };
  const { incident, order, delivery, session } = event.data;
  return { id: event.id, type: event.type, entity: incident ?? order ?? delivery ?? session, headers, body };
}

export type Answer = (sent: Sent) => Response | undefined;
export const takes: Answer = () => new Response(null, { status: 204 });

/** Collects everything that is sent; `answer` decides, and what it lets in is in `taken`. */
export function receiving(answer: Answer = takes): { asked: Sent[]; taken: Sent[]; answer: (next: Answer) => void } {
  const asked: Sent[] = [];
  const taken: Sent[] = [];
  let decide = answer;
  world().receiver = async (request) => {
    const sent = sentOf(request);
    asked.push(sent);
    const reply = decide(sent);
    if (reply?.ok) taken.push(sent);
    return reply;
  };
  return {
    asked,
    taken,
    answer: (next) => {
      decide = next;
    },
  };
}

export const senderStub = (webhook: string) => env.WEBHOOKS.getByName(senderName("fairpour", webhook));

export async function madeWebhook(input: object = {}): Promise<{ webhook: string; secret: string }> {
  const token = await operatorToken();
  const made = await call("POST", "/v1/admin/webhooks", { token, body: { url: "https://shop.example.com/hooks", ...input } });
  if (made.status !== 201) throw new Error(made.text);
  return made.body as { webhook: string; secret: string };
}

/**
 * Fires the sender's alarms until nothing is due before `untilMs`, moving the clock; then the clock stands there. Alarms come as late as they
 * like: over hours ten minutes, over days an hour.
 */
export async function drive(webhook: string, untilMs: number): Promise<void> {
  const spanMs = untilMs - world().nowMs;
  const lateMs = spanMs > 86400_000 ? 3600_000 : spanMs > 60_000 ? 600_000 : 0;
  for (let steps = 0; steps < 2_000; steps++) {
    const next = await alarmOf(senderStub(webhook) as never);
    if (next > untilMs || world().nowMs >= untilMs) break;
    world().nowMs = Math.min(untilMs, Math.max(world().nowMs + lateMs, next));
    await runDurableObjectAlarm(senderStub(webhook) as never);
  }
  world().nowMs = Math.max(world().nowMs, untilMs);
}
