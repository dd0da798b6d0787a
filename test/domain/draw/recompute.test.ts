// Drawing again from the published files: an honest session passes every check, and any edited file makes one of them fail.
import { describe, expect, it } from "vitest";
import { type Bytes, hex, join, utf8 } from "../../../domain/bytes.ts";
import { QUICKNET } from "../../../domain/draw/chains.ts";
import { objectBytes } from "../../../domain/draw/manifest.ts";
import { type Check, recompute } from "../../../domain/draw/recompute.ts";
import { filesOf, smallSession } from "../../support/small-session.ts";

const CHECKS = [
  "the beacon chain is the pinned one",
  "the round follows from the closing time",
  "the manifest is of a form that this program knows",
  "the rules document is the announced one",
  "pools and stock are the announced ones",
  "every entry is in the window, in a known pool, within the ticket limit",
  "every entry's public id is used once",
  "the entries are the sealed ones",
  "the exclusions are the sealed ones",
  "every exclusion is an entry with a known reason",
  "tables = entries - exclusions",
  "the tables are the sealed ones",
  "the seal says nothing else",
  "the beacon's signature verifies",
  "the winners are the ones that seal and beacon give",
  "the result object is the recomputed one",
];

const honest = smallSession();

/** Runs all checks: the names of those that fail, and the error of a file that cannot be read. */
function failures(files: Map<string, Bytes>, chain = QUICKNET): { failed: string[]; thrown?: unknown; names: string[] } {
  const seen: Check[] = [];
  const failed = () => seen.filter(({ good }) => !good).map(({ name }) => name);
  try {
    for (const check of recompute(filesOf(files), chain)) seen.push(check);
  } catch (thrown) {
    return { failed: failed(), thrown, names: seen.map(({ name }) => name) };
  }
  return { failed: failed(), names: seen.map(({ name }) => name) };
}

describe("an honest session", () => {
  it("passes every check, in this order", () => {
    const { failed, names } = failures(honest.files);
    expect(failed).toEqual([]);
    expect(names).toEqual(CHECKS);
  });

  it("gives back the drawn pools, every leaf's place and every public id", () => {
    const run = recompute(filesOf(honest.files), QUICKNET);
    let step = run.next();
    while (!step.done) step = run.next();
    const { results, entries, eids, leaves } = step.value;
    expect(results).toEqual(honest.results);
    expect(entries).toBe(8);
    expect(eids).toEqual(new Set(honest.places.map(({ entry }) => hex(entry.eid))));
    const receipts = honest.receipts.map((text) => JSON.parse(text) as { leaf: string; shard: number; index: number });
    for (const { leaf, shard, index } of receipts) expect(leaves.get(leaf)).toEqual({ shard, index });
    expect(leaves.size).toBe(8);
  });
});

/** The session's files with one of them changed. */
function edited(name: string, change: (bytes: Bytes) => Uint8Array): Map<string, Bytes> {
  const files = new Map(honest.files);
  files.set(name, new Uint8Array(change((files.get(name) as Bytes).slice())));
  return files;
}
const setByte = (at: number, value: number) => (bytes: Bytes) => bytes.with(at < 0 ? bytes.length + at : at, value);
const inJson = (change: (object: Record<string, unknown>) => object) => (bytes: Bytes) =>
  objectBytes(change(JSON.parse(new TextDecoder().decode(bytes))));

/** drand quicknet's round 1. */
const ROUND_1 = {
  round: 1,
  signature: "b55e7cb2d5c613ee0b2e28d6750aabbb78c39dcc96bd9d38c2c2e12198df95571de8e8e402a0cc48871c7089a2b3af4b",
};

/** draw1/bundle-shard LF, M, u16, u32: then 46 bytes per entry. */
const ENTRY_AT = utf8("draw1/bundle-shard\n").length + 32 + 6;
const TABLE_AT = utf8("draw1/bundle-table\n").length + 32 + 8;
const RESULT_AT = utf8("draw1/bundle-result\n").length + 32;
const swap = (at: number, size: number) => (bytes: Bytes) =>
  join(bytes.slice(0, at), bytes.slice(at + size, at + 2 * size), bytes.slice(at, at + size), bytes.slice(at + 2 * size));

