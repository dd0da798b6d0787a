// The award book of a range of pools: builds their tables, draws them, and is the authority for every award until it is paid.
import { DurableObject } from "cloudflare:workers";
import type { OrderEvent } from "../contracts/events.ts";
import { type Bytes, concat, unhex } from "../domain/bytes.ts";
import { afterStep, lapseCause, nextRanks } from "../domain/draw/award.ts";
import type { TableRoot } from "../domain/draw/seal.ts";
import { HASH } from "../domain/merkle.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { apply } from "../records/apply.ts";
import type { BookPlan, Drawn, StepNo, Stepped, StepRequest, Tables, WaveOrder, WaveRows } from "./book/messages.ts";
import { type AwardRecord, BookStore } from "./book/store.ts";
import { buildTables, drawPools, ShardsNotReady } from "./book/tables.ts";
import { Outbox } from "./outbox.ts";
import { type Ports, portsOf } from "./ports.ts";

/** The outbox is drained at once; the alarm is for what that attempt left. */
const ALARM_MS = 1000;

export class AwardBook extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: BookStore;
  readonly #outbox: Outbox;

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new BookStore(ports.storage);
    this.#outbox = new Outbox(ports, (events) => apply(ports.records(), events));
  }

  /** Builds and publishes the tables of the book's pools from the fixed shards. */
  async tables(plan: BookPlan): Promise<Outcome<Tables, "shards_not_ready">> {
    if (!this.#store.plan()) this.#store.begin(plan);
    try {
      return ok({ roots: await buildTables(plan, unhex(plan.manifest), this.#ports) });
    } catch (error) {
      if (error instanceof ShardsNotReady) return refuse("shards_not_ready");
      throw error;
    }
  }

  /** Ranks every pool with the seed, publishes the results and keeps the ranks. `roots` are the sealed table roots of this book. */
  async draw(seed: Bytes, roots: TableRoot[]): Promise<Outcome<Drawn, "not_prepared">> {
    const plan = this.#store.plan();
    if (!plan) return refuse("not_prepared");
    const { results, drawn } = await drawPools(plan, unhex(plan.manifest), seed, roots, this.#ports);
    this.#store.keepRanks(
      results.map(({ winners, waits, stock }, at) => {
        const { pool, sku, store } = plan.pools[at] as BookPlan["pools"][number];
        return { pool, sku, store, stock, ranks: concat([...winners, ...waits].map(({ lh }) => lh)) };
      }),
    );
    return ok(drawn);
  }

  /** Ends the pay window of the wave before and awards the freed units to the next ranks. The same wave again gives the same rows. */
  wave({ no, payBy, pickupUntil, mayAward }: WaveOrder): Outcome<WaveRows, "not_prepared" | "not_due"> {
    if (!this.#store.plan()) return refuse("not_prepared");
    if (!this.#store.wave(no)) {
      const before = this.#store.wave(no - 1);
      if (before && this.#now() < before.payBy) return refuse("not_due");
      this.#arm();
      this.#passWave(no, { payBy, pickupUntil }, mayAward);
      void this.#tellD1();
    }
    const more = this.#store.pools().some(({ awarded, ranks }) => awarded < ranks.length / HASH);
    return ok({
      awards: this.#store.awardedIn(no).map(({ pool, rank, lh }) => ({ pool, rank, lh })),
      lapses: this.#store.lapsedIn(no),
      more,
    });
  }

  /** Accept, decline or pay one award. A repeat of a step gives the same answer; a second order id is not taken. */
  async step(request: StepRequest): Promise<Outcome<Stepped, StepNo>> {
    const award = this.#find(request);
    const wave = award && this.#store.wave(award.wave);
    if (!award || !wave) return refuse({ code: request.step === "pay" ? "not_found" : "not_awarded" });
    const now = this.#now();
    const state = afterStep(award.state, request.step, wave.payBy, now);
    if (typeof state === "object") return refuse({ code: state.refusal });
    const stepped: AwardRecord = { ...award, state };
    if (state !== award.state) {
      stepped.version++;
      if (state === "accepted") Object.assign(stepped, { order: request.order, member: request.member });
      if (state === "paid") stepped.paidAt = Math.floor(now);
      this.#arm();
      this.#store.step(stepped, this.#outbox, this.#event(stepped, wave));
      void this.#tellD1();
    }
    return ok({
      state: stepped.state as Stepped["state"],
      rank: award.rank,
      payBy: wave.payBy,
      pickupUntil: wave.pickupUntil,
      ...(stepped.order === null ? {} : { order: stepped.order }),
    });
  }

  override async alarm(): Promise<void> {
    if (this.#store.plan()) await this.#tellD1();
  }

  /** How many units were paid, and whether D1 has heard of all of them; tells it first. Also the sweep's nudge, should an alarm be lost. */
  async closing(): Promise<Outcome<{ paid: number; told: boolean }, "not_prepared">> {
    if (!this.#store.plan()) return refuse("not_prepared");
    await this.#tellD1();
    return ok({ paid: this.#store.paidCount(), told: this.#outbox.isEmpty });
  }

  #find({ pool, lh, order, step }: StepRequest): AwardRecord | undefined {
    if (!this.#store.plan()) return undefined;
    if (step === "pay") return order === undefined ? undefined : this.#store.awardOfOrder(pool, order);
    return lh && this.#store.awardOf(pool, lh);
  }

  #passWave(no: number, times: { payBy: number; pickupUntil: number }, mayAward: boolean): void {
    const freed = new Map<number, number>();
    const lapses = this.#store.unsettled().flatMap((award) => {
      const cause = lapseCause(award.state);
      if (cause === undefined) return [];
      freed.set(award.pool, (freed.get(award.pool) ?? 0) + 1);
      const lapsed: AwardRecord = { ...award, state: "lapsed", version: award.version + 1 };
      const wave = this.#store.wave(award.wave) as { payBy: number; pickupUntil: number };
      return [{ award: lapsed, cause, event: this.#event(lapsed, wave) }];
    });
    const awards = this.#store.pools().flatMap((pool) => {
      const units = no === 1 ? pool.stock : (freed.get(pool.pool) ?? 0);
      return mayAward ? nextRanks(pool.awarded, units, pool.ranks.length / HASH).map((rank) => ({ pool, rank })) : [];
    });
    this.#store.wavePassed(no, times, lapses, awards, this.#outbox);
  }

  /** D1 hears of an award from the moment that it has an order. */
  #event(
    { pool, rank, state, version, order, member, paidAt }: AwardRecord,
    wave: { payBy: number; pickupUntil: number },
  ): OrderEvent | undefined {
    if (order === null || member === null) return undefined;
    const plan = this.#store.plan() as BookPlan;
    const { sku, store } = this.#store.pool(pool) as { sku: string; store: string };
    const { currency, amountMinor } = plan.prices[sku] as BookPlan["prices"][string];
    return {
      v: 1,
      type: "order",
      order,
      version,
      session: plan.session,
      pool,
      rank,
      sku,
      store,
      member,
      amountMinor,
      currency,
      ...wave,
      paidAt,
      state: state === "declined" ? "lapsed" : (state as OrderEvent["state"]),
    };
  }

  /**
   * Called in the same turn as the write that fills the outbox: both are stored or neither, so no event waits without an alarm.
   */
  #arm(): void {
    void this.#ports.storage.setAlarm(Math.max(this.#ports.nowMs() + ALARM_MS, this.#outbox.pausedUntilMs));
  }

  /** Tells D1 at once; what it does not take now, the alarm brings again. */
  async #tellD1(): Promise<void> {
    await this.#outbox.drain();
    const { wakeAtMs } = this.#outbox;
    if (wakeAtMs !== undefined) void this.#ports.storage.setAlarm(Math.max(this.#ports.nowMs() + ALARM_MS, wakeAtMs));
  }

  #now(): number {
    return this.#ports.nowMs() / 1000;
  }
}
