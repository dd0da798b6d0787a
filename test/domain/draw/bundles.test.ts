// Published files: each reads back as what was written, and a truncated, extended, reordered or foreign one is refused (draw1, section 10).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, hex, join, u32, unhex, utf8 } from "../../../domain/bytes.ts";
import { entryBody } from "../../../domain/draw/entry.ts";
import { poolsBundle, readPoolsBundle } from "../../../domain/draw/pools.ts";
import { drawPool, readResultBundle, resultBundle } from "../../../domain/draw/rank.ts";
import { exclusionsBundle, readExclusionsBundle, readShardBundle, shardBundle } from "../../../domain/draw/seal.ts";
import { readTableBundle, type TableRow, tableBodies, tableBundle } from "../../../domain/draw/table.ts";
import { readWaveBundle, waveBundle } from "../../../domain/draw/wave.ts";
import * as any from "../../support/arbitraries.ts";

const M = new Uint8Array(32).fill(0x4d);
const FOREIGN = new Uint8Array(32).fill(0x4e);
const lh = (byte: number): Bytes => new Uint8Array(32).fill(byte);

const pools = [
  { pool: 1, sku: "sku-a", store: "store-1", stock: 2, wait: 4 },
  { pool: 2, sku: "sku-a", store: "门店", stock: 0, wait: 0 },
  { pool: 0xffff_ffff, sku: "sku-b", store: "store-1", stock: 0xffff_ffff, wait: 1 },
];
const exclusions = [
  { shard: 0, index: 3, reason: 1 },
  { shard: 0, index: 70_000, reason: 15 },
  { shard: 258, index: 0, reason: 9 },
];
const bodies = [1, 2, 3].map((at) => entryBody({ tickets: at, s: 1_692_802_748 + at, eid: lh(at), pool: 7 }));
const rows: TableRow[] = [1, 2, 3].map((at) => ({ lh: lh(at), tickets: at }));
const result = drawPool({ pool: 7, stock: 1, wait: 1 }, rows, lh(9));
const awards = [
  { pool: 7, rank: 0, lh: lh(1) },
  { pool: 7, rank: 1, lh: lh(2) },
  { pool: 9, rank: 0, lh: lh(3) },
];
const lapses = [
  { pool: 7, rank: 0, cause: 1 },
  { pool: 9, rank: 0, cause: 4 },
];

type File = { name: string; bytes: Bytes; read: (bytes: Bytes, manifest?: Bytes) => unknown; content: unknown };
const FILES: File[] = [
  {
    name: "pools",
    bytes: poolsBundle(M, pools),
    read: (bytes, manifest = M) => readPoolsBundle(bytes, manifest),
    content: pools,
  },
  {
    name: "exclusions",
    bytes: exclusionsBundle(M, exclusions),
    read: (bytes, manifest = M) => readExclusionsBundle(bytes, manifest),
    content: exclusions,
  },
  {
    name: "shards/258",
    bytes: shardBundle(M, 258, bodies),
    read: (bytes, manifest = M) => readShardBundle(bytes, manifest, 258),
    content: join(...bodies),
  },
  {
    name: "tables/7",
    bytes: tableBundle(M, 7, tableBodies(rows, 7)),
    read: (bytes, manifest = M) => readTableBundle(bytes, manifest, 7),
    content: { rows, bodies: tableBodies(rows, 7) },
  },
  {
    name: "results/7",
    bytes: resultBundle(M, result),
    read: (bytes, manifest = M) => readResultBundle(bytes, manifest, 7),
    content: result,
  },
  {
    name: "waves/2",
    bytes: waveBundle(M, 2, awards, lapses),
    read: (bytes, manifest = M) => readWaveBundle(bytes, manifest, 2),
    content: { awards, lapses },
  },
];

describe.each(FILES)("the file $name", ({ bytes, read, content }) => {
  it("reads back as what was written", () => {
    expect(read(bytes)).toEqual(content);
  });

  it("is refused at every shorter length", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => read(bytes.slice(0, length)), `${length} bytes`).toThrow(RangeError);
    }
  });

  it("is refused with a byte more", () => {
    expect(() => read(join(bytes, Uint8Array.of(0)))).toThrow(RangeError);
  });

  it("is refused under another manifest", () => {
    expect(() => read(bytes, FOREIGN)).toThrow(RangeError);
  });

  it("is refused when its own manifest is another one", () => {
    const at = bytes.indexOf(0x0a) + 1;
    const foreign = bytes.slice();
    foreign.set(FOREIGN, at);
    expect(() => read(foreign)).toThrow(RangeError);
  });

  it("is refused with another file's tag", () => {
    const others = FILES.map((file) => file.bytes).filter((other) => other !== bytes);
    for (const other of others) expect(() => read(other)).toThrow(RangeError);
  });
});

