// What a prepared shard does: who may have a place, groups of places, receipts for them, and the fixed end of it.

import type { ProblemCode } from "../../contracts/problems.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, join, Reader, same, u32, unhex } from "../../domain/bytes.ts";
import { door, mayWithdraw } from "../../domain/draw/door.ts";
import { ENTRY_BODY, eidOf, entryBody, leafHashes, readEntryBody } from "../../domain/draw/entry.ts";
import { Places } from "../../domain/draw/places.ts";
import { skuInIndex } from "../../domain/draw/pool-index.ts";
import { type DoorReason, WITHDRAWN } from "../../domain/draw/reasons.ts";
import {
  GROUP_MAX,
  groupMessage,
  receiptText,
  refusalMessage,
  refusalText,
  withdrawalMessage,
  withdrawalText,
} from "../../domain/draw/receipt.ts";
import { shardBundle } from "../../domain/draw/seal.ts";
import { HASH, levelsOf, rootOf } from "../../domain/merkle.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { publicKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import { GroupCommit } from "./group-commit.ts";
import type { DoorNo, FixedShard, Reserved, ReserveRequest, ShardPlan } from "./messages.ts";
import { Signer } from "./signer.ts";
import type { GroupRow, ShardStore } from "./store.ts";

/** What the wire calls each reason of the door. */
const CODE: Record<DoorReason, ProblemCode> = {
  39: "voided",
  32: "too_early",
  33: "late",
  36: "unknown_pool",
  2: "not_eligible",
  5: "staff",
  6: "under_age",
  7: "wrong_region",
  13: "cooling_down",
  38: "eid_used",
  35: "withdrew_before",
  34: "already_reserved",
};

type Admitted = { pid: Bytes; nonce: Bytes; pool: number; sku: number; tickets: number; s: number; eid: Bytes };

/** pid and masked nonce of one entry. */
const SECRET = 64;

export class ShardDesk {
  readonly places = new Places();
  readonly #store: ShardStore;
  readonly #plan: ShardPlan;
  readonly #ports: Ports;
  readonly #manifest: Bytes;
  readonly #signer: Signer;
  readonly #commit: GroupCommit<Admitted, string>;
  /** Copies of stored rows, changed only after their transaction; rebuilt on waking. */
  #voided: boolean;
  #fixed: { n: number; root: Bytes } | undefined;
  #leaves: Bytes | undefined;

