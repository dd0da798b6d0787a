// Who already holds a place in a shard: packed arrays with an open-addressing table on the pid, about 90 bytes a place instead of a Map
// entry each, rebuilt from the stored groups when the object wakes.
import { readU32, same } from "../bytes.ts";

const EMPTY = -1;

export class Places {
  #pids = new Uint8Array(32 * 64);
  #eids = new Uint8Array(32 * 64);
  #pools = new Uint32Array(64);
  #skus = new Uint16Array(64);
  #withdrawn = new Uint8Array(64);
  #slots = new Int32Array(256).fill(EMPTY);
  size = 0;

  add(pid: Uint8Array, eid: Uint8Array, pool: number, sku: number): void {
    if (this.size === this.#pools.length) this.#grow();
    const at = this.size++;
    copy(pid, this.#pids, at * 32);
    copy(eid, this.#eids, at * 32);
    this.#pools[at] = pool;
    this.#skus[at] = sku;
    this.#insert(at);
  }

  withdraw(at: number): void {
    this.#withdrawn[at] = 1;
  }

  isWithdrawn = (at: number): boolean => this.#withdrawn[at] === 1;
  poolOf = (at: number): number => this.#pools[at] as number;
  skuOf = (at: number): number => this.#skus[at] as number;
  hasEid = (at: number, eid: Uint8Array): boolean => same(this.#eids.subarray(at * 32, at * 32 + 32), eid);

  /** The places of one pid, in no promised order: at most one per SKU. */
  of(pid: Uint8Array): number[] {
    const found: number[] = [];
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(pid, 0) & mask; ; slot = (slot + 1) & mask) {
      const at = this.#slots[slot] as number;
      if (at === EMPTY) return found;
      if (same(this.#pids.subarray(at * 32, at * 32 + 32), pid)) found.push(at);
    }
  }

  #insert(at: number): void {
    const mask = this.#slots.length - 1;
    let slot = slotOf(this.#pids, at * 32) & mask;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = at;
  }

  #grow(): void {
    const grown = <Packed extends Uint8Array | Uint16Array | Uint32Array>(from: Packed, to: Packed): Packed => {
      to.set(from);
      return to;
    };
    const capacity = this.#pools.length * 2;
    this.#pids = grown(this.#pids, new Uint8Array(capacity * 32));
    this.#eids = grown(this.#eids, new Uint8Array(capacity * 32));
    this.#pools = grown(this.#pools, new Uint32Array(capacity));
    this.#skus = grown(this.#skus, new Uint16Array(capacity));
    this.#withdrawn = grown(this.#withdrawn, new Uint8Array(capacity));
    // A load of at most a half keeps runs of taken slots short.
    this.#slots = new Int32Array(capacity * 4).fill(EMPTY);
    for (let at = 0; at < this.size; at++) this.#insert(at);
  }
}

/** Bytes 4..8 of the pid at `from`: the first four choose the shard and so agree within it. */
const slotOf = (pids: Uint8Array, from: number): number => readU32(pids, from + 4) | 0;

/** 32 bytes. A loop, because a call of `set` costs more than so few bytes: a shard that wakes copies 80,000 times. */
function copy(from: Uint8Array, to: Uint8Array, at: number): void {
  for (let byte = 0; byte < 32; byte++) to[at + byte] = from[byte] as number;
}
