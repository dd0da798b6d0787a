// What a prepared shard does: who may have a place, groups of places, and the fixed end of it.

import type { OwnExcluded } from "../../contracts/review.ts";
import { settingsOf } from "../../contracts/settings.ts";
import type { DoorNo, Reserved, ReserveRequest } from "../../contracts/shard.ts";
import { type Bytes, join, readU32, same, unhex, writeU32 } from "../../domain/bytes.ts";
import { arrive, type Bucket, fullBucket, stayAwayS } from "../../domain/draw/admission.ts";
import { door, mayWithdraw } from "../../domain/draw/door.ts";
import { ENTRY_BODY, eidOf, entryBody, leafHashes, readEntryBody } from "../../domain/draw/entry.ts";
import { placesFile, placesKey } from "../../domain/draw/place-file.ts";
import { Places } from "../../domain/draw/places.ts";
import { skuInIndex } from "../../domain/draw/pool-index.ts";
import { WITHDRAWN } from "../../domain/draw/reasons.ts";
import { GROUP_MAX } from "../../domain/draw/receipt.ts";
import { shardBundle } from "../../domain/draw/seal.ts";
import { treeHead } from "../../domain/draw/tree-file.ts";
import { HASH, rootOf } from "../../domain/merkle.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import { publicKey, treeKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import { Excluded } from "./excluded.ts";
import { GroupCommit } from "./group-commit.ts";
import { type FixedShard, type ShardPlan, TABLE_ROW } from "./messages.ts";
import { Papers } from "./papers.ts";
import { Signer } from "./signer.ts";
import { SECRET, type ShardStore } from "./store.ts";

type Admitted = { pid: Bytes; nonce: Bytes; pool: number; sku: number; tickets: number; s: number; eid: Bytes };

export class ShardDesk {
  readonly places = new Places();
  readonly #store: ShardStore;
  readonly #plan: ShardPlan;
  readonly #ports: Ports;
  readonly #manifest: Bytes;
  readonly #signer: Signer;
  readonly #papers: Papers;
  readonly #commit: GroupCommit<Admitted, string>;
  readonly #excluded: Excluded;
  /** How many more may come just now. Lost with the object: it wakes with a full one. */
  #bucket: Bucket;
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
    this.#papers = new Papers(store, plan, this.#signer);
    this.#commit = new GroupCommit((items) => this.#commitGroup(items), GROUP_MAX, ports.nowMs);
    this.#bucket = fullBucket(plan.admitPerS, ports.nowMs());
    this.#excluded = new Excluded(store);
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

