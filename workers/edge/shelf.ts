// What this isolate has read or worked out of files that never change, up to a number of bytes; the least recently used goes first.

export class Shelf<Value> {
  readonly #bytesMax: number;
  readonly #kept = new Map<string, { value: Value; bytes: number }>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The value under the key; made where it is not there. What is made as undefined is not kept: it may come to be. */
  async take<Made extends Value | undefined>(
    key: string,
    make: () => Promise<Made>,
    bytesOf: (value: Value) => number,
  ): Promise<Value | Made> {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value;
    }
    // No promise is shared between requests: on this platform whoever waits for another request's work may wait for ever.
    const value = await make();
    if (value === undefined || this.#kept.has(key)) return value;
    const bytes = bytesOf(value as Value);
    this.#kept.set(key, { value: value as Value, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#bytesMax || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
    return value;
  }
}
