// Counts what requests ask of the edge's bindings, for real: every binding behind a wrapper, the shop's code unchanged.
import type { Counts } from "./counts.ts";

const none = (): Counts => ({ requests: 0, objects: 0, statements: 0, files: 0, pages: 0 });

/** Calls of the target's methods reach `on` first. */
function watched<Target extends object>(target: Target, on: (name: string) => void): Target {
  return new Proxy(target, {
    get: (of, name) => {
      const value = Reflect.get(of, name) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        on(String(name));
        return (value as (...args: unknown[]) => unknown).apply(of, args);
      };
    },
  });
}

/** The same environment, counting. An object is counted when its stub is taken, a statement when it is prepared. */
export function counted<E extends Env>(env: E): { env: E; counts: Counts } {
  const counts = none();
  const object = (name: string) => {
    if (name === "getByName" || name === "get") counts.objects++;
  };
  return {
    counts,
    env: {
      ...env,
      SESSIONS: watched(env.SESSIONS, object),
      SHARDS: watched(env.SHARDS, object),
      BOOKS: watched(env.BOOKS, object),
      DB: watched(env.DB, (name) => {
        if (name === "prepare" || name === "exec") counts.statements++;
      }),
      FILES: watched(env.FILES, () => counts.files++),
      ...(env.ASSETS ? { ASSETS: watched(env.ASSETS, () => counts.pages++) } : {}),
    },
  };
}
