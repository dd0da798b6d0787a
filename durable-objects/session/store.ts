// The rows of a session object. Facts are inserted once and never changed.

import { type SessionState, SHARDS_KEPT_S } from "../../contracts/sessions.ts";
import { type Bytes, concat, Reader, utf8 } from "../../domain/bytes.ts";
import { type ReviewTimes, reviewTimes } from "../../domain/draw/exclusion.ts";
import { mayMove, type Progress, type Timetable } from "../../domain/draw/life.ts";
import { beaconTime, type Manifest, parseObject, sealDeadline } from "../../domain/draw/manifest.ts";
import { type Pool, poolBody, readPoolBody } from "../../domain/draw/pools.ts";
import type { Wave } from "../../domain/draw/wave.ts";
import first from "../../migrations/draw-session/0001_first.sql";
import outboxTries from "../../migrations/draw-session/0002_outbox.sql";
import retiredShards from "../../migrations/draw-session/0003_retired_shards.sql";
import log from "../../migrations/draw-session/0004_log.sql";
import review from "../../migrations/draw-session/0005_review.sql";
import planning from "../../migrations/draw-session/0006_planning.sql";
import { hasSchema, migrate } from "../schema.ts";
import { BulletinRows } from "./bulletin-rows.ts";
import { LogRows } from "./log-rows.ts";
import type { Plan } from "./messages.ts";
import { RetiredShards } from "./retired.ts";
import { ReviewRows } from "./review-rows.ts";
import { DraftVersions } from "./versions.ts";

const STEPS = [first, outboxTries, retiredShards, log, review, planning];

/** Below the 2 MB of a row. */
const PART_BYTES = 1_500_000;

export type WaveRow = { wave: Wave; pickupUntil: number; final: boolean };

