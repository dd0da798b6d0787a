// The rows of the session log: entries and tree are only ever appended to.
import { type Bytes, join, same } from "../../domain/bytes.ts";
import { entryName, PAGE_NAMES } from "../../domain/log/entry.ts";
import { type Nodes, nodesOf, treeRoot } from "../../domain/log/tree.ts";
import { leafHash } from "../../domain/merkle.ts";
import { type Outcome, ok, refuse } from "../../domain/outcome.ts";
import first from "../../migrations/session-log/0001_first.sql";
import { hasSchema, migrate } from "../schema.ts";
import { addLeaf, nodesIn } from "./tree-rows.ts";

const STEPS = [first];

export class LogStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  get size(): number {
    if (!hasSchema(this.#storage)) return 0;
    return this.#storage.sql.exec<{ size: number }>("SELECT coalesce(max(at) + 1, 0) AS size FROM entries").one().size;
  }

  /** Gives every entry its place, all or none: the old place to one that is there already. Refuses other bytes under a name that is taken. */
  append(entries: Bytes[]): Outcome<number[], "log_conflict"> {
    const wanted = new Map<string, Bytes>();
    const named = entries.map((bytes) => ({ bytes, name: entryName(bytes) }));
    for (const { bytes, name } of named) {
      const there = wanted.get(name) ?? this.#find(name)?.bytes;
      if (there && !same(there, bytes)) return refuse("log_conflict");
      wanted.set(name, bytes);
    }
    const fresh = [...wanted].filter(([name]) => !this.#find(name));
    if (fresh.length > 0) {
      this.#storage.transactionSync(() => {
        migrate(this.#storage, STEPS);
        let size = this.size;
        for (const [name, bytes] of fresh) this.#insert(size++, name, bytes);
      });
    }
    return ok(named.map(({ name }) => (this.#find(name) as { at: number }).at));
  }

  placeOf(name: string): number | undefined {
    return this.#find(name)?.at;
  }

  resultsAfter(at: number): string[] {
    if (!hasSchema(this.#storage)) return [];
    const query = "SELECT name FROM entries WHERE at > ? AND name LIKE '%/result' ORDER BY at";
    return this.#storage.sql
      .exec<{ name: string }>(query, at)
      .toArray()
      .map(({ name }) => name.slice(0, -"/result".length));
  }

  /** Fills an empty log with entries that give this root; with others it stays empty, and the answer is false. */
  refill(entries: Bytes[], root: Bytes): boolean {
    const leaves = join(...entries.map(leafHash));
    if (this.size > 0 || !same(treeRoot(nodesOf(leaves), entries.length), root)) return false;
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      for (const [at, bytes] of entries.entries()) this.#insert(at, entryName(bytes), bytes);
    });
    return true;
  }

  #find(name: string): { at: number; bytes: Bytes } | undefined {
    if (!hasSchema(this.#storage)) return undefined;
    const query = "SELECT at, bytes FROM entries WHERE name = ?";
    const [row] = this.#storage.sql.exec<{ at: number; bytes: ArrayBuffer }>(query, name).toArray();
    return row && { at: row.at, bytes: new Uint8Array(row.bytes) };
  }

  /** Inside a transaction. */
  #insert(at: number, name: string, bytes: Bytes): void {
    this.#storage.sql.exec("INSERT INTO entries (at, name, bytes) VALUES (?, ?, ?)", at, name, bytes);
    addLeaf(this.#storage.sql, at, leafHash(bytes));
  }

  /** The page's entry that was appended last. */
  lastPage(): { at: number; bytes: Bytes } | undefined {
    if (!hasSchema(this.#storage)) return undefined;
    // "0" is the character after "/": every name that begins so.
    const query = "SELECT at, bytes FROM entries WHERE name >= ? AND name < ? ORDER BY at DESC LIMIT 1";
    const [row] = this.#storage.sql
      .exec<{ at: number; bytes: ArrayBuffer }>(query, PAGE_NAMES, `${PAGE_NAMES.slice(0, -1)}0`)
      .toArray();
    return row && { at: row.at, bytes: new Uint8Array(row.bytes) };
  }

  get nodes(): Nodes {
    return nodesIn(this.#storage.sql);
  }

  root(size: number): Bytes {
    return treeRoot(this.nodes, size);
  }

  entries(from: number, count: number): Bytes[] {
    const query = "SELECT bytes FROM entries WHERE at >= ? ORDER BY at LIMIT ?";
    return this.#storage.sql
      .exec<{ bytes: ArrayBuffer }>(query, from, count)
      .toArray()
      .map(({ bytes }) => new Uint8Array(bytes));
  }

  /** The checkpoints that cover the entry at this place, the smallest first. */
  covering(at: number): { size: number; note: string }[] {
    const query = "SELECT size, note FROM checkpoints WHERE size > ? ORDER BY size";
    return this.#storage.sql.exec<{ size: number; note: string }>(query, at).toArray();
  }

  /** The checkpoint of this size with the cosignatures so far; `signed` is kept where none is known yet. */
  checkpoint(size: number, signed: string): string {
    const query = "SELECT note FROM checkpoints WHERE size = ?";
    const [row] = this.#storage.sql.exec<{ note: string }>(query, size).toArray();
    if (row) return row.note;
    this.#storage.transactionSync(() => this.#storage.sql.exec("INSERT INTO checkpoints (size, note) VALUES (?, ?)", size, signed));
    return signed;
  }

  /** Adds cosignature lines to a checkpoint, and notes where their witnesses stand now. */
  cosigned(size: number, note: string, keys: string[]): void {
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("UPDATE checkpoints SET note = ? WHERE size = ?", note, size);
      for (const key of keys) {
        this.#storage.sql.exec(
          "INSERT INTO witnesses (key, size) VALUES (?, ?) ON CONFLICT DO UPDATE SET size = excluded.size",
          key,
          size,
        );
      }
    });
  }

  /** The size of the last checkpoint that this witness cosigned, as far as we heard. */
  standOf(key: string): number {
    const [row] = this.#storage.sql.exec<{ size: number }>("SELECT size FROM witnesses WHERE key = ?", key).toArray();
    return row?.size ?? 0;
  }
}
