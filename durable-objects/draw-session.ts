// One draw session: the authority for where it stands. It moves by its own alarm, or when an operator nudges a move that is due.
import { DurableObject } from "cloudflare:workers";
import type { DraftVersion } from "../contracts/planning.ts";
import type { Notice, OwnExcluded, Proposal, ProposalNo, ProposalView, ReviewDesk } from "../contracts/review.ts";
import type { AllotmentInput, Bulletin, MoveInput, SessionDesk, SessionState } from "../contracts/sessions.ts";
import { type Bytes, hex } from "../domain/bytes.ts";
import { dueMove, hasReached, mayVoid, wakeAt } from "../domain/draw/life.ts";
import { manifestHash } from "../domain/draw/manifest.ts";
import type { Pool } from "../domain/draw/pools.ts";
import type { Exclusion } from "../domain/draw/seal.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import { apply } from "../records/apply.ts";
import { wonMeanwhile } from "./member/won-meanwhile.ts";
import { Outbox } from "./outbox.ts";
import { type Ports, portsOf } from "./ports.ts";
import { appeal, notices } from "./session/appeals.ts";
import { say } from "./session/bulletins.ts";
import type { MoveDesk } from "./session/desk.ts";
import { allot, draftFacts, fixManifest, knows, preview, replan } from "./session/draft.ts";
import { offer, waitingOf } from "./session/log.ts";
import type { Announced, DraftFacts, Plan, SessionNo } from "./session/messages.ts";
import { runMove } from "./session/moves.ts";
import { mustTell, tellShards } from "./session/notices.ts";
import { confirm, dropProposal, propose } from "./session/proposals.ts";
import { reviewDesk } from "./session/review-views.ts";
import { SessionStore } from "./session/store.ts";
import { deskOf, sessionEvent } from "./session/views.ts";
import { askForVoid } from "./session/void.ts";
import { nudgeBooks } from "./session/waves.ts";

/** A failed or unfinished move is tried again after this long, doubling to the maximum. */
const RETRY_MS = 500;
const RETRY_MS_MAX = 2_000;
/** What is in the log and only lacks its quorum is asked for this often at least. */
const LOG_RETRY_MS_MAX = 60_000;

export class DrawSession extends DurableObject<Env> {
  readonly #ports: Ports;
  readonly #store: SessionStore;
  readonly #outbox: Outbox;
  /** Moves run one at a time; whoever comes in between waits for the same run. Lost with the object: every move can be run again. */
  #running: Promise<void> | undefined;
  #failures = 0;
  #logTries = 0;

  constructor(ctx: DurableObjectState, env: Env, ports: Ports = portsOf(ctx, env)) {
    super(ctx, env);
    this.#ports = ports;
    this.#store = new SessionStore(ports.storage);
    this.#outbox = new Outbox(ports, (events) => apply(ports.records(), events));
  }