  async warm(): Promise<void> {
    await this.#signer.ready();
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
    if (again !== undefined) return ok({ receipt: await this.#papers.receiptOf(again), repeated: true });

    const retryS = this.#shedFor(request.overloadS !== undefined);
    if (retryS !== undefined) return refuse({ code: "busy", retryS });

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
    if (reason !== undefined) return refuse(await this.#papers.refusal(reason, request, eid, s, ofSku));
    if (this.#fixed) return refuse(await this.#papers.refusal(33, request, eid, Math.floor(this.#ports.nowMs() / 1000), undefined));
    const receipt = await this.#commit.add({ pid, nonce, pool, sku: sku as number, tickets: request.tickets, s, eid });
    return ok({ receipt, repeated: false });
  }

  /** Seconds for whoever may not come to the door now. After close no newcomer gets in, so whoever holds a ticket is not kept waiting. */
  #shedFor(holdsTicket: boolean): number | undefined {
    const { admitPerS, close } = this.#plan;
    const nowMs = this.#ports.nowMs();
    if (holdsTicket && nowMs >= close * 1000) return undefined;
    const { admitted, bucket } = arrive(this.#bucket, admitPerS, holdsTicket ? "ticket-holder" : "newcomer", nowMs);
    this.#bucket = bucket;
    return admitted ? undefined : stayAwayS(bucket, admitPerS);
  }

  async own(pid: Bytes): Promise<{ receipt: string; withdrawn: boolean }[]> {
    const places = this.places.of(pid).sort((a, b) => a - b);
    return Promise.all(
      places.map(async (place) => ({ receipt: await this.#papers.receiptOf(place), withdrawn: this.places.isWithdrawn(place) })),
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
    return ok(await this.#papers.withdrawal(place, this.#store.withdrawnAt(place) as number));
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
    return ok({ ...this.#fixed, exclusions: this.#exclusions().map(({ place, reason }) => ({ shard, index: place, reason })) });
  }

  /** For each u32 place what it is: 0 nobody's, 1 somebody's, 2 withdrawn. */
  placesAt(indexes: Bytes): Bytes {
    return Uint8Array.from({ length: indexes.length / 4 }, (_, at) => {
      const place = readU32(indexes, 4 * at);
      return place >= this.places.size ? 0 : this.places.isWithdrawn(place) ? 2 : 1;
    });
  }

  exclude(version: number, rows: Bytes): void {
    this.#excluded.hear(version, rows);
  }

  /** Places of one person that operators have excluded, those that are back included. Who withdrew is out by their own word. */
  excludedOf(pid: Bytes): OwnExcluded[] {
    return this.places.of(pid).flatMap((place) => {
      if (!this.#excluded.at(place) || this.places.isWithdrawn(place)) return [];
      return [{ pool: this.places.poolOf(place), shard: this.#plan.shard, index: place }];
    });
  }

  /** Ascending by place. A place that was excluded and then withdrawn is withdrawn. */
  #exclusions(): { place: number; reason: number }[] {
    const withdrawn = this.#store.withdrawals().map(({ place }) => ({ place, reason: WITHDRAWN }));
    const excluded = this.#excluded.standing().filter(({ place }) => !this.places.isWithdrawn(place));
    return [...withdrawn, ...excluded].sort((a, b) => a.place - b.place);
  }

  rows(from: number, to: number): Outcome<Bytes, "not_due"> {
    if (!this.#fixed) return refuse("not_due");
    const leaves = this.#allLeaves();
    const bodies = this.#store.bodies();
    const rows = new Uint8Array(this.places.size * TABLE_ROW);
    let at = 0;
    for (let place = 0; place < this.places.size; place++) {
      const pool = this.places.poolOf(place);
      if (pool < from || pool > to || this.places.isWithdrawn(place) || this.#excluded.isOut(place)) continue;
      writeU32(rows, at, pool);
      rows.set(leaves.subarray(place * HASH, (place + 1) * HASH), at + 4);
      rows[at + 4 + HASH] = bodies[place * ENTRY_BODY] as number;
      at += TABLE_ROW;
    }
    return ok(rows.slice(0, at));
  }

  async publish(): Promise<Outcome<{ bytes: number }, "not_due">> {
    if (!this.#fixed) return refuse("not_due");
    const { session, shard } = this.#plan;
    const file = shardBundle(this.#manifest, shard, [this.#store.bodies()]);
    await this.#keepPlaces();
    await this.#ports.env.FILES.put(treeKey(session, `shards/${shard}`), treeHead(this.#manifest, this.#allLeaves()));
    await this.#ports.env.FILES.put(publicKey(session, `shards/${shard}`), file);
    return ok({ bytes: file.length });
  }

  /** Before anything is public: whoever finds a result in the log finds this, too, and so what it was for each person. */
  async #keepPlaces(): Promise<void> {
    const { session, shard, families } = this.#plan;
    if (!families) return;
    const places = [...this.#store.groups()].flatMap(({ first, secrets }) =>
      Array.from({ length: secrets.length / SECRET }, (_, at) => ({
        pid: secrets.subarray(at * SECRET, at * SECRET + 32) as Bytes,
        index: first + at,
        sku: this.places.skuOf(first + at),
        nonce: secrets.subarray(at * SECRET + 32, (at + 1) * SECRET) as Bytes,
      })),
    );
    const key = placesKey(settingsOf(this.#ports.env).BRAND, session, shard);
    await this.#ports.env.ARCHIVE.put(key, placesFile(this.#manifest, shard, families, places));
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
    return this.#papers.receipts(
      { first, s, bodies, secrets },
      undefined,
      items.map(({ nonce }) => nonce),
    );
  }

  /** Leaf hashes of all places. Kept once the shard is fixed: many table builders ask for them. */
  #allLeaves(): Bytes {
    if (this.#leaves) return this.#leaves;
    const leaves = leafHashes(this.#manifest, this.#plan.shard, 0, this.#store.bodies());
    if (this.#fixed) this.#leaves = leaves;
    return leaves;
  }
}
