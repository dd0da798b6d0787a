// What a shard hands out signed: receipts, withdrawals, refusals. All are made again from the stored rows, byte for byte.
import type { ProblemCode } from "../../contracts/problems.ts";
import type { DoorNo, ReserveRequest } from "../../contracts/shard.ts";
import { type Bytes, hex, Reader, unhex } from "../../domain/bytes.ts";
import { ENTRY_BODY, leafHashes, readEntryBody } from "../../domain/draw/entry.ts";
import type { DoorReason } from "../../domain/draw/reasons.ts";
import {
  groupMessage,
  receiptText,
  refusalMessage,
  refusalText,
  withdrawalMessage,
  withdrawalText,
} from "../../domain/draw/receipt.ts";
import { HASH, levelsOf } from "../../domain/merkle.ts";
import type { ShardPlan } from "./messages.ts";
import type { Signer } from "./signer.ts";
import { type GroupRow, SECRET, type ShardStore } from "./store.ts";

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

export class Papers {
  readonly #store: ShardStore;
  readonly #plan: ShardPlan;
  readonly #signer: Signer;
  readonly #manifest: Bytes;

  constructor(store: ShardStore, plan: ShardPlan, signer: Signer) {
    this.#store = store;
    this.#plan = plan;
    this.#signer = signer;
    this.#manifest = unhex(plan.manifest);
  }

  /** Receipts of a whole group, in order, or of one place in it. `fresh` holds the nonces of a group that was just written. */
  async receipts({ first, s, bodies, secrets }: GroupRow, only?: number, fresh?: Bytes[]): Promise<string[]> {
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
      const nonce = fresh?.[at] ?? this.#signer.mask(reader.take(32), pid, first + at);
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

  async receiptOf(place: number): Promise<string> {
    const [receipt] = await this.receipts(this.#store.groupOf(place), place);
    return receipt as string;
  }

  async withdrawal(place: number, s: number): Promise<string> {
    const lh = this.#leafOf(place);
    const { session, manifest, shard } = this.#plan;
    const sig = await this.#signer.sign(withdrawalMessage(this.#manifest, shard, place, lh, s));
    return withdrawalText({ session, manifest, shard, index: place, leaf: hex(lh), s, sig });
  }

  async refusal(reason: DoorReason, request: ReserveRequest, eid: Bytes, s: number, held: number | undefined): Promise<DoorNo> {
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
    const receipt = reason === 34 && held !== undefined ? await this.receiptOf(held) : undefined;
    return { code: CODE[reason], refusal, ...(receipt ? { receipt } : {}) };
  }

  #leafOf(place: number): Bytes {
    const { first, bodies } = this.#store.groupOf(place);
    const at = place - first;
    return leafHashes(this.#manifest, this.#plan.shard, place, bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY));
  }
}