describe("one edit of one file", () => {
  it.each<[what: string, file: string, change: (bytes: Bytes) => Uint8Array, check: string]>([
    ["another rule", "rules", (bytes) => join(bytes, utf8("Friends first.\n")), "the rules document is the announced one"],
    ["a unit less in a pool", "pools", setByte(-5, 2), "pools and stock are the announced ones"],
    ["a longer waitlist", "pools", setByte(-1, 2), "pools and stock are the announced ones"],
    ["a ticket more in an entry", "shards/0", setByte(ENTRY_AT, 3), "the entries are the sealed ones"],
    [
      "a ticket above the limit",
      "shards/0",
      setByte(ENTRY_AT, 4),
      "every entry is in the window, in a known pool, within the ticket limit",
    ],
    [
      "an entry without tickets",
      "shards/0",
      setByte(ENTRY_AT, 0),
      "every entry is in the window, in a known pool, within the ticket limit",
    ],
    [
      "an entry of long ago",
      "shards/0",
      setByte(ENTRY_AT + 5, 0),
      "every entry is in the window, in a known pool, within the ticket limit",
    ],
    [
      "an entry in an unknown pool",
      "shards/0",
      setByte(ENTRY_AT + 45, 8),
      "every entry is in the window, in a known pool, within the ticket limit",
    ],
    ["an entry moved to another pool", "shards/0", setByte(ENTRY_AT + 45, 9), "tables = entries - exclusions"],
    ["another public id", "shards/1", setByte(ENTRY_AT + 9, 0xff), "the entries are the sealed ones"],
    ["two entries of a shard swapped", "shards/0", swap(ENTRY_AT, 46), "the entries are the sealed ones"],
    [
      "an entry copied over another",
      "shards/0",
      (bytes) => join(bytes.slice(0, ENTRY_AT + 46), bytes.slice(ENTRY_AT, ENTRY_AT + 46), bytes.slice(ENTRY_AT + 92)),
      "every entry's public id is used once",
    ],
    ["another reason", "exclusions", setByte(-1, 5), "the exclusions are the sealed ones"],
    ["an unknown reason", "exclusions", setByte(-1, 16), "every exclusion is an entry with a known reason"],
    ["the reason 0", "exclusions", setByte(-1, 0), "every exclusion is an entry with a known reason"],
    ["a reason of the door", "exclusions", setByte(-1, 34), "every exclusion is an entry with a known reason"],
    ["another excluded entry", "exclusions", setByte(-2, 0), "tables = entries - exclusions"],
    ["an exclusion of nobody", "exclusions", setByte(-2, 200), "every exclusion is an entry with a known reason"],
    ["an exclusion in no shard", "exclusions", setByte(-6, 7), "every exclusion is an entry with a known reason"],
    ["a ticket more in a table", "tables/7", setByte(TABLE_AT + 32, 8), "tables = entries - exclusions"],
    ["two rows of a table swapped", "tables/7", swap(TABLE_AT, 38), "tables = entries - exclusions"],
    ["another leaf in a table", "tables/9", setByte(TABLE_AT, 0xff), "tables = entries - exclusions"],
    ["two winners swapped", "results/7", swap(RESULT_AT + 116, 64), "the winners are the ones that seal and beacon give"],
    ["a lower cut-off", "results/7", setByte(RESULT_AT + 20, 0), "the winners are the ones that seal and beacon give"],
    ["another count of winners", "results/9", setByte(RESULT_AT + 15, 2), "the winners are the ones that seal and beacon give"],
    ["a winner's leaf", "results/9", setByte(-64, 0), "the winners are the ones that seal and beacon give"],
    ["one entry less in the seal", "seal.json", inJson((seal) => ({ ...seal, entries: 7 })), "the seal says nothing else"],
    [
      "another shards root",
      "seal.json",
      inJson((seal) => ({ ...seal, shardsRoot: "00".repeat(32) })),
      "the entries are the sealed ones",
    ],
    ["no exclusions in the seal", "seal.json", inJson((seal) => ({ ...seal, excluded: 0 })), "the seal says nothing else"],
    [
      "another tables root",
      "seal.json",
      inJson((seal) => ({ ...seal, tablesRoot: "00".repeat(32) })),
      "the tables are the sealed ones",
    ],
    ["another count of pools in the seal", "seal.json", inJson((seal) => ({ ...seal, pools: 3 })), "the seal says nothing else"],
    [
      "the seal of another manifest",
      "seal.json",
      inJson((seal) => ({ ...seal, manifest: "00".repeat(32) })),
      "the seal says nothing else",
    ],
    ["a previous seal of half the length", "seal.json", inJson((seal) => ({ ...seal, prev: "00" })), "the seal says nothing else"],
    ["a member more in the seal", "seal.json", inJson((seal) => ({ ...seal, note: "fair" })), "the seal says nothing else"],
    [
      "another previous seal",
      "seal.json",
      inJson((seal) => ({ ...seal, prev: "01".repeat(32) })),
      "the result object is the recomputed one",
    ],
    [
      "another number of tickets in the seal",
      "seal.json",
      inJson((seal) => ({ ...seal, tickets: 99 })),
      "the seal says nothing else",
    ],
    [
      "another round with its true signature",
      "beacon.json",
      inJson((beacon) => ({ ...beacon, ...ROUND_1 })),
      "the beacon's signature verifies",
    ],
    ["another round", "beacon.json", inJson((beacon) => ({ ...beacon, round: 1001 })), "the beacon's signature verifies"],
    [
      "another signature",
      "beacon.json",
      inJson((beacon) => ({ ...beacon, signature: `b5${String(beacon.signature).slice(2)}` })),
      "the beacon's signature verifies",
    ],
    [
      "a signature of nothing",
      "beacon.json",
      inJson((beacon) => ({ ...beacon, signature: "" })),
      "the beacon's signature verifies",
    ],
    [
      "another seed in the result",
      "result.json",
      inJson((result) => ({ ...result, seed: "00".repeat(32) })),
      "the result object is the recomputed one",
    ],
    [
      "one winner less in the result",
      "result.json",
      inJson((result) => ({ ...result, winners: 4 })),
      "the result object is the recomputed one",
    ],
    [
      "another result root",
      "result.json",
      inJson((result) => ({ ...result, resultRoot: "00".repeat(32) })),
      "the result object is the recomputed one",
    ],
    [
      "a member more in the result",
      "result.json",
      inJson((result) => ({ ...result, note: "fair" })),
      "the result object is the recomputed one",
    ],
  ])("%s (%s) is found", (_, file, change, check) => {
    const { failed, thrown } = failures(edited(file, change));
    expect(thrown).toBeUndefined();
    expect(failed).toContain(check);
  });

  it.each<[what: string, file: string, change: (bytes: Bytes) => Uint8Array]>([
    ["of another closing time", "manifest.json", inJson((manifest) => ({ ...manifest, close: Number(manifest.close) + 1 }))],
    ["with a space in it", "seal.json", (bytes) => join(utf8("{ "), bytes.slice(1))],
    ["with its members in another order", "beacon.json", () => utf8('{"v":1,"type":"beacon"}')],
  ])("a file %s (%s) cannot be read", (_, file, change) => {
    const { thrown } = failures(edited(file, change));
    expect(thrown instanceof RangeError || thrown instanceof TypeError).toBe(true);
  });

  it.each([...honest.files.keys()].filter((name) => !/^(rules|waves)/.test(name)))(
    "%s cut by a byte, longer by a byte, or absent is found",
    (name) => {
      const absent = new Map(honest.files);
      absent.delete(name);
      const cases = [edited(name, (bytes) => bytes.slice(0, -1)), edited(name, (bytes) => join(bytes, Uint8Array.of(0))), absent];
      for (const files of cases) {
        const { failed, thrown } = failures(files);
        expect(thrown !== undefined || failed.length > 0).toBe(true);
      }
    },
  );

  it("any single bit of any file is found", () => {
    // Every file is walked with a step that is no multiple of its rows, up to the beacon: those checks cost no pairing.
    const missed: string[] = [];
    for (const name of ["pools", "exclusions", "shards/0", "shards/1", "tables/7", "tables/9"]) {
      const { length } = honest.files.get(name) as Bytes;
      for (let at = 0; at < length; at += 7) {
        const files = edited(name, (bytes) => setByte(at, (bytes[at] as number) ^ (1 << (at & 7)))(bytes));
        if (!foundBeforeBeacon(files)) missed.push(`${name}:${at}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

/** Whether a check before the beacon's fails, or a file cannot be read. */
function foundBeforeBeacon(files: Map<string, Bytes>): boolean {
  try {
    for (const { name, good } of recompute(filesOf(files), QUICKNET)) {
      if (!good) return true;
      if (name === "the tables are the sealed ones") return false;
    }
  } catch {
    return true;
  }
  return false;
}

describe("the verifier's own pin", () => {
  it.each([
    ["another chain hash", { hash: "00".repeat(32) }, "the beacon chain is the pinned one"],
    ["another genesis", { genesis: QUICKNET.genesis + 3 }, "the beacon chain is the pinned one"],
    ["another period", { period: 30 }, "the beacon chain is the pinned one"],
    ["another scheme", { scheme: "pedersen-bls-chained" as never }, "the beacon chain is the pinned one"],
  ])("with %s refuses the manifest", (_, change, check) => {
    expect(failures(honest.files, { ...QUICKNET, ...change }).failed).toContain(check);
  });
});
