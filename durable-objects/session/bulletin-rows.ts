// The rows of bulletins: what was said about the session after it was announced, and by whom.
import type { Bulletin } from "../../contracts/sessions.ts";

export class BulletinRows {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Inside a transaction. */
  add({ no, s, text }: Bulletin, by: string): void {
    this.#sql.exec("INSERT INTO bulletins (no, at, by, text) VALUES (?, ?, ?, ?)", no, s, by, JSON.stringify(text));
  }

  list(): Bulletin[] {
    return this.#sql
      .exec<{ no: number; at: number; text: string }>("SELECT no, at, text FROM bulletins ORDER BY no")
      .toArray()
      .map(({ no, at, text }) => ({ no, s: at, text: JSON.parse(text) as Bulletin["text"] }));
  }

  /** With who said each: for operators. */
  authors(): (Bulletin & { by: string })[] {
    const by = this.#sql.exec<{ by: string }>("SELECT by FROM bulletins ORDER BY no").toArray();
    return this.list().map((bulletin, at) => ({ ...bulletin, by: by[at]?.by ?? "" }));
  }
}
