// Roots that a seal commits to, and its hash (draw1, sections 2 and 3).
import { describe, expect, it } from "vitest";
import { hex, join, unhex, utf8 } from "../../../domain/bytes.ts";
import { entryBody, leafHashes } from "../../../domain/draw/entry.ts";
import { exclusionRoot, NO_PREVIOUS_SEAL, sealHash, shardRoot, shardsRoot, tablesRoot } from "../../../domain/draw/seal.ts";
import { tableBodies, tableRoot } from "../../../domain/draw/table.ts";
import { EMPTY_ROOT, rootOf } from "../../../domain/merkle.ts";
import { H, treeHash } from "../../reference/naive-merkle.ts";

const M = new Uint8Array(32).fill(0x4d);
const root = (byte: number) => new Uint8Array(32).fill(byte);
const row = (name: string, body: string) => join(utf8(`draw1/${name}\n`), unhex(body));

describe("roots", () => {
  it("of shards hold number, size and root of each, the empty ones too", () => {
    const shards = [
      { shard: 0, n: 3, root: root(1) },
      { shard: 1, n: 0, root: EMPTY_ROOT },
    ];
    expect(hex(shardsRoot(shards))).toBe(
      hex(treeHash([row("shard", `000000000003${hex(root(1))}`), row("shard", `000100000000${hex(EMPTY_ROOT)}`)])),
    );
    expect(hex(shardsRoot(shards.slice(0, 1)))).not.toBe(hex(shardsRoot(shards)));
  });

  it("of one shard is the tree over its leaf hashes from index 0", () => {
    const bodies = join(...[1, 2, 3].map((s) => entryBody({ tickets: 1, s, eid: root(s), pool: 7 })));
    expect(hex(shardRoot(M, 5, bodies))).toBe(hex(rootOf(leafHashes(M, 5, 0, bodies))));
    expect(hex(shardRoot(M, 5, new Uint8Array(0)))).toBe(hex(EMPTY_ROOT));
    expect(hex(shardRoot(M, 6, bodies))).not.toBe(hex(shardRoot(M, 5, bodies)));
  });

  it("of exclusions hold shard, index and reason", () => {
    expect(hex(exclusionRoot([{ shard: 1, index: 2, reason: 9 }]))).toBe(hex(treeHash([row("excl", "00010000000209")])));
    expect(hex(exclusionRoot([]))).toBe(hex(EMPTY_ROOT));
  });

  it("of a table hold leaf hash, tickets, one and the pool of each row", () => {
    const rows = [
      { lh: root(1), tickets: 2 },
      { lh: root(2), tickets: 8 },
    ];
    const expected = rows.map(({ lh, tickets }) => row("row", `${hex(lh)}0${tickets}0100000007`));
    expect(hex(tableRoot(tableBodies(rows, 7)))).toBe(hex(treeHash(expected)));
    expect(hex(tableRoot(new Uint8Array(0)))).toBe(hex(EMPTY_ROOT));
  });

  it("of tables hold pool, size, sum of tickets and root, the empty ones too", () => {
    const tables = [
      { pool: 7, n: 2, sumTickets: 10, root: root(3) },
      { pool: 9, n: 0, sumTickets: 0, root: EMPTY_ROOT },
    ];
    const expected = [`00000007000000020000000a${hex(root(3))}`, `000000090000000000000000${hex(EMPTY_ROOT)}`];
    expect(hex(tablesRoot(tables))).toBe(hex(treeHash(expected.map((body) => row("table", body)))));
  });
});

describe("the seal", () => {
  it("is hashed under its tag", () => {
    expect(hex(sealHash(utf8("{}")))).toBe(hex(H(utf8("draw1/seal\n{}"))));
  });

  it("without a slot before it names 64 zeros", () => {
    expect(NO_PREVIOUS_SEAL).toBe("0000000000000000000000000000000000000000000000000000000000000000");
  });
});
