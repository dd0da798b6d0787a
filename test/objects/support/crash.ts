// Ends an object at its k-th storage call, for every k, before and after the call; then repeats the work and checks that nothing is torn.
import { expect } from "vitest";
import { freshId, freshWorld } from "./session.ts";
import { world } from "./world.ts";

export type Case<Given> = {
  /** Part of the name of the object that dies. */
  object: (id: string) => string;
  arrange: (id: string) => Promise<Given>;
  /** The mutating call; may be made again. */
  act: (id: string, given: Given) => Promise<unknown>;
  /** What must hold once the call has been made to its end. */
  check: (id: string, given: Given) => Promise<void>;
};

/** Runs the case once for every storage call that `act` makes; returns how many crashes there were. */
export async function crashEverywhere<Given>({ object, arrange, act, check }: Case<Given>): Promise<number> {
  let crashes = 0;
  for (const when of ["before", "after"] as const) {
    for (let at = 1; ; at++) {
      freshWorld();
      const id = freshId("crash");
      const given = await arrange(id);
      const crash = { object: object(id), at, when, seen: 0, hit: false };
      world().crash = crash;
      await act(id, given).catch(() => undefined);
      world().crash = undefined;
      if (crash.hit) {
        crashes++;
        await act(id, given);
      }
      await check(id, given);
      if (!crash.hit) break;
    }
  }
  expect(crashes, "the method makes storage calls").toBeGreaterThan(1);
  return crashes;
}
