// One shard of a session's reservations: serialises who holds which place, commits them in groups, and signs what it promises.
import { DurableObject } from "cloudflare:workers";
import type { OwnExcluded } from "../contracts/review.ts";
import { type DoorNo, readRequest, replyText } from "../contracts/shard.ts";
import type { Bytes } from "../domain/bytes.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { type Ports, portsOf } from "./ports.ts";
import { ShardDesk } from "./shard/desk.ts";
import type { FixedShard, Prepared, ShardPlan } from "./shard/messages.ts";
import { ShardStore } from "./shard/store.ts";

export class ReservationShard extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: ShardStore;
  #desk: ShardDesk | undefined;

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new ShardStore(ports.storage);
    const plan = this.#store.plan();
    if (plan) this.#desk = new ShardDesk(this.#store, plan, ports);
  }

  /**
   * Gives the shard its plan, once. The same plan again changes nothing. A plan that can no longer be sealed is refused: that of a shard
   * which was deleted, too, so that no empty one ever takes its place.
   */
  prepare(plan: ShardPlan): Outcome<Prepared, "other_plan" | "over"> {
    const known = this.#store.plan();
    if (known && known.manifest !== plan.manifest) return refuse("other_plan");
    if (!known && this.#ports.nowMs() >= plan.sealBy * 1000) return refuse("over");
    if (!known) this.#store.begin(plan);
    this.#desk ??= new ShardDesk(this.#store, plan, this.#ports);
    return ok({ places: this.#desk.places.size });
  }

  /** Wakes the shard: its rows are read on the way, and its key is there for the first group. */
  async warm(): Promise<Outcome<Prepared, "not_prepared">> {
    if (!this.#desk) return refuse("not_prepared");
    await this.#desk.warm();
    return ok({ places: this.#desk.places.size });
  }

  /** A place for one person: a packed request in, a reply as text out (contracts/shard.ts says why). */
  async reserve(request: Bytes): Promise<string> {
    return replyText(this.#desk ? await this.#desk.reserve(readRequest(request)) : refuse({ code: "not_prepared" }));
  }

  /** Receipts of one person, in order of place. */
  async own(pid: Bytes): Promise<Outcome<{ receipt: string; withdrawn: boolean }[], DoorNo>> {
    return this.#desk ? ok(await this.#desk.own(pid)) : refuse({ code: "not_prepared" });
  }

  async withdraw(pid: Bytes, pool: number): Promise<Outcome<string, DoorNo>> {
    return this.#desk ? this.#desk.withdraw(pid, pool) : refuse({ code: "not_prepared" });
  }

  /** Whether these places (u32 each) are there: a byte for each (domain/draw/exclusion.ts). */
  places(indexes: Bytes): Outcome<Bytes, "not_prepared"> {
    return this.#desk ? ok(this.#desk.placesAt(indexes)) : refuse("not_prepared");
  }

  /** What the session's operators have excluded here, all of it: u32 place, u8 reason, u8 whether it stands, ascending. An older version is passed over. */
  exclude(version: number, rows: Bytes): Outcome<true, "not_prepared"> {
    if (!this.#desk) return refuse("not_prepared");
    this.#desk.exclude(version, rows);
    return ok(true);
  }

  /** The places of one person that operators have excluded. */
  excludedOf(pid: Bytes): Outcome<OwnExcluded[], "not_prepared"> {
    return this.#desk ? ok(this.#desk.excludedOf(pid)) : refuse("not_prepared");
  }

  /** After close and grace: fixes (n, root) for ever. Refused before, because a request could still come in time. */
  async fix(): Promise<Outcome<FixedShard, "not_prepared" | "not_due">> {
    return this.#desk ? this.#desk.fix() : refuse("not_prepared");
  }

  /** Table rows of the pools from..to that are not excluded: u32 pool || lh || u8 tickets each. Only once fixed. */
  rows(from: number, to: number): Outcome<Bytes, "not_prepared" | "not_due"> {
    return this.#desk ? this.#desk.rows(from, to) : refuse("not_prepared");
  }

  /** Writes the shard's public file; the same bytes again on a repeat. */
  async publish(): Promise<Outcome<{ bytes: number }, "not_prepared" | "not_due">> {
    return this.#desk ? this.#desk.publish() : refuse("not_prepared");
  }

  /**
   * Deletes everything, for ever; only a shard that is fixed or voided. The session object has made sure that nobody needs the rows
   * (durable-objects/session/retire.ts). What holds nothing is deleted already, or was never prepared.
   */
  async retire(manifest: string): Promise<Outcome<true, "other_plan" | "not_due">> {
    const plan = this.#store.plan();
    if (!plan) return ok(true);
    if (plan.manifest !== manifest) return refuse("other_plan");
    if (!this.#store.fixed() && !this.#store.isVoided()) return refuse("not_due");
    await this.#ports.storage.deleteAll();
    this.#desk = undefined;
    return ok(true);
  }

  /** From now on every reservation is refused with reason 39. */
  voidSession(): Outcome<true, "not_prepared"> {
    if (!this.#desk) return refuse("not_prepared");
    this.#desk.voidSession();
    return ok(true);
  }
}
