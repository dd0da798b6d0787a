// An operator who lies from the start: everything later agrees with the lie, and the recomputation still finds it (draw1, sections 2, 3 and 11).
import { describe, expect, it } from "vitest";
import { QUICKNET } from "../../../domain/draw/chains.ts";
import { recompute } from "../../../domain/draw/recompute.ts";
import { filesOf, type Lies, smallSession } from "../../support/small-session.ts";

/** Whether some check fails or a file is refused. */
function found(lies: Lies): boolean {
  try {
    for (const { good } of recompute(filesOf(smallSession(lies).files), QUICKNET)) if (!good) return true;
  } catch (thrown) {
    if (thrown instanceof RangeError || thrown instanceof TypeError) return true;
    throw thrown;
  }
  return false;
}

const OPEN = 1_692_802_748;
const CLOSE = 1_692_806_348;

describe("a session that is consistent with its own lie", () => {
  it("is the honest one when there is no lie", () => {
    expect(found({})).toBe(false);
  });

  it.each<[lie: string, lies: Lies]>([
    ["announces a later round", { manifest: (honest) => ({ ...honest, beacon: { ...honest.beacon, round: 1001 } }) }],
    ["announces an earlier round", { manifest: (honest) => ({ ...honest, beacon: { ...honest.beacon, round: 999 } }) }],
    [
      "moves the genesis",
      { manifest: (honest) => ({ ...honest, beacon: { ...honest.beacon, genesis: honest.beacon.genesis - 3 } }) },
    ],
    ["would fall back to another round", { manifest: (honest) => ({ ...honest, fallback: "next" }) }],
    ["announces other pools than it publishes", { manifest: (honest) => ({ ...honest, poolsRoot: "00".repeat(32) }) }],
    ["announces a third pool", { manifest: (honest) => ({ ...honest, pools: 3 }) }],
    ["announces other rules", { manifest: (honest) => ({ ...honest, rulesHash: "00".repeat(32) }) }],
    ["numbers pools downwards", { pools: (honest) => honest.toReversed() }],
    ["numbers two pools alike", { pools: (honest) => honest.map((pool) => ({ ...pool, pool: 7 })) }],
    ["takes an entry before open", { entry: (entry, person) => (person === 0 ? { ...entry, s: OPEN - 1 } : entry) }],
    ["takes an entry at close", { entry: (entry, person) => (person === 0 ? { ...entry, s: CLOSE } : entry) }],
    ["gives a friend a ticket above the limit", { entry: (entry, person) => (person === 0 ? { ...entry, tickets: 4 } : entry) }],
    ["takes an entry without tickets", { entry: (entry, person) => (person === 0 ? { ...entry, tickets: 0 } : entry) }],
    ["takes an entry for no pool", { entry: (entry, person) => (person === 0 ? { ...entry, pool: 8 } : entry) }],
    ["uses a public id twice", { entry: (entry) => ({ ...entry, eid: new Uint8Array(32) }) }],
    ["excludes for an unknown reason", { exclusions: () => [{ shard: 0, index: 3, reason: 99 }] }],
    ["excludes for a reason of the door", { exclusions: () => [{ shard: 0, index: 3, reason: 34 }] }],
    ["excludes an entry that is not there", { exclusions: () => [{ shard: 0, index: 300, reason: 1 }] }],
    ["excludes in a shard that is not there", { exclusions: () => [{ shard: 2, index: 0, reason: 1 }] }],
    [
      "lists an exclusion twice",
      {
        exclusions: () => [
          { shard: 0, index: 3, reason: 1 },
          { shard: 0, index: 3, reason: 1 },
        ],
      },
    ],
    [
      "lists exclusions downwards",
      {
        exclusions: () => [
          { shard: 1, index: 0, reason: 1 },
          { shard: 0, index: 3, reason: 1 },
        ],
      },
    ],
    ["seals another number of entries", { seal: (honest) => ({ ...honest, entries: 9 }) }],
    ["seals another number of exclusions", { seal: (honest) => ({ ...honest, excluded: 2 }) }],
    ["seals another number of tickets", { seal: (honest) => ({ ...honest, tickets: honest.tickets + 1 }) }],
    ["seals another number of shards", { seal: (honest) => ({ ...honest, shards: 3 }) }],
    ["seals another number of pools", { seal: (honest) => ({ ...honest, pools: 1 }) }],
    ["seals another session", { seal: (honest) => ({ ...honest, session: "small-2" }) }],
    ["seals another manifest", { seal: (honest) => ({ ...honest, manifest: "00".repeat(32) }) }],
    ["seals other entries", { seal: (honest) => ({ ...honest, shardsRoot: "00".repeat(32) }) }],
    ["seals other exclusions", { seal: (honest) => ({ ...honest, exclusionRoot: "00".repeat(32) }) }],
    ["seals other tables", { seal: (honest) => ({ ...honest, tablesRoot: "00".repeat(32) }) }],
    ["seals with a previous seal that is none", { seal: (honest) => ({ ...honest, prev: "00" }) }],
    ["calls another object its seal", { seal: (honest) => ({ ...honest, type: "result" }) }],
  ])("and %s", (_, lies) => {
    expect(found(lies)).toBe(true);
  });
});

describe("a manifest of a form that no verifier of draw1 can judge", () => {
  it.each<[what: string, change: object]>([
    ["another version", { v: 2 }],
    ["another type", { type: "plan" }],
    ["another kind", { kind: "flash" }],
    ["another mode", { mode: "ranked" }],
    ["another rule of drawing", { alg: "first-come" }],
    ["another table of reasons", { reasons: "draw1-reasons/2" }],
    ["a session named in capitals", { session: "Small-1" }],
    ["a close at its open", { open: CLOSE }],
    ["grace beyond the review", { graceS: 11 }],
    ["no ticket", { ticketsMax: 0 }],
    ["nine tickets", { ticketsMax: 9 }],
    ["4,097 shards", { shards: 4097 }],
  ])("is found: %s", (_, change) => {
    const { files } = smallSession({ manifest: (honest) => ({ ...honest, ...change }) });
    const checks = recompute(filesOf(files), QUICKNET).take(3).toArray();
    const failed = checks.filter(({ good }) => !good).map(({ name }) => name);
    expect(failed).toContain("the manifest is of a form that this program knows");
  });
});

describe("a beacon file", () => {
  it("that names another chain is found", () => {
    const { files } = smallSession();
    const text = new TextDecoder().decode(files.get("beacon.json"));
    files.set("beacon.json", new TextEncoder().encode(text.replace(QUICKNET.hash, "00".repeat(32))));
    const checks = [...recompute(filesOf(files), QUICKNET)];
    expect(checks.filter(({ good }) => !good).map(({ name }) => name)).not.toEqual([]);
  });
});
