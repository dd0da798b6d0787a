// The world around the objects under test: a clock that only tests move, faults armed one by one, calls that lose their replies. Lives on
// globalThis, because tests and objects load their modules separately inside one isolate.
import type { Chain } from "../../../domain/draw/chains.ts";

/** A crash at the k-th storage call of one object: before the call is made, or right after it. */
export type Crash = { object: string; at: number; when: "before" | "after"; seen: number; hit: boolean };

export type Received = { url: string; headers: Record<string, string>; body: string; redirect: string | undefined };

export type World = {
  nowMs: number;
  /** Chance in waiting times. */
  random: () => number;
  chains: Chain[];
  /** Answers a beacon request: the body, or undefined for a relay that is down. */
  beacon: (path: string) => string | undefined;
  /** Answers a witness's add-checkpoint: the reply, or undefined for a witness that is down. */
  witness: (host: string, body: string) => Promise<Response | undefined>;
  /** Answers a webhook: the reply, or undefined for a receiver that is down. */
  receiver: (request: Received) => Promise<Response | undefined>;
  /** Settings that differ from the environment's. */
  settings: object;
  crash: Crash | undefined;
  /** Decides about one call to another object, R2 or D1: it goes through, is never made, or happens and loses its reply. */
  fate: (call: string) => "ok" | "lost" | "done-but-lost";
};

const KEY = Symbol.for("fairpour.test.world");

/** A fixed instant, far from any real one: 2027-01-15T08:00:00Z. */
export const START_MS = 1_800_000_000_000;

export function world(): World {
  const holder = globalThis as unknown as Record<symbol, World>;
  holder[KEY] ??= {
    nowMs: START_MS,
    random: () => 0,
    chains: [],
    beacon: () => undefined,
    witness: async () => undefined,
    receiver: async () => undefined,
    settings: {},
    crash: undefined,
    fate: () => "ok",
  };
  return holder[KEY];
}

/** Alarms are stored this far ahead of the test's clock, so that workerd never fires one by itself (it takes none after 2189). */
export const ALARM_OFFSET_MS = 4_500_000_000_000;
