// Which reservations share a commit, as durable-objects/shard/group-commit.ts decides it, without a clock: the caller says when each one is
// there. Made of the shop's own rules; a test holds it against the shop's own class.
import { blend, expectedGroup, type Rate, WAIT_MS_MAX } from "../draw/grouping.ts";
import { GROUP_MAX } from "../draw/receipt.ts";
import { generator } from "../random.ts";
import { arrivals } from "./crowd.ts";

export class Groups {
  #waiting = 0;
  #rate: Rate = { perMs: 0 };
  #lastFlushMs = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  readonly #onFlush: (atMs: number, size: number) => void;

  constructor(onFlush: (atMs: number, size: number) => void) {
    this.#onFlush = onFlush;
  }

  /** Flushes what is due by then. Before every add, and once at the end. */
  until(ms: number): void {
    if (this.#waiting > 0 && this.#dueMs <= ms) this.#flush(this.#dueMs);
  }

  /** `ms` must not lie before an earlier one. */
  add(ms: number): void {
    this.until(ms);
    this.#waiting++;
    // An object's clock shows whole milliseconds.
    const rate = blend(this.#rate, this.#waiting, Math.floor(ms) - this.#lastFlushMs);
    if (this.#waiting >= expectedGroup(rate, GROUP_MAX)) this.#flush(ms);
    else if (this.#waiting === 1) this.#dueMs = ms + WAIT_MS_MAX;
  }

  #flush(ms: number): void {
    const now = Math.floor(ms);
    this.#rate = blend(this.#rate, this.#waiting, now - this.#lastFlushMs);
    this.#lastFlushMs = now;
    const size = this.#waiting;
    this.#waiting = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#onFlush(ms, size);
  }
}

/** Enough reservations that chance moves the result by a hundredth. */
const SAMPLE = 10_000;

/** Commits, and so billed rows, for 1,000 reservations that reach a shard at this rate. */
export function groupsPer1000(perS: number, seed = 1): number {
  let groups = 0;
  const forming = new Groups(() => {
    groups++;
  });
  const toMs = (SAMPLE / perS) * 1000;
  let count = 0;
  for (const ms of arrivals([{ name: "rush", fromMs: 0, toMs, perS }], generator(seed))) {
    forming.add(ms);
    count++;
  }
  forming.until(Number.POSITIVE_INFINITY);
  return (1000 * groups) / count;
}
