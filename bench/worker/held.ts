// What an object holds while it works, as its own account of bytes: everything that comes in or goes out during a call counts until the
// call has ended, so the true peak lies below. On a laptop all objects share one isolate, and no heap of theirs can be read.
import type { Ports } from "../../durable-objects/ports.ts";
import { TABLE_ROW } from "../../durable-objects/shard/messages.ts";

/** A row in a table that is being built: an object and a view of its leaf, beside the bytes that it points to. */
const ROW_OBJECT = 200;

const peaks = new Map<string, number>();

/** Peak of every object by name, in bytes. */
export const heldBytes = (): { [object: string]: number } => Object.fromEntries(peaks);

export class Held {
  readonly #name: string;
  #calls = 0;
  #bytes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** `resident` is what the object keeps between calls. */
  async during<Value>(work: () => Value | Promise<Value>, resident = 0): Promise<Value> {
    this.#calls++;
    this.add(0, resident);
    try {
      return await work();
    } finally {
      if (--this.#calls === 0) this.#bytes = 0;
    }
  }

  add(bytes: number, resident = 0): void {
    if (this.#calls === 0) return;
    this.#bytes += bytes;
    peaks.set(this.#name, Math.max(peaks.get(this.#name) ?? 0, this.#bytes + resident));
  }
}

function withMethod<Target extends object>(target: Target, name: string, method: (...args: never[]) => unknown): Target {
  return new Proxy(target, {
    get: (of, key) => {
      if (key === name) return method;
      const value = Reflect.get(of, key) as unknown;
      return typeof value === "function" ? value.bind(of) : value;
    },
  });
}

/** The same ports, whose files and rows are counted. */
export function holding(ports: Ports, held: Held): Ports {
  const { FILES, SHARDS } = ports.env;
  const counted = withMethod(
    withMethod(FILES, "put", (key: string, bytes: Uint8Array) => {
      held.add(bytes.byteLength);
      return FILES.put(key, bytes);
    }),
    "get",
    async (key: string) => {
      const file = await FILES.get(key);
      if (file) held.add(file.size);
      return file;
    },
  );
  const shards = withMethod(SHARDS, "getByName", (...name: Parameters<typeof SHARDS.getByName>) => {
    const stub = SHARDS.getByName(...name);
    return {
      rows: async (from: number, to: number) => {
        const reply = await stub.rows(from, to);
        if (reply.ok) held.add(reply.value.byteLength + (reply.value.byteLength / TABLE_ROW) * ROW_OBJECT);
        return reply;
      },
    };
  });
  return { ...ports, env: { ...ports.env, FILES: counted, SHARDS: shards } };
}
