// Sends the event feed to one webhook: at least once, in order for each entity (a session, an order, …), as soon as the receiver takes it.
import { DurableObject } from "cloudflare:workers";
import type { WebhookProgress } from "../contracts/webhooks.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { isGivenUp, nextAttemptMs, pauseMs } from "../domain/webhook/retry.ts";
import { eventsAfter, findEvent } from "../records/events.ts";
import { findWebhook, setWebhookState, type Webhook } from "../records/webhooks.ts";
import { type Ports, portsOf } from "./ports.ts";
import { withTimeout } from "./timeout.ts";
import { type Attempt, attempt } from "./webhook/attempt.ts";
import { type Pending, SenderStore } from "./webhook/store.ts";

/** Read ahead of what is delivered: a receiver that is away for a day must not fill this object with the day's events. */
const PENDING_MAX = 500;
/** Attempts at a time, each about another entity. */
const WIDTH = 8;
/** Rounds of one wake: some minute of a slow receiver. What is left then is due at once. */
const ROUNDS_MAX = 20;
/** The feed is looked at this often while nothing happens, doubling to the maximum. */
const LOOK_MS = 2_000;
const LOOK_MS_MAX = 30_000;
const D1_TIMEOUT_MS = 5_000;

export class WebhookSender extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: SenderStore;
  #running: Promise<void> | undefined;
  /** Looks in a row that found nothing. Lost with the object: then it looks sooner. */
  #quiet = 0;

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new SenderStore(ports.storage);
  }

  /** Begins after `startAfter`, and goes on if it has begun. Also the sweep's nudge, should an alarm be lost. */
  async wake(webhook: string, startAfter: number, atOnce: boolean): Promise<void> {
    if (atOnce || (await this.#ports.storage.getAlarm()) === null) this.#wakeIn(0);
    if (!this.#store.exists) this.#store.begin(webhook, startAfter);
  }

  progress(): Outcome<WebhookProgress, "not_found"> {
    return this.#store.exists ? ok(this.#store.progress()) : refuse("not_found");
  }

  /** One event once more, or everything after an earlier place. */
  async replay(
    input: { event: string } | { after: string },
  ): Promise<Outcome<true, "not_found" | "cursor_too_old" | "unknown_cursor">> {
    if (!this.#store.exists) return refuse("not_found");
    const records = this.#ports.records();
    if ("event" in input) {
      const event = await findEvent(records, Number(input.event));
      if (!event) return refuse("not_found");
      this.#wakeIn(0);
      this.#store.again(event);
      return ok(true);
    }
    const page = await eventsAfter(records, Number(input.after), 1);
    if (!page.ok) return page;
    this.#wakeIn(0);
    this.#store.goBack(Math.min(Number(input.after), this.#store.sender().cursor));
    return ok(true);
  }

  override alarm(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    if (!this.#store.exists) return;
    // Should the object die in the middle, this alarm brings it back.
    this.#wakeIn(LOOK_MS_MAX);
    try {
      for (let round = 0; round < ROUNDS_MAX; round++) {
        const { webhook, read } = await this.#look();
        if (webhook?.state !== "enabled") {
          void this.#ports.storage.deleteAlarm();
          return;
        }
        const sent = await this.#send(webhook);
        this.#quiet = read + sent > 0 ? 0 : this.#quiet + 1;
        if (sent === 0) break;
      }
    } catch (error) {
      const { webhook } = this.#store.sender();
      console.warn(JSON.stringify({ event: "webhook_failed", webhook, error: String(error) }));
    }
    this.#sleep();
  }

  /** Reads on in the feed, as far as there is room; gives the webhook as its operator wants it now, and how many events were read. */
  async #look(): Promise<{ webhook: Webhook | undefined; read: number }> {
    const records = this.#ports.records();
    const { webhook: id, cursor } = this.#store.sender();
    const room = PENDING_MAX - this.#store.pendingCount;
    const [webhook, page] = await withTimeout(
      // From the beginning, 0, nothing is too old.
      Promise.all([findWebhook(records, id), room > 0 ? eventsAfter(records, cursor || undefined, room) : undefined]),
      D1_TIMEOUT_MS,
    );
    if (webhook?.state !== "enabled" || !page) return { webhook, read: 0 };
    if (!page.ok) {
      // It was disabled for longer than events are kept, or D1 was put back to an earlier day: it goes on with what there is.
      console.error(JSON.stringify({ event: "webhook_gap", webhook: id, why: page.refusal, cursor }));
      this.#store.take([], 0);
      return { webhook, read: 1 };
    }
    const { events, next } = page.value;
    const wanted = events.filter(({ type }) => webhook.types?.includes(type) ?? true);
    if (next > cursor) this.#store.take(wanted, next);
    return { webhook, read: events.length };
  }

  /** One round: everything that is due, a few at a time side by side. Returns how many were tried. */
  async #send(webhook: Webhook): Promise<number> {
    const sender = this.#store.sender();
    const now = this.#ports.nowMs();
    if (now < sender.pausedUntil) return 0;
    // A receiver that took nothing the last time is asked with one event only.
    const due = this.#store.due(now, sender.failures > 0 ? 1 : WIDTH);
    if (due.length === 0) return 0;
    const came = await Promise.all(due.map(async (pending) => ({ pending, ...(await attempt(this.#ports, webhook, pending)) })));
    await this.#settle(webhook, came);
    return due.length;
  }

  async #settle(webhook: Webhook, came: (Attempt & { pending: Pending })[]): Promise<void> {
    const now = this.#ports.nowMs();
    const { failures, failingSince } = this.#store.sender();
    const round = {
      taken: [] as number[],
      later: [] as { seq: number; due: number }[],
      dead: [] as { pending: Pending; why: string }[],
    };
    for (const one of came) {
      const { seq, attempts } = one.pending;
      if (one.came === "taken") round.taken.push(seq);
      else {
        const waitMs = nextAttemptMs(attempts + 1, this.#ports.random);
        if (waitMs === undefined) round.dead.push({ pending: one.pending, why: one.came === "failed" ? one.why : "gone" });
        else round.later.push({ seq, due: now + waitMs });
      }
    }
    const isUp = round.taken.length > 0;
    const next = isUp
      ? { failures: 0, failingSince: null, pausedUntil: 0 }
      : {
          failures: failures + 1,
          failingSince: failingSince ?? now,
          pausedUntil: now + pauseMs(failures + 1, this.#ports.random),
        };
    this.#store.settle(round, next, now);
    const isGone = came.some((one) => one.came === "gone");
    if (isGone || (!isUp && isGivenUp(now - (next.failingSince ?? now), next.failures))) {
      await setWebhookState(this.#ports.records(), webhook.webhook, "disabled", isGone ? "gone" : "failing");
      console.warn(JSON.stringify({ event: "webhook_disabled", webhook: webhook.webhook, why: isGone ? "gone" : "failing" }));
    }
  }

  #sleep(): void {
    const now = this.#ports.nowMs();
    const lookMs = Math.min(LOOK_MS_MAX, LOOK_MS * 2 ** Math.min(this.#quiet, 10));
    const { pausedUntil } = this.#store.sender();
    const due = this.#store.nextDue();
    const sendMs = due === undefined ? Number.POSITIVE_INFINITY : Math.max(due, pausedUntil) - now;
    this.#wakeIn(Math.max(0, Math.min(lookMs, sendMs)));
  }

  #wakeIn(ms: number): void {
    void this.#ports.storage.setAlarm(this.#ports.nowMs() + ms);
  }
}