export class SessionStore {
  readonly #storage: DurableObjectStorage;
  readonly retired: RetiredShards;
  readonly log: LogRows;
  readonly review: ReviewRows;
  readonly versions: DraftVersions;
  readonly bulletins: BulletinRows;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.retired = new RetiredShards(storage.sql);
    this.log = new LogRows(storage.sql);
    this.review = new ReviewRows(storage.sql);
    this.versions = new DraftVersions(storage.sql);
    this.bulletins = new BulletinRows(storage.sql);
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  get exists(): boolean {
    return hasSchema(this.#storage);
  }

  begin(plan: Plan, by: string, at: number): void {
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      this.#storage.sql.exec("INSERT INTO session (id, state, version, plan) VALUES (1, 'draft', 1, ?)", JSON.stringify(plan));
      this.versions.add(at, by, { plan: plan.input });
    });
  }

  /** Inside a transaction: another plan for the draft. */
  setPlan(plan: Plan): void {
    this.#storage.sql.exec("UPDATE session SET plan = ?", JSON.stringify(plan));
  }

  row(): { state: SessionState; version: number; plan: Plan } {
    const row = this.#storage.sql
      .exec<{ state: SessionState; version: number; plan: string }>("SELECT state, version, plan FROM session")
      .one();
    return { ...row, plan: JSON.parse(row.plan) as Plan };
  }

  /** Everything inside happens together or not at all. */
  transaction(work: () => void): void {
    this.#storage.transactionSync(work);
  }

  /**
   * Inside a transaction: the next state, under the next version. Throws when that is not the way from here: a move that has waited for
   * others finds out only now that the session was voided meanwhile.
   */
  moveTo(state: SessionState): void {
    const from = this.row().state;
    if (!mayMove(from, state)) throw new Error(`no way from ${from} to ${state}`);
    this.#storage.sql.exec("UPDATE session SET state = ?, version = version + 1", state);
  }

  /** Inside a transaction: something that D1 shows has changed without a new state. */
  touch(): void {
    this.#storage.sql.exec("UPDATE session SET version = version + 1");
  }

  /** Inside a transaction. */
  setPools(pools: Pool[]): void {
    this.#storage.sql.exec("DELETE FROM allotment");
    let part: Bytes[] = [];
    let bytes = 0;
    let number = 0;
    const write = () => {
      if (part.length) this.#storage.sql.exec("INSERT INTO allotment (part, bodies) VALUES (?, ?)", number++, concat(part));
      part = [];
      bytes = 0;
    };
    for (const pool of pools) {
      const body = poolBody(pool);
      if (bytes + body.length > PART_BYTES) write();
      part.push(body);
      bytes += body.length;
    }
    write();
  }

  pools(): Pool[] {
    const pools: Pool[] = [];
    for (const { bodies } of this.#storage.sql.exec<{ bodies: ArrayBuffer }>("SELECT bodies FROM allotment ORDER BY part")) {
      for (const reader = new Reader(new Uint8Array(bodies)); reader.left > 0; ) pools.push(readPoolBody(reader));
    }
    return pools;
  }

  /** Inside a transaction: fixes a fact for ever. */
  fix(name: string, value: Bytes | string): void {
    this.#storage.sql.exec("INSERT INTO facts (name, value) VALUES (?, ?)", name, typeof value === "string" ? utf8(value) : value);
  }

  fact(name: string): Bytes | undefined {
    const [row] = this.#storage.sql.exec<{ value: ArrayBuffer }>("SELECT value FROM facts WHERE name = ?", name).toArray();
    return row && new Uint8Array(row.value);
  }

  text(name: string): string | undefined {
    const value = this.fact(name);
    return value && new TextDecoder().decode(value);
  }

  object<Shape>(name: string): Shape | undefined {
    const value = this.fact(name);
    return value && parseObject<Shape>(value);
  }

  waves(): WaveRow[] {
    const query = "SELECT object, pickup_until AS pickupUntil, final FROM waves ORDER BY no";
    return this.#storage.sql
      .exec<{ object: string; pickupUntil: number; final: number }>(query)
      .toArray()
      .map(({ object, pickupUntil, final }) => ({ wave: JSON.parse(object) as Wave, pickupUntil, final: final === 1 }));
  }

  /** Inside a transaction. */
  addWave(wave: Wave, pickupUntil: number, final: boolean): void {
    this.#storage.sql.exec(
      "INSERT INTO waves (no, object, pickup_until, final) VALUES (?, ?, ?, ?)",
      wave.no,
      JSON.stringify(wave),
      pickupUntil,
      final ? 1 : 0,
    );
  }

  /** Inside a transaction: no wave comes after this one. */
  endWaves(no: number): void {
    this.#storage.sql.exec("UPDATE waves SET final = 1 WHERE no = ?", no);
  }

  progress(): Progress {
    const waves = this.waves();
    const last = waves[waves.length - 1];
    const { state } = this.row();
    const retireAt = state === "settled" || state === "voided" ? this.#retireAt(state) : undefined;
    const seal = this.log.row("seal");
    const operatorVoid = this.log.row("void/operator");
    return {
      state,
      ...(retireAt === undefined ? {} : { retireAt }),
      prepared: this.fact("prepared") !== undefined,
      warmed: this.fact("warmed") !== undefined,
      seal: !seal ? "none" : seal.proof !== null ? "sealed" : seal.late ? "late" : "offered",
      voiding: operatorVoid?.proof === null && !operatorVoid.late,
      voidTold: this.fact("void-told") !== undefined,
      ...(last
        ? {
            wave: {
              payBy: last.wave.payBy,
              pickupUntil: Math.max(...waves.map(({ pickupUntil }) => pickupUntil)),
              final: last.final,
            },
          }
        : {}),
    };
  }

  /** Counted from the seal's deadline at least: before it a shard might be asked to take a plan, and afterwards it never does. */
  #retireAt(state: "settled" | "voided"): number | undefined {
    const manifest = this.manifest();
    const { s } = this.object<{ s: number }>(state === "settled" ? "settled" : "void") as { s: number };
    const { shardsKeptS = SHARDS_KEPT_S } = this.row().plan.input;
    return this.retired.nextAt(manifest.shards, Math.max(s, sealDeadline(manifest)) + shardsKeptS);
  }

  manifest(): Manifest {
    return this.object<Manifest>("manifest") as Manifest;
  }

  reviewTimes(): ReviewTimes {
    const { close, graceS } = this.manifest();
    return reviewTimes(close, this.row().plan.input.decideS ?? graceS);
  }

  timetable(): Timetable {
    const manifest = this.manifest();
    return {
      open: manifest.open,
      close: manifest.close,
      sealFrom: this.reviewTimes().decideUntil,
      deadline: sealDeadline(manifest),
      beaconAt: beaconTime(manifest),
    };
  }
}
