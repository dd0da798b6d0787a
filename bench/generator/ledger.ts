// What the shop acknowledged, compared with what it stored: every receipt's leaf is in its shard's rows, no place twice, nothing more.
import { hex, unhex } from "../../domain/bytes.ts";
import { leafHashes } from "../../domain/draw/entry.ts";
import { type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { HASH } from "../../domain/merkle.ts";
import { proves } from "../../scripts/play/prove.ts";

/** `proven`: receipts whose path and signature were checked, one in 500. */
export type Audit = { acknowledged: number; stored: number; doubles: number; lost: number; proven: number };

const PROVE_EACH = 500;

export class Ledger {
  /** shard -> place -> leaf, in hex. */
  readonly #places: Map<number, string>[] = [];
  readonly #toProve: Receipt[] = [];
  #acknowledged = 0;
  #doubles = 0;

  add(body: Buffer): void {
    const receipt = JSON.parse(body.toString("latin1")) as Receipt;
    const { shard, index, leaf } = receipt;
    this.#places[shard] ??= new Map();
    const places = this.#places[shard];
    if (this.#acknowledged++ % PROVE_EACH === 0) this.#toProve.push(receipt);
    if (places.has(index)) this.#doubles++;
    places.set(index, leaf);
  }

  async audit(origin: string, session: string, shards: number): Promise<Audit> {
    const bytesOf = async (path: string) => new Uint8Array(await (await fetch(`${origin}${path}`)).arrayBuffer());
    const manifestBytes = await bytesOf(`/draws/${session}/manifest.json`);
    const M = manifestHash(manifestBytes);
    const key = unhex(parseObject<Manifest>(manifestBytes).receiptKey);
    let stored = 0;
    let lost = 0;
    for (let shard = 0; shard < shards; shard++) {
      const leaves = leafHashes(M, shard, 0, await bytesOf(`/bench/stored/session/${session}/${shard}`));
      stored += leaves.length / HASH;
      for (const [index, leaf] of this.#places[shard] ?? []) {
        if (hex(leaves.subarray(index * HASH, (index + 1) * HASH)) !== leaf) lost++;
      }
      const unproven = this.#toProve.find((receipt) => receipt.shard === shard && !proves(receipt, leaves, key));
      if (unproven) throw new Error(`the receipt of place ${shard}/${unproven.index} proves nothing`);
    }
    return { acknowledged: this.#acknowledged, stored, doubles: this.#doubles, lost, proven: this.#toProve.length };
  }
}
