// The rows of a session's review: proposals of operators, appeals of members, and which shards have yet to hear of them.
import { type Bytes, concat, join, Reader, u8, u16, u32 } from "../../domain/bytes.ts";
import type { Exclusion } from "../../domain/draw/seal.ts";

export type ProposalRow = {
  no: number;
  id: string;
  kind: "exclusions" | "decisions";
  rows: Bytes;
  note: string;
  by: string;
  at: number;
  state: "open" | "confirmed" | "dropped";
  closedBy: string | null;
  closedAt: number | null;
};
type RawProposal = Omit<ProposalRow, "rows"> & { rows: ArrayBuffer };

export type Appeal = {
  shard: number;
  index: number;
  at: number;
  text: string;
  granted: boolean | null;
  answer: string | null;
  decidedAt: number | null;
};
type RawAppeal = Omit<Appeal, "granted"> & { granted: number | null };

/** An exclusion that is proposed, or confirmed at `confirmedAt`. */
export type Held = Exclusion & { confirmedAt: number | undefined };

export type Place = { shard: number; index: number };

/** Number of a place, for look-ups. */
export const keyOf = ({ shard, index }: Place): number => shard * 0x1_0000_0000 + index;

export const packExclusions = (rows: Exclusion[]): Bytes =>
  concat(rows.map(({ shard, index, reason }) => join(u16(shard), u32(index), u8(reason))));

/** A row of packed exclusions. */
export const EXCLUSION_BYTES = 7;

export function exclusionsIn(bytes: Bytes): Exclusion[] {
  const rows: Exclusion[] = [];
  for (const reader = new Reader(bytes); reader.left > 0; )
    rows.push({ shard: reader.u16(), index: reader.u32(), reason: reader.u8() });
  return rows;
}

export type Decision = Place & { granted: boolean; answer: string };

export const decisionsIn = (bytes: Bytes): Decision[] => JSON.parse(new TextDecoder().decode(bytes)) as Decision[];

const PROPOSAL = "SELECT no, id, kind, rows, note, by, at, state, closed_by AS closedBy, closed_at AS closedAt FROM proposals";
const APPEAL = 'SELECT shard, place AS "index", at, text, granted, answer, decided_at AS decidedAt FROM appeals';

export class ReviewRows {
  readonly #sql: SqlStorage;
  /** Made of the proposals when it is first needed, and again after each of them has changed: some 60 bytes an exclusion. */
  #held: Map<number, Held> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  proposals(): ProposalRow[] {
    return this.#proposals(`${PROPOSAL} ORDER BY no`);
  }

  proposal(id: string): ProposalRow | undefined {
    return this.#proposals(`${PROPOSAL} WHERE id = ?`, id)[0];
  }

  /** Inside a transaction. */
  propose({ id, kind, rows, note, by, at }: Pick<ProposalRow, "id" | "kind" | "rows" | "note" | "by" | "at">): void {
    this.#held = undefined;
    const query = "INSERT INTO proposals (id, kind, rows, note, by, at) VALUES (?, ?, ?, ?, ?, ?)";
    this.#sql.exec(query, id, kind, rows, note, by, at);
  }

  /** Inside a transaction. */
  close(id: string, state: "confirmed" | "dropped", by: string, at: number): void {
    this.#held = undefined;
    this.#sql.exec("UPDATE proposals SET state = ?, closed_by = ?, closed_at = ? WHERE id = ?", state, by, at, id);
  }

  /** Every exclusion that is proposed or confirmed, by the number of its place; each place is in one at most. */
  held(): ReadonlyMap<number, Held> {
    if (!this.#held) {
      this.#held = new Map();
      for (const { rows, state, closedAt } of this.#proposals(`${PROPOSAL} WHERE kind = 'exclusions' AND state <> 'dropped'`))
        for (const row of exclusionsIn(rows))
          this.#held.set(keyOf(row), { ...row, confirmedAt: state === "confirmed" ? (closedAt as number) : undefined });
    }
    return this.#held;
  }

  /** Confirmed exclusions, ascending by place. */
  confirmed(): Held[] {
    return [...this.held().values()]
      .filter(({ confirmedAt }) => confirmedAt !== undefined)
      .sort((a, b) => a.shard - b.shard || a.index - b.index);
  }

  appeals(): Appeal[] {
    return this.#appeals(`${APPEAL} ORDER BY at, shard, place`);
  }

  appeal({ shard, index }: Place): Appeal | undefined {
    return this.#appeals(`${APPEAL} WHERE shard = ? AND place = ?`, shard, index)[0];
  }

  /** Inside a transaction. */
  addAppeal({ shard, index, at, text }: Pick<Appeal, "shard" | "index" | "at" | "text">): void {
    this.#sql.exec("INSERT INTO appeals (shard, place, at, text) VALUES (?, ?, ?, ?)", shard, index, at, text);
  }

  /** Inside a transaction. */
  decide({ shard, index }: Place, granted: boolean, answer: string, at: number): void {
    const query = "UPDATE appeals SET granted = ?, answer = ?, decided_at = ? WHERE shard = ? AND place = ?";
    this.#sql.exec(query, granted ? 1 : 0, answer, at, shard, index);
  }

  untold(): { shard: number; version: number }[] {
    return this.#sql.exec<{ shard: number; version: number }>("SELECT shard, version FROM untold ORDER BY shard").toArray();
  }

  /** Inside a transaction: these have something to hear. The version grows with every proposal that is confirmed. */
  tell(shards: Iterable<number>): void {
    const { version } = this.#sql
      .exec<{ version: number }>("SELECT count(*) AS version FROM proposals WHERE state = 'confirmed'")
      .one();
    for (const shard of shards) this.#sql.exec("INSERT OR REPLACE INTO untold (shard, version) VALUES (?, ?)", shard, version);
  }

  /** Inside a transaction: `shard` knows what stood at `version`. */
  told(shard: number, version: number): void {
    this.#sql.exec("DELETE FROM untold WHERE shard = ? AND version = ?", shard, version);
  }

  /** Inside a transaction: the words of members go when their receipts go. */
  forgetWords(): void {
    this.#sql.exec("UPDATE appeals SET text = '', answer = NULL");
  }

  #proposals(query: string, ...values: string[]): ProposalRow[] {
    return this.#sql
      .exec<RawProposal>(query, ...values)
      .toArray()
      .map((row) => ({ ...row, rows: new Uint8Array(row.rows) }));
  }

  #appeals(query: string, ...values: number[]): Appeal[] {
    return this.#sql
      .exec<RawAppeal>(query, ...values)
      .toArray()
      .map((row) => ({ ...row, granted: row.granted === null ? null : row.granted === 1 }));
  }
}