describe("the headers", () => {
  it.each([
    ["pools", poolsBundle(M, []), `${hex(utf8("draw1/bundle-pools\n"))}${hex(M)}00000000`],
    ["exclusions", exclusionsBundle(M, []), `${hex(utf8("draw1/bundle-exclusions\n"))}${hex(M)}00000000`],
    ["shards/3", shardBundle(M, 3, []), `${hex(utf8("draw1/bundle-shard\n"))}${hex(M)}000300000000`],
    ["tables/7", tableBundle(M, 7, new Uint8Array()), `${hex(utf8("draw1/bundle-table\n"))}${hex(M)}0000000700000000`],
    ["waves/2", waveBundle(M, 2, [], []), `${hex(utf8("draw1/bundle-wave\n"))}${hex(M)}000000020000000000000000`],
  ])("of an empty %s are tag, manifest and counts", (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it.each<[string, () => unknown]>([
    ["shard file of another shard", () => readShardBundle(shardBundle(M, 3, bodies), M, 4)],
    ["table of another pool", () => readTableBundle(tableBundle(M, 7, tableBodies(rows, 7)), M, 8)],
    ["result of another pool", () => readResultBundle(resultBundle(M, result), M, 8)],
    ["wave of another number", () => readWaveBundle(waveBundle(M, 2, awards, lapses), M, 3)],
    ["table whose rows name another pool", () => readTableBundle(tableBundle(M, 7, tableBodies(rows, 8)), M, 7)],
  ])("refuse a %s", (_, read) => {
    expect(read).toThrow(RangeError);
  });
});

describe("the order inside", () => {
  const swapped = <Item>([first, second, ...rest]: Item[]) => [second, first, ...rest] as Item[];
  const twice = <Item>([first, ...rest]: Item[]) => [first, first, ...rest] as Item[];
  const table = (list: TableRow[]) => tableBundle(M, 7, tableBodies(list, 7));
  it.each<[string, () => unknown]>([
    ["two pools swapped", () => readPoolsBundle(poolsBundle(M, swapped(pools)), M)],
    ["a pool twice", () => readPoolsBundle(poolsBundle(M, twice(pools)), M)],
    ["two rows of a table swapped", () => readTableBundle(table(swapped(rows)), M, 7)],
    ["a row of a table twice", () => readTableBundle(table(twice(rows)), M, 7)],
    ["two exclusions of a shard swapped", () => readExclusionsBundle(exclusionsBundle(M, swapped(exclusions)), M)],
    ["the exclusions of two shards swapped", () => readExclusionsBundle(exclusionsBundle(M, exclusions.toReversed()), M)],
    ["an exclusion twice", () => readExclusionsBundle(exclusionsBundle(M, twice(exclusions)), M)],
    ["two awards swapped", () => readWaveBundle(waveBundle(M, 2, swapped(awards), lapses), M, 2)],
    ["an award twice", () => readWaveBundle(waveBundle(M, 2, twice(awards), lapses), M, 2)],
    ["two lapses swapped", () => readWaveBundle(waveBundle(M, 2, awards, swapped(lapses)), M, 2)],
  ])("is refused with %s", (_, read) => {
    expect(read).toThrow(RangeError);
  });

  it("of a shard file is its index order: other orders have another root", () => {
    const read = (list: Bytes[]) => hex(readShardBundle(shardBundle(M, 3, list), M, 3));
    expect(read(swapped(bodies))).not.toBe(read(bodies));
  });
});

describe("any content", () => {
  const ascendingPools = fc.uniqueArray(any.u32, { maxLength: 8 }).map((numbers) => numbers.sort((a, b) => a - b));
  // Names of 1 to 128 bytes in normal form C.
  const name = any.anyText(20).map((text) => `a${text.normalize("NFC")}`.normalize("NFC"));
  const pool = fc.record({ sku: name, store: name, stock: any.u32, wait: any.u32 });

  it("of pools survives, names of every script included", () => {
    fc.assert(
      fc.property(ascendingPools, fc.array(pool, { minLength: 8, maxLength: 8 }), (numbers, contents) => {
        const list = numbers.map((number, at) => ({ pool: number, ...(contents[at] as (typeof contents)[number]) }));
        expect(readPoolsBundle(poolsBundle(M, list), M)).toEqual(list);
      }),
    );
  });

  it("of tables survives", () => {
    fc.assert(
      fc.property(any.ascendingHashes(0, 12), any.u32, any.u8, (hashes, number, tickets) => {
        const list = hashes.map((hash) => ({ lh: hash, tickets }));
        expect(readTableBundle(tableBundle(M, number, tableBodies(list, number)), M, number).rows).toEqual(list);
      }),
    );
  });
});

describe("texts in a pools file", () => {
  it("that are not UTF-8 are refused", () => {
    const bad = join(utf8("draw1/bundle-pools\n"), M, u32(1), u32(1), unhex("0001ff"), unhex("000161"), u32(1), u32(1));
    expect(() => readPoolsBundle(bad, M)).toThrow(TypeError);
  });

  it("keep a byte order mark, because it is part of the name's bytes", () => {
    const list = [{ pool: 1, sku: "\ufeffa", store: "b", stock: 1, wait: 1 }];
    expect(readPoolsBundle(poolsBundle(M, list), M)).toEqual(list);
  });
});