  /** Drafts the session. The same plan again changes nothing. */
  plan(plan: Plan, by = "operator"): Outcome<{ state: SessionState }, SessionNo> {
    if (!this.#store.exists) {
      if (!knows(this.#ports, plan)) return refuse("unknown_chain");
      this.#store.begin(plan, by, this.#now());
    }
    const known = this.#store.row();
    return JSON.stringify(known.plan.input) === JSON.stringify(plan.input) ? ok({ state: known.state }) : refuse("session_exists");
  }

  /** Another plan for the draft. */
  replan(plan: Plan, by: string): Outcome<{ state: SessionState }, SessionNo> {
    return this.#store.exists ? replan(this.#desk(), plan, by) : refuse("not_found");
  }

  allot(
    input: AllotmentInput,
    how: NonNullable<DraftVersion["allotment"]>["how"] = "hand",
    by = "operator",
  ): Outcome<{ pools: number; units: number }, SessionNo> {
    return this.#store.exists ? allot(this.#desk(), input, how, by) : refuse("not_found");
  }

  /** The draft as it is looked at before announcing. */
  draft(): Outcome<DraftFacts, SessionNo> {
    return this.#store.exists ? ok(draftFacts(this.#store)) : refuse("not_found");
  }

  /** The pools of one SKU as they are allotted. */
  poolsOf(sku: string): Outcome<Pool[], SessionNo> {
    return this.#store.exists ? ok(this.#store.pools().filter((pool) => pool.sku === sku)) : refuse("not_found");
  }

  versions(): Outcome<DraftVersion[], SessionNo> {
    return this.#store.exists ? ok(this.#store.versions.list()) : refuse("not_found");
  }

  /** The manifest as it would be fixed now, as text. Nothing is written. */
  preview(): Outcome<string, SessionNo> {
    return this.#store.exists ? preview(this.#desk()) : refuse("not_found");
  }

  /** Says something about the announced session that its manifest does not fix. */
  async say(text: Bulletin["text"], by: string): Promise<Outcome<{ bulletin: Bulletin }, SessionNo>> {
    if (!this.#store.exists || this.#store.row().state === "draft") return refuse("not_found");
    this.#wakeIn(RETRY_MS);
    const outcome = say(this.#desk(), text, by);
    await this.#advance();
    return outcome;
  }

  /**
   * Fixes pools, times, round, key and rules for ever; announced once the manifest is in the log and enough witnesses have cosigned it.
   * Announcing again gives the same manifest.
   */
  async announce(): Promise<Outcome<Announced, SessionNo>> {
    if (!this.#store.exists) return refuse("not_found");
    if (this.#store.row().state === "draft" && !this.#store.fact("manifest")) {
      const refusal = fixManifest(this.#desk(), () => this.#wakeIn(RETRY_MS));
      if (refusal) return refuse(refusal);
    }
    await this.#advance();
    if (this.#store.log.row("manifest")?.late) return refuse("announced_too_late");
    const waiting = waitingOf(this.#store);
    const manifest = hex(manifestHash(this.#store.fact("manifest") as Bytes));
    return ok({ manifest, state: this.#store.row().state, ...(waiting ? { waiting } : {}) });
  }

  /** Nudges a move that is due; a move that was made already is answered with the state. */
  async move(to: MoveInput["to"]): Promise<Outcome<{ state: SessionState }, SessionNo>> {
    if (!this.#store.exists || this.#store.row().state === "draft") return refuse("not_found");
    await this.#advance();
    const { state } = this.#store.row();
    if (state === "voided") return refuse("voided");
    return hasReached(state, to) ? ok({ state }) : refuse("not_due");
  }

  async voidSession(text: string, rollTo = ""): Promise<Outcome<{ state: SessionState }, SessionNo>> {
    if (!this.#store.exists) return refuse("not_found");
    const { state } = this.#store.row();
    if (state === "voided") return ok({ state });
    if (state === "draft") return refuse("not_found");
    if (mayVoid(state, this.#store.timetable(), this.#now()) !== "ok") return refuse("too_late_to_void");
    this.#wakeIn(RETRY_MS);
    askForVoid(this.#desk(), text, rollTo);
    // At once, beside whatever move is under way: the deadline does not wait for it.
    await this.#tellLog();
    await this.#advance();
    return ok({ state: this.#store.row().state });
  }

  /** Exclusions, or decisions of appeals: nothing of it counts before another operator has confirmed it. */
  async propose(proposal: Proposal, by: string): Promise<Outcome<ProposalView, ProposalNo>> {
    return this.#store.exists ? propose(this.#desk(), proposal, by) : refuse({ code: "not_found" });
  }

  async confirm(proposal: string, by: string): Promise<Outcome<ProposalView, SessionNo>> {
    if (!this.#store.exists) return refuse("not_found");
    this.#wakeIn(RETRY_MS);
    const outcome = confirm(this.#desk(), proposal, by);
    if (this.#store.fact("manifest")) await this.#advance();
    return outcome;
  }

  drop(proposal: string, by: string): Outcome<ProposalView, SessionNo> {
    return this.#store.exists ? dropProposal(this.#desk(), proposal, by) : refuse("not_found");
  }

  /** Entries of persons who won in their product family after this session's manifest: operators may exclude them with reason 13. */
  async coolingDown(): Promise<Outcome<Exclusion[], SessionNo>> {
    if (!this.#store.exists || !this.#store.fact("prepared")) return refuse("not_found");
    return ok(await wonMeanwhile(this.#ports, this.#store.manifest().session));
  }

  review(): Outcome<ReviewDesk, SessionNo> {
    return this.#store.exists && this.#store.fact("manifest") ? ok(reviewDesk(this.#store)) : refuse("not_found");
  }

  /** A member's appeal; their shard has said that the place is theirs. */
  appeal(place: OwnExcluded, text: string): Outcome<{ notice: Notice; repeated: boolean }, SessionNo> {
    return this.#store.exists ? appeal(this.#desk(), place, text) : refuse("not_found");
  }

  notices(places: OwnExcluded[]): Outcome<Notice[], SessionNo> {
    return this.#store.exists ? ok(notices(this.#desk(), places)) : refuse("not_found");
  }

  desk(): Outcome<SessionDesk, SessionNo> {
    return this.#store.exists ? ok(deskOf(this.#store, this.#now())) : refuse("not_found");
  }

  /** The sweep's nudge: runs what is due, arms the alarm again, and lets the award books tell D1 what it has not heard. */
  async sweep(): Promise<void> {
    await this.alarm();
    if (this.#store.exists && this.#store.row().state === "awarding") await nudgeBooks(this.#desk());
  }

  override async alarm(): Promise<void> {
    if (this.#store.exists && this.#store.fact("manifest")) await this.#advance();
  }

  #advance(): Promise<void> {
    this.#running ??= this.#runMoves().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runMoves(): Promise<void> {
    // Should the object die in the middle, this alarm brings it back.
    this.#wakeIn(RETRY_MS_MAX);
    await this.#tellLog();
    await this.#tellShards();
    let unfinished = false;
    for (;;) {
      const move = dueMove(this.#store.progress(), this.#store.timetable(), this.#now());
      if (!move) break;
      try {
        unfinished = !(await runMove(move, this.#desk(), this.#failures));
      } catch (error) {
        console.warn(
          JSON.stringify({
            event: "move_failed",
            session: this.#store.manifest().session,
            move,
            tries: this.#failures,
            error: String(error),
          }),
        );
        unfinished = true;
      }
      if (unfinished) break;
      this.#failures = 0;
    }
    await this.#outbox.drain();
    if (unfinished) this.#failures++;
    const retryMs = unfinished ? Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(this.#failures - 1, 6)) : Number.POSITIVE_INFINITY;
    const outboxMs = Math.max(RETRY_MS, (this.#outbox.wakeAtMs ?? Number.POSITIVE_INFINITY) - this.#ports.nowMs());
    const nextMs = wakeAt(this.#store.progress(), this.#store.timetable(), this.#now()) * 1000 - this.#ports.nowMs();
    const noticeMs = mustTell(this.#store) ? RETRY_MS_MAX : Number.POSITIVE_INFINITY;
    const wakeMs = Math.min(unfinished ? retryMs : nextMs, outboxMs, this.#logMs(), noticeMs);
    if (Number.isFinite(wakeMs)) this.#wakeIn(Math.max(0, wakeMs));
    else void this.#ports.storage.deleteAlarm();
  }

  /** Offers the log what it does not have, or has without a quorum. A failure is met by the next alarm. */
  async #tellLog(): Promise<void> {
    try {
      await offer(this.#desk());
    } catch (error) {
      const { session } = this.#store.manifest();
      console.warn(JSON.stringify({ event: "log_failed", session, tries: this.#logTries, error: String(error) }));
    }
  }

  /** Tells shards of exclusions that they have not heard of. A failure is met by the next alarm. */
  async #tellShards(): Promise<void> {
    try {
      await tellShards(this.#desk());
    } catch (error) {
      const { session } = this.#store.manifest();
      console.warn(JSON.stringify({ event: "notices_failed", session, error: String(error) }));
    }
  }

  /** Milliseconds until the log is offered the rest: soon while something has a deadline, ever more rarely while nothing waits for it. */
  #logMs(): number {
    const { log } = this.#store;
    const undecided = log.undecided();
    if (undecided.length === 0 && log.unpublished().length === 0) {
      this.#logTries = 0;
      return Number.POSITIVE_INFINITY;
    }
    const most = undecided.some(({ before }) => before !== null) ? RETRY_MS_MAX : LOG_RETRY_MS_MAX;
    return Math.min(most, RETRY_MS * 2 ** Math.min(this.#logTries++, 10));
  }

  #wakeIn(ms: number): void {
    void this.#ports.storage.setAlarm(this.#ports.nowMs() + ms);
  }

  #desk(): MoveDesk {
    return {
      store: this.#store,
      ports: this.#ports,
      now: () => this.#now(),
      changed: () => this.#outbox.add(sessionEvent(this.#store, this.#ports.chains)),
    };
  }

  /** Unix seconds, unrounded. */
  #now(): number {
    return this.#ports.nowMs() / 1000;
  }
}
