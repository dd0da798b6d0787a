// Requests that wait for one shared commit. A Durable Object fsyncs once per event and never shares it; inside one object a request may
// resolve another's promise, so the sharing is done here.
import { blend, expectedGroup, type Rate, WAIT_MS_MAX } from "../../domain/draw/grouping.ts";

export type Waiting<Item, Done> = {
  item: Item;
  done: Promise<Done>;
  resolve: (done: Done) => void;
  reject: (error: unknown) => void;
};

export class GroupCommit<Item, Done> {
  /** In order of arrival, never more than one group: a full one is flushed by whoever fills it. Owned by add and flush. Lost with the object, like the replies that it owes. */
  #waiting: Waiting<Item, Done>[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rate: Rate = { perMs: 0 };
  #lastFlushMs: number;

  readonly #commit: (items: Item[]) => Promise<Done[]>;
  readonly #groupMax: number;
  readonly #nowMs: () => number;

  /** `commit` writes synchronously before its first await; what it returns is given to the waiters in the same order. */
  constructor(commit: (items: Item[]) => Promise<Done[]>, groupMax: number, nowMs: () => number) {
    this.#commit = commit;
    this.#groupMax = groupMax;
    this.#nowMs = nowMs;
    this.#lastFlushMs = nowMs();
  }

  find(wanted: (item: Item) => boolean): Promise<Done> | undefined {
    return this.#waiting.find(({ item }) => wanted(item))?.done;
  }

  add(item: Item): Promise<Done> {
    const { promise: done, resolve, reject } = Promise.withResolvers<Done>();
    this.#waiting.push({ item, done, resolve, reject });
    const rate = blend(this.#rate, this.#waiting.length, this.#nowMs() - this.#lastFlushMs);
    if (this.#waiting.length >= expectedGroup(rate, this.#groupMax)) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), WAIT_MS_MAX);
    return done;
  }

  /** Commits everything that waits. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = this.#nowMs();
    this.#rate = blend(this.#rate, this.#waiting.length, now - this.#lastFlushMs);
    this.#lastFlushMs = now;
    while (this.#waiting.length > 0) void this.#flushGroup(this.#waiting.splice(0, this.#groupMax));
  }

  async #flushGroup(group: Waiting<Item, Done>[]): Promise<void> {
    try {
      const done = await this.#commit(group.map(({ item }) => item));
      group.forEach(({ resolve }, at) => {
        resolve(done[at] as Done);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
