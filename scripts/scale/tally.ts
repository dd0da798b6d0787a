// What a simulation counts, over all shards or for one.

/** Counts values by whole units; the last bin takes everything above. */
export class Histogram {
  readonly #bins: Uint32Array;
  #count = 0;
  max = 0;

  constructor(bins: number) {
    this.#bins = new Uint32Array(bins);
  }

  add(value: number): void {
    const bin = Math.min(this.#bins.length - 1, Math.floor(value));
    this.#bins[bin] = (this.#bins[bin] as number) + 1;
    this.#count++;
    if (value > this.max) this.max = value;
  }

  get count(): number {
    return this.#count;
  }

  /** The value that `share` of all do not exceed, to the next unit; 0 where nothing was counted. */
  quantile(share: number): number {
    let left = Math.ceil(this.#count * share);
    if (left === 0) return 0;
    for (let bin = 0; bin < this.#bins.length - 1; bin++) {
      left -= this.#bins[bin] as number;
      if (left <= 0) return Math.min(bin + 1, this.max);
    }
    return this.max;
  }
}

/** Longest wait that is told apart: 20 s in milliseconds. */
const WAIT_BINS = 20_000;
/** Longest way round that is told apart, in tenths of a second: an hour and more. */
const ROUND_BINS = 40_000;

export class Tally {
  /** Reservations that somebody first tried to make inside the window. */
  wanted = 0;
  /** All tries, with those that came again; those of them for which the object was called. */
  tries = 0;
  calls = 0;
  admitted = 0;
  /** Tries that were sent away with an overload ticket: by the edge alone, by the shard's own count, by the platform. */
  shedByEdge = 0;
  shedByShard = 0;
  shedByPlatform = 0;
  /** Reservations with a ticket; those of them that got in; those still outside at close + grace. */
  ticketed = 0;
  ticketedIn = 0;
  ticketedOut = 0;
  /** Without a ticket: judged after close, and refused for it. */
  late = 0;
  /** First tried after close, on purpose; those of them that got in. */
  strays = 0;
  straysIn = 0;
  groups = 0;
  /** Groups and reservations of each stretch, by name. */
  readonly groupsIn: { [stretch: string]: number } = {};
  readonly admittedIn: { [stretch: string]: number } = {};
  /** From reaching the object to the reply, in milliseconds, for the try that got in. */
  readonly waits = new Histogram(WAIT_BINS);
  /** From the first try to the receipt, in tenths of a second, of those that were shed. */
  readonly rounds = new Histogram(ROUND_BINS);
  /** When the last ticket holder was let in, in milliseconds since open. */
  lastTicketMs = 0;

  get shed(): number {
    return this.shedByEdge + this.shedByShard + this.shedByPlatform;
  }
}