  constructor(store: ShardStore, plan: ShardPlan, ports: Ports) {
    this.#store = store;
    this.#plan = plan;
    this.#ports = ports;
    this.#manifest = unhex(plan.manifest);
    this.#signer = new Signer(plan, settingsOf(ports.env).OPERATOR_SECRETS);
    this.#commit = new GroupCommit((items) => this.#commitGroup(items), GROUP_MAX, ports.nowMs);
    this.#voided = store.isVoided();
    this.#fixed = store.fixed();
    for (const { bodies, secrets } of store.groups()) {
      for (let at = 0; at * ENTRY_BODY < bodies.length; at++) {
        const { eid, pool } = readEntryBody(bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY));
        this.places.add(secrets.subarray(at * SECRET, at * SECRET + 32), eid, pool, skuInIndex(plan.pools, pool) as number);
      }
    }
    for (const { place } of store.withdrawals()) this.places.withdraw(place);
  }

  async reserve(request: ReserveRequest): Promise<Outcome<Reserved, DoorNo>> {
    const { pid, pool, nonce } = request;
    const pending = this.#commit.find((item) => same(item.pid, pid));
    if (pending) {
      // The same person is in the group that is about to be committed: what holds is known only after it.
      await pending;
      return this.reserve(request);
    }
    const mine = this.places.of(pid);
    const again = mine.find((place) => this.places.poolOf(place) === pool && !this.places.isWithdrawn(place));
    if (again !== undefined) return ok({ receipt: await this.#receiptOf(again), repeated: true });

    const sku = skuInIndex(this.#plan.pools, pool);
    const eid = eidOf(this.#manifest, nonce, pid);
    const ofSku = mine.find((place) => this.places.skuOf(place) === sku);
    const { reason, s } = door(
      { ...this.#plan, voided: this.#voided },
      {
        poolKnown: sku !== undefined,
        personReasons: request.personReasons,
        overloadS: request.overloadS,
        nonceUsed: mine.some((place) => place !== ofSku && this.places.hasEid(place, eid)),
        withdrawn: ofSku !== undefined && this.places.isWithdrawn(ofSku),
        reserved: ofSku !== undefined,
      },
      this.#ports.nowMs(),
    );
    if (reason !== undefined) return refuse(await this.#refusal(reason, request, eid, s, ofSku));
    if (this.#fixed) return refuse(await this.#refusal(33, request, eid, Math.floor(this.#ports.nowMs() / 1000), undefined));
    if (this.#commit.isFull) return refuse({ code: "busy" });
    const receipt = await this.#commit.add({ pid, nonce, pool, sku: sku as number, tickets: request.tickets, s, eid });
    return ok({ receipt, repeated: false });
  }

  async own(pid: Bytes): Promise<{ receipt: string; withdrawn: boolean }[]> {
    const places = this.places.of(pid).sort((a, b) => a - b);
    return Promise.all(
      places.map(async (place) => ({ receipt: await this.#receiptOf(place), withdrawn: this.places.isWithdrawn(place) })),
    );
  }

  async withdraw(pid: Bytes, pool: number): Promise<Outcome<string, DoorNo>> {
    await this.#commit.find((item) => same(item.pid, pid));
    const place = this.places.of(pid).find((at) => this.places.poolOf(at) === pool);
    if (place === undefined) return refuse({ code: "not_reserved" });
    if (!this.places.isWithdrawn(place)) {
      const nowMs = this.#ports.nowMs();
      const open = mayWithdraw({ ...this.#plan, voided: this.#voided }, nowMs) && !this.#fixed;
      if (!open) return refuse({ code: this.#voided ? "voided" : "late" });
      this.#store.withdraw(place, Math.floor(nowMs / 1000));
      this.places.withdraw(place);
    }
    const s = this.#store.withdrawnAt(place) as number;
    const lh = this.#leafOf(place);
    const { session, manifest, shard } = this.#plan;
    const sig = await this.#signer.sign(withdrawalMessage(this.#manifest, shard, place, lh, s));
    return ok(withdrawalText({ session, manifest, shard, index: place, leaf: hex(lh), s, sig }));
  }

  async fix(): Promise<Outcome<FixedShard, "not_due">> {
    if (!this.#fixed) {
      if (this.#ports.nowMs() < (this.#plan.close + this.#plan.graceS) * 1000) return refuse("not_due");
      // Whoever was let in before the end is in: their group is written before the count is taken.
      this.#commit.flush();
      const fixed = { n: this.places.size, root: rootOf(this.#allLeaves()) };
      this.#store.fix(fixed.n, fixed.root);
      this.#fixed = fixed;
    }
    const { shard } = this.#plan;
    return ok({
      ...this.#fixed,
      exclusions: this.#store.withdrawals().map(({ place }) => ({ shard, index: place, reason: WITHDRAWN })),
    });
  }

  rows(from: number, to: number): Outcome<Bytes, "not_due"> {
    if (!this.#fixed) return refuse("not_due");
    const leaves = this.#allLeaves();
    const bodies = this.#store.bodies();
    const rows: Bytes[] = [];
    for (let place = 0; place < this.places.size; place++) {
      const pool = this.places.poolOf(place);
      if (pool < from || pool > to || this.places.isWithdrawn(place)) continue;
      rows.push(
        join(
          u32(pool),
          leaves.subarray(place * HASH, (place + 1) * HASH),
          bodies.subarray(place * ENTRY_BODY, place * ENTRY_BODY + 1),
        ),
      );
    }
    return ok(join(...rows));
  }

  async publish(): Promise<Outcome<{ bytes: number }, "not_due">> {
    if (!this.#fixed) return refuse("not_due");
    const file = shardBundle(this.#manifest, this.#plan.shard, [this.#store.bodies()]);
    await this.#ports.env.FILES.put(publicKey(this.#plan.session, `shards/${this.#plan.shard}`), file);
    return ok({ bytes: file.length });
  }

  voidSession(): void {
    this.#commit.flush();
    this.#store.voidSession();
    this.#voided = true;
  }

  /** One flush: one row in one transaction, then memory, then one signature and everybody's receipt. */
  async #commitGroup(items: Admitted[]): Promise<string[]> {
    const first = this.places.size;
    const s = Math.max(Math.floor(this.#ports.nowMs() / 1000), ...items.map((item) => item.s));
    const bodies = join(...items.map(entryBody));
    const secrets = join(...items.flatMap(({ pid, nonce }, at) => [pid, this.#signer.mask(nonce, pid, first + at)]));
    this.#store.append({ first, s, bodies, secrets });
    for (const { pid, eid, pool, sku } of items) this.places.add(pid, eid, pool, sku);
    return this.#receipts({ first, s, bodies, secrets }, undefined, items);
  }

  /** Receipts of a whole group, in order; the same bytes whenever they are asked for. */
  async #receipts({ first, s, bodies, secrets }: GroupRow, only?: number, fresh?: Admitted[]): Promise<string[]> {
    const { session, manifest, shard } = this.#plan;
    const leaves = leafHashes(this.#manifest, shard, first, bodies);
    const levels = levelsOf(leaves);
    const group = { first, size: leaves.length / HASH, s };
    const sig = await this.#signer.sign(groupMessage(this.#manifest, shard, group, levels[levels.length - 1] as Bytes));
    const wanted = only === undefined ? Array.from({ length: group.size }, (_, at) => at) : [only - first];
    return wanted.map((at) => {
      const entry = readEntryBody(bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY));
      const reader = new Reader(secrets.subarray(at * SECRET, (at + 1) * SECRET));
      const pid = reader.take(32);
      const nonce = fresh?.[at]?.nonce ?? this.#signer.mask(reader.take(32), pid, first + at);
      return receiptText(
        {
          session,
          manifest,
          shard,
          index: first + at,
          tickets: entry.tickets,
          s: entry.s,
          pool: entry.pool,
          nonce: hex(nonce),
          pid: hex(pid),
          group,
          sig,
          leaves,
        },
        levels,
      );
    });
  }

  async #receiptOf(place: number): Promise<string> {
    const [receipt] = await this.#receipts(this.#store.groupOf(place), place);
    return receipt as string;
  }

  async #refusal(reason: DoorReason, request: ReserveRequest, eid: Bytes, s: number, held: number | undefined): Promise<DoorNo> {
    const { session, manifest, shard } = this.#plan;
    const sig = await this.#signer.sign(refusalMessage(this.#manifest, shard, eid, request.pool, reason, s));
    const refusal = refusalText({
      session,
      manifest,
      shard,
      pools: [request.pool],
      nonce: hex(request.nonce),
      pid: hex(request.pid),
      code: reason,
      s,
      sig,
    });
    const receipt = reason === 34 && held !== undefined ? await this.#receiptOf(held) : undefined;
    return { code: CODE[reason], refusal, ...(receipt ? { receipt } : {}) };
  }

  #leafOf(place: number): Bytes {
    const { first, bodies } = this.#store.groupOf(place);
    const at = place - first;
    return leafHashes(this.#manifest, this.#plan.shard, place, bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY));
  }

  /** Leaf hashes of all places. Kept once the shard is fixed: many table builders ask for them. */
  #allLeaves(): Bytes {
    if (this.#leaves) return this.#leaves;
    const leaves = leafHashes(this.#manifest, this.#plan.shard, 0, this.#store.bodies());
    if (this.#fixed) this.#leaves = leaves;
    return leaves;
  }
}
