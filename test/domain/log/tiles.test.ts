// Tiles and entry bundles: paths as the specification spells them, which ones a growing log writes, and reading them back.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, u32, utf8 } from "../../../domain/bytes.ts";
import {
  entryBundle,
  nodesInTiles,
  parseTilePath,
  readEntryBundle,
  type Tile,
  tileBytes,
  tilePath,
  tilesOf,
} from "../../../domain/log/tiles.ts";
import { consistencyPath, inclusionPath, nodesOf, treeRoot } from "../../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../../domain/merkle.ts";
import * as any from "../../support/arbitraries.ts";

describe("a tile's path", () => {
  it.each<[Tile, string]>([
    [{ level: 0, at: 0, width: 256 }, "tile/0/000"],
    [{ level: 0, at: 1234067, width: 256 }, "tile/0/x001/x234/067"],
    [{ level: 63, at: 999, width: 1 }, "tile/63/999.p/1"],
    [{ level: "entries", at: 1000, width: 255 }, "tile/entries/x001/000.p/255"],
  ])("%o is %s", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    "tile/0/0",
    "tile/0/00",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/0/x000/001",
    "tile/0/001/001",
    "tile/0/x001",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/000.p/",
    "tile/0/000/",
    "tile/entries",
    "tile/leaves/000",
    "/tile/0/000",
    "tile/0/../000",
    "",
  ])("%j is none", (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe("the tiles of a log", () => {
  const paths = (before: number, size: number) => tilesOf(before, size).map(tilePath);

  // The example of c2sp.org/tlog-tiles.
  it("of 70,000 entries are 273 full ones, one of 112, one full above, one of 17, and one of 1 on top", () => {
    const tiles = tilesOf(0, 70_000).filter(({ level }) => level !== "entries");
    const of = (level: number) => tiles.filter((tile) => tile.level === level);
    expect(of(0).filter(({ width }) => width === 256)).toHaveLength(273);
    expect(of(0).filter(({ width }) => width < 256)).toEqual([{ level: 0, at: 273, width: 112 }]);
    expect(of(1).map(({ width }) => width)).toEqual([256, 17]);
    expect(of(2)).toEqual([{ level: 2, at: 0, width: 1 }]);
    expect(of(3)).toEqual([]);
  });

  it.each<[number, number, string[]]>([
    [0, 0, []],
    [5, 5, []],
    [0, 1, ["tile/0/000.p/1", "tile/entries/000.p/1"]],
    [1, 3, ["tile/0/000.p/3", "tile/entries/000.p/3"]],
    [255, 256, ["tile/0/000", "tile/entries/000", "tile/1/000.p/1"]],
    [256, 257, ["tile/0/001.p/1", "tile/entries/001.p/1"]],
    [
      250,
      513,
      [
        "tile/0/000",
        "tile/entries/000",
        "tile/0/001",
        "tile/entries/001",
        "tile/0/002.p/1",
        "tile/entries/002.p/1",
        "tile/1/000.p/2",
      ],
    ],
  ])("from %i to %i entries are written", (before, size, written) => {
    expect(paths(before, size)).toEqual(written);
  });

  it("are enough to find root, inclusion and consistency again", () => {
    const size = 70_000;
    const nodes = nodesOf(
      packHashes(
        Array.from({ length: size }, (_, at) => u32(at)),
        leafHash,
      ),
    );
    const files = new Map(
      tilesOf(0, size).flatMap((tile) => {
        const { level, at, width } = tile;
        return level === "entries" ? [] : [[`${level}/${at}`, tileBytes(nodes, level, at, width)] as const];
      }),
    );
    const read = nodesInTiles((level, at) => files.get(`${level}/${at}`) as Uint8Array);
    expect(hex(treeRoot(read, size))).toBe(hex(treeRoot(nodes, size)));
    for (const at of [0, 255, 256, 65_535, 65_536, 69_999]) {
      expect(inclusionPath(read, at, size).map(hex)).toEqual(inclusionPath(nodes, at, size).map(hex));
      expect(consistencyPath(read, at, size).map(hex)).toEqual(consistencyPath(nodes, at, size).map(hex));
    }
  });

  it("that end too early are refused", () => {
    const short = nodesInTiles(() => new Uint8Array(32 * 3));
    expect(() => short(0, 3)).toThrow(RangeError);
    expect(() => short(2, 0)).toThrow(RangeError);
  });
});

describe("an entry bundle", () => {
  it("gives back its entries", () => {
    fc.assert(
      fc.property(fc.array(any.bytes(0, 300), { maxLength: 8 }), (entries) => {
        expect(readEntryBundle(entryBundle(entries), entries.length)).toEqual(entries);
      }),
    );
  });

  const two = entryBundle([utf8("one"), utf8("two")]);
  it("is length and bytes, entry by entry", () => {
    expect(hex(two)).toBe("00036f6e65000374776f");
  });

  it.each([
    ["cut short", two.subarray(0, -1), 2],
    ["with a byte too many", Uint8Array.of(...two, 0), 2],
    ["with fewer entries than it should hold", two, 3],
    ["with more", two, 1],
  ])("%s is refused", (_, bytes, width) => {
    expect(() => readEntryBundle(bytes, width)).toThrow(RangeError);
  });
});
