// What an object takes from outside: storage, clock, the other objects, files, records, beacons. Tests hand in ones that fail on purpose.

import { settingsOf } from "../contracts/settings.ts";
import { type Chain, PUBLIC_CHAINS } from "../domain/draw/chains.ts";
import { type Records, recordsOf } from "../records/database.ts";

export type Ports = {
  storage: DurableObjectStorage;
  /** Milliseconds since 1970. */
  nowMs: () => number;
  /** From 0 up to 1: for waiting times, never for secrets. */
  random: () => number;
  /** Beacon chains that this build knows. */
  chains: readonly Chain[];
  fetch: typeof fetch;
  env: Env;
  records: () => Records;
};

export function portsOf(ctx: DurableObjectState, env: Env, chains: readonly Chain[] = PUBLIC_CHAINS): Ports {
  return {
    storage: ctx.storage,
    nowMs: () => Date.now(),
    random: () => Math.random(),
    chains,
    fetch: (input, init) => fetch(input, init),
    env,
    records: () => recordsOf(env.DB, settingsOf(env).BRAND),
  };
}
