// What the shop acknowledged, compared with what it stored: every receipt's leaf is in its shard's rows, no place twice, nothing more.
import { hex, unhex } from "../../domain/bytes.ts";
import { leafHashes } from "../../domain/draw/entry.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { HASH } from "../../domain/merkle.ts";

export type Audit = { acknowledged: number; stored: number; doubles: number; lost: number };

export class Ledger {
  /** shard -> place -> leaf, in hex. */
  readonly #places: Map<number, string>[] = [];
  #acknowledged = 0;
  #doubles = 0;

  add(body: Buffer): void {
    const { shard, index, leaf } = JSON.parse(body.latin1Slice()) as Receipt;
    this.#places[shard] ??= new Map();
    const places = this.#places[shard];
    this.#acknowledged++;
    if (places.has(index)) this.#doubles++;
    places.set(index, leaf);
  }

  async audit(origin: string, session: string, manifest: string, shards: number): Promise<Audit> {
    let stored = 0;
    let lost = 0;
    for (let shard = 0; shard < shards; shard++) {
      const reply = await fetch(`${origin}/bench/stored/session/${session}/${shard}`);
      const leaves = leafHashes(unhex(manifest), shard, 0, new Uint8Array(await reply.arrayBuffer()));
      stored += leaves.length / HASH;
      for (const [index, leaf] of this.#places[shard] ?? []) {
        if (hex(leaves.subarray(index * HASH, (index + 1) * HASH)) !== leaf) lost++;
      }
    }
    return { acknowledged: this.#acknowledged, stored, doubles: this.#doubles, lost };
  }
}
