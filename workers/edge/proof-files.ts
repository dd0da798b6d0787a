// Reads for proofs, all from files that never change: whole small ones, and of large ones the few kilobytes that a path needs.
import { type Bytes, join } from "../../domain/bytes.ts";
import { ENTRY_BODY, leafHashes } from "../../domain/draw/entry.ts";
import { bodiesRange } from "../../domain/draw/seal.ts";
import { entriesInTable, TABLE_HEAD_BYTES } from "../../domain/draw/table.ts";
import { GROUP, groupRange, headBytes, pathInGroups, readTreeHead, type TreeHead } from "../../domain/draw/tree-file.ts";
import { HASH } from "../../domain/merkle.ts";
import { type Table, tableOf } from "../../domain/proof/build.ts";
import { fileOf } from "./file-cache.ts";
import { Shelf } from "./shelf.ts";

/** An isolate has 128 MB for everything. A table of 2,327 rows takes 240 kB with its tree, so this holds some 130 of them. */
const TABLES = new Shelf<Table>(32 * 1024 * 1024);
/** Heads of trees, and groups of 8 to 12 kB. */
const PIECES = new Shelf<Bytes>(16 * 1024 * 1024);

/** A session's files; `M` says whose they have to be. */
export class ProofFiles {
  readonly #env: Env;
  readonly #session: string;
  readonly #M: Bytes;

  constructor(env: Env, session: string, M: Bytes) {
    this.#env = env;
    this.#session = session;
    this.#M = M;
  }

  /** A published file by its name, whole. */
  async file(name: string): Promise<Bytes | undefined> {
    return (await fileOf(this.#env, `draws/${this.#session}/${name}`))?.bytes;
  }

  /** The list of exclusions grows with the crowd: 7 bytes for each. */
  exclusions(): Promise<Bytes | undefined> {
    return this.#piece(`draws/${this.#session}/exclusions`);
  }

  /** The path of leaf `index` in one of the session's trees over `n` rows. */
  async path(tree: "pools" | "shards" | "tables" | "results", n: number, index: number): Promise<Bytes[]> {
    const key = `trees/${this.#session}/${tree}`;
    const [head, group] = await Promise.all([
      this.#need(key, { offset: 0, length: headBytes(n) }),
      this.#need(key, groupRange(n, index)),
    ]);
    return pathInGroups(group, readTreeHead(head, this.#M), index);
  }

  /** One entry of a shard: its body, its leaf hash, and its path there; undefined where the shard has no such place. */
  async entry(shard: number, index: number): Promise<{ body: Bytes; lh: Bytes; n: number; path: Bytes[] } | undefined> {
    const bytes = await this.#piece(`trees/${this.#session}/shards/${shard}`);
    const head: TreeHead | undefined = bytes && readTreeHead(bytes, this.#M);
    if (!head || index >= head.n) return undefined;
    const first = Math.floor(index / GROUP) * GROUP;
    const range = bodiesRange(first, Math.min(GROUP, head.n - first));
    const bodies = await this.#need(`draws/${this.#session}/shards/${shard}`, range);
    const leaves = leafHashes(this.#M, shard, first, bodies);
    const at = index - first;
    return {
      body: bodies.subarray(at * ENTRY_BODY, (at + 1) * ENTRY_BODY) as Bytes,
      lh: leaves.slice(at * HASH, (at + 1) * HASH),
      n: head.n,
      path: pathInGroups(leaves, head, index),
    };
  }

  async table(pool: number): Promise<Table> {
    const key = `${this.#session}/${pool}`;
    const make = async () => tableOf((await this.#read(`draws/${this.#session}/tables/${pool}`)) ?? join(), this.#M, pool);
    return TABLES.take(key, make, ({ bodies }) => bodies.length + 2 * HASH * (bodies.length / 38));
  }

  /** How many entries a pool has in the draw, from the first bytes of its table; undefined before the seal. */
  async entries(pool: number): Promise<number | undefined> {
    const head = await this.#piece(`draws/${this.#session}/tables/${pool}`, { offset: 0, length: TABLE_HEAD_BYTES });
    return head && entriesInTable(head, this.#M, pool);
  }

  async #need(key: string, range: { offset: number; length: number }): Promise<Bytes> {
    const piece = await this.#piece(key, range);
    if (piece?.length !== range.length) throw new Error(`${key} is not there or too short`);
    return piece;
  }

  #piece(key: string, range?: { offset: number; length: number }): Promise<Bytes | undefined> {
    const name = range ? `${key} ${range.offset}` : key;
    return PIECES.take(
      name,
      () => this.#read(key, range),
      ({ length }) => length,
    );
  }

  async #read(key: string, range?: { offset: number; length: number }): Promise<Bytes | undefined> {
    const object = await this.#env.FILES.get(key, range ? { range } : {});
    return object ? new Uint8Array(await object.arrayBuffer()) : undefined;
  }
}
