// The published pools as a server keeps them: the file's own bytes and where each pool lies in it. As objects 105,600 pools would take 20 MB and a
// tenth of a second; so they take 5 MB and some milliseconds.
import { type Bytes, compare, Malformed, Reader, readU32 } from "../bytes.ts";
import { type Pool, readPoolBody } from "./pools.ts";
import { openBundle } from "./tags.ts";

/** A pool with its position among all: what says in which award book it is. */
export type PlacedPool = Pool & { at: number };

/** One product of the session: its pools have the numbers first, first + 1, …, in order of store id. */
export type Offer = { sku: string; first: number; pools: number; units: number };

type Run = Offer & { at: number };

const text = new TextDecoder();

export class PoolList {
  readonly #bytes: Bytes;
  /** Where the body of each pool begins. */
  readonly #offsets: Uint32Array;
  readonly #runs: Run[] = [];

  /** Throws Malformed for another manifest's file, or one that is not whole. */
  constructor(bytes: Bytes, manifest: Uint8Array) {
    const head = openBundle(bytes, "bundle-pools", manifest);
    this.#bytes = bytes;
    this.#offsets = new Uint32Array(head.u32());
    let offset = bytes.length - head.left;
    let sku: Uint8Array = new Uint8Array(0);
    for (let at = 0; at < this.#offsets.length; at++) {
      this.#offsets[at] = offset;
      const skuLength = this.#u16(offset + 4);
      const own = bytes.subarray(offset + 6, offset + 6 + skuLength);
      const storeAt = offset + 6 + skuLength;
      const end = storeAt + 2 + this.#u16(storeAt) + 8;
      if (!(end <= bytes.length)) throw new Malformed("truncated", "bytes end too early");
      const stock = readU32(bytes, end - 8);
      const run = this.#runs.at(-1);
      if (run && compare(own, sku) === 0) {
        run.pools++;
        run.units += stock;
      } else {
        this.#runs.push({ sku: text.decode(own), first: readU32(bytes, offset), pools: 1, units: stock, at });
        sku = own;
      }
      offset = end;
    }
    if (offset !== bytes.length) throw new Malformed("too-long", "bytes are left over");
  }

  get size(): number {
    return this.#offsets.length;
  }

  /** Bytes that this keeps in memory. */
  get bytes(): number {
    return this.#bytes.length + this.#offsets.byteLength;
  }

  get offers(): Offer[] {
    return this.#runs.map(({ at: _, ...offer }) => offer);
  }

  /** The pool with this number; undefined where there is none. */
  get(pool: number): PlacedPool | undefined {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = readU32(this.#bytes, this.#offsets[middle] as number);
      if (found === pool) return this.#at(middle);
      if (found < pool) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /** All pools of one SKU, ascending. */
  of(sku: string): Pool[] {
    const run = this.#runs.find((one) => one.sku === sku);
    return run ? Array.from({ length: run.pools }, (_, more) => this.#body(run.at + more)) : [];
  }

  /** Every pool, ascending. */
  *[Symbol.iterator](): Iterator<Pool> {
    for (let at = 0; at < this.size; at++) yield this.#body(at);
  }

  #at(at: number): PlacedPool {
    return { ...this.#body(at), at };
  }

  #body(at: number): Pool {
    return readPoolBody(new Reader(this.#bytes.subarray(this.#offsets[at] as number)));
  }

  #u16(at: number): number {
    return (this.#bytes[at] as number) * 256 + (this.#bytes[at + 1] as number);
  }
}
