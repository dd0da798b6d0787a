// The rows of a witness for one log: what it cosigned, its copy of the entries, the complaints that it took.

import { type Bytes, same } from "../domain/bytes.ts";
import { entryName } from "../domain/log/entry.ts";
import { type Nodes, treeRoot } from "../domain/log/tree.ts";
import { NOTHING_SEEN, type Seen } from "../domain/log/witnessing.ts";
import { leafHash } from "../domain/merkle.ts";
import { addLeaf, nodesIn } from "../durable-objects/log/tree-rows.ts";
import { hasSchema, migrate } from "../durable-objects/schema.ts";
import first from "../migrations/log-witness/0001_first.sql";

const STEPS = [first];

export type Cosigned = Seen & { note: string; line: string };
type CosignedRow = { size: number; root: ArrayBuffer; note: string; line: string };

const read = ({ root, ...row }: CosignedRow): Cosigned => ({ ...row, root: new Uint8Array(root) });

export class WitnessStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  #rows<Row extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]): Row[] {
    return hasSchema(this.#storage) ? this.#storage.sql.exec<Row>(query, ...values).toArray() : [];
  }

  /** The largest checkpoint that was cosigned. */
  last(): Cosigned | undefined {
    const [row] = this.#rows<CosignedRow>("SELECT size, root, note, line FROM checkpoints ORDER BY size DESC LIMIT 1");
    return row && read(row);
  }

  seen(): Seen {
    return this.last() ?? NOTHING_SEEN;
  }

  cosigned({ size, root, note, line }: Cosigned): void {
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      this.#storage.sql.exec("INSERT INTO checkpoints (size, root, note, line) VALUES (?, ?, ?, ?)", size, root, note, line);
    });
  }

  /** The first checkpoint that covers the entry at this place. */
  covering(at: number): Cosigned | undefined {
    const query = "SELECT size, root, note, line FROM checkpoints WHERE size > ? ORDER BY size LIMIT 1";
    const [row] = this.#rows<CosignedRow>(query, at);
    return row && read(row);
  }

  /** Entries fetched so far. */
  get copied(): number {
    return this.#rows<{ count: number }>("SELECT coalesce(max(at) + 1, 0) AS count FROM entries")[0]?.count ?? 0;
  }

  /** Entries of which it is known that they are the cosigned ones: only these are shown. */
  get verified(): number {
    return this.#rows<{ verified: number }>("SELECT verified FROM copy")[0]?.verified ?? 0;
  }

  /** Adds the next entries, not yet verified. */
  copy(entries: Bytes[]): void {
    this.#storage.transactionSync(() => {
      let at = this.copied;
      for (const bytes of entries) {
        this.#storage.sql.exec("INSERT INTO entries (at, name, bytes) VALUES (?, ?, ?)", at, nameOf(bytes), bytes);
        addLeaf(this.#storage.sql, at++, leafHash(bytes));
      }
    });
  }

  /** Holds the copy against a cosigned checkpoint of its size. False where it is another tree: what was not verified before is dropped. */
  verify({ size, root }: Seen): boolean {
    const isCosigned = same(treeRoot(this.nodes, size), root);
    this.#storage.transactionSync(() => {
      if (isCosigned) {
        this.#storage.sql.exec(
          "INSERT INTO copy (id, verified) VALUES (1, ?) ON CONFLICT DO UPDATE SET verified = excluded.verified",
          size,
        );
        return;
      }
      const { verified } = this;
      this.#storage.sql.exec("DELETE FROM entries WHERE at >= ?", verified);
      this.#storage.sql.exec("DELETE FROM nodes WHERE (at + 1) * (1 << level) > ?", verified);
    });
    return isCosigned;
  }

  get nodes(): Nodes {
    return nodesIn(this.#storage.sql);
  }

  /** The copied entry of this name: the first, should a log ever hold two. */
  entry(name: string): { at: number; bytes: Bytes } | undefined {
    const query = "SELECT at, bytes FROM entries WHERE name = ? AND at < ? ORDER BY at LIMIT 1";
    const [row] = this.#rows<{ at: number; bytes: ArrayBuffer }>(query, name, this.verified);
    return row && { at: row.at, bytes: new Uint8Array(row.bytes) };
  }

  /** Names of the copied entries, the newest first. */
  names(limit: number): string[] {
    const query = "SELECT name FROM entries WHERE at < ? ORDER BY at DESC LIMIT ?";
    return this.#rows<{ name: string }>(query, this.verified, limit).map(({ name }) => name);
  }

  /** False where this leaf was complained of before: the first complaint stays. */
  complain(leaf: string, session: string, receipt: string, text: string, contact: string, received: number): boolean {
    const query =
      "INSERT INTO complaints (leaf, session, receipt, text, contact, received) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    return this.#storage.transactionSync(
      () => this.#storage.sql.exec(query, leaf, session, receipt, text, contact, received).rowsWritten > 0,
    );
  }

  complaintsOf(session: string): number {
    return this.#rows<{ count: number }>("SELECT count(*) AS count FROM complaints WHERE session = ?", session)[0]?.count ?? 0;
  }

  /** What everybody may see: how many per session, and the newest receipts, which say nothing about a person. */
  complaints(limit: number): { sessions: { session: string; count: number }[]; newest: { received: number; receipt: object }[] } {
    const counts = "SELECT session, count(*) AS count FROM complaints GROUP BY session ORDER BY max(received) DESC LIMIT ?";
    const newest = "SELECT received, receipt FROM complaints ORDER BY received DESC, leaf LIMIT ?";
    return {
      sessions: this.#rows<{ session: string; count: number }>(counts, limit),
      newest: this.#rows<{ received: number; receipt: string }>(newest, limit).map(({ received, receipt }) => ({
        received,
        receipt: JSON.parse(receipt) as object,
      })),
    };
  }
}

/** What the log calls the entry; one that is not of draw1 is copied too, and called nothing. */
function nameOf(bytes: Bytes): string {
  try {
    return entryName(bytes);
  } catch {
    return "";
  }
}
