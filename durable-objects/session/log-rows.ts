// What a session has to put into the log: kept until the log has it, its quorum is there, and the proof lies with the session's files.
import type { Bytes } from "../../domain/bytes.ts";

export type LogRow = {
  /** The file's name below /draws/{session}/, without its ending. A void carries its cause: only one of two can count. */
  name: string;
  bytes: Bytes;
  /** Cosignatures count when they were given before this instant, Unix seconds; null where any time will do. */
  before: number | null;
  /** Place in the log, once it has one. */
  at: number | null;
  /** Which witnesses of the manifest have cosigned in time. */
  signed: number[];
  proof: string | null;
  /** Whether the quorum was not there in time: then it never will be. */
  late: boolean;
};

type Stored = Omit<LogRow, "bytes" | "signed" | "late"> & { bytes: ArrayBuffer; signed: string; late: number };

const COLUMNS = "SELECT name, bytes, before, at, signed, proof, late FROM log_entries";

export class LogRows {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Inside a transaction. */
  queue(name: string, bytes: Bytes, before?: number): void {
    this.#sql.exec("INSERT INTO log_entries (name, bytes, before) VALUES (?, ?, ?)", name, bytes, before ?? null);
  }

  row(name: string): LogRow | undefined {
    return this.#read(`${COLUMNS} WHERE name = ?`, name)[0];
  }

  /** Entries whose quorum is neither there nor missed, in their order. */
  undecided(): LogRow[] {
    return this.#read(`${COLUMNS} WHERE proof IS NULL AND late = 0 ORDER BY seq`);
  }

  /** Entries whose proof is not published yet. */
  unpublished(): LogRow[] {
    return this.#read(`${COLUMNS} WHERE proof IS NOT NULL AND published = 0 ORDER BY seq`);
  }

  /** Inside a transaction: what the log said. */
  stand({ name, at, signed, proof, late }: LogRow): void {
    const query = "UPDATE log_entries SET at = ?, signed = ?, proof = ?, late = ? WHERE name = ?";
    this.#sql.exec(query, at, JSON.stringify(signed), proof, late ? 1 : 0, name);
  }

  /** Inside a transaction. */
  published(name: string): void {
    this.#sql.exec("UPDATE log_entries SET published = 1 WHERE name = ?", name);
  }

  #read(query: string, ...values: string[]): LogRow[] {
    return this.#sql
      .exec<Stored>(query, ...values)
      .toArray()
      .map(({ bytes, signed, late, ...row }) => ({
        ...row,
        bytes: new Uint8Array(bytes),
        signed: JSON.parse(signed) as number[],
        late: late === 1,
      }));
  }
}
