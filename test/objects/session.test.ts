// A session's life inside workerd: plan, announce, move by alarm or nudge, void; only forward.
import { beforeEach, describe, expect, it } from "vitest";
import { announced, at, CLOSE, freshId, freshWorld, guest, OPEN, planFor, POOLS, request, runUntil, sessionOf, shardOfGuest, stateOf } from "./support/session.ts";

beforeEach(freshWorld);

describe("a session", () => {
  it("goes from announced to settled by its own alarm, without anybody's help", async () => {
    const id = freshId();
    const M = await announced(id);
    expect(await stateOf(id)).toBe("announced");
    at(OPEN);
    for (const name of ["ada", "bo", "cy", "di"]) {
      const person = guest(name, M);
      const outcome = await shardOfGuest(id, person).reserve(request(person, 2));
      expect(outcome.ok).toBe(true);
    }
    await runUntil(id, OPEN + 1);
    expect(await stateOf(id)).toBe("open");
    await runUntil(id, CLOSE + 6);
    expect(await stateOf(id)).toBe("frozen");
    await runUntil(id, CLOSE + 60);
    expect(await stateOf(id)).toBe("awarding");
    await runUntil(id, CLOSE + 1000);
    expect(await stateOf(id)).toBe("settled");
  });
});
