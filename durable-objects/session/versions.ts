// The rows of a draft's versions: everything that it was before it was announced.
import type { DraftVersion } from "../../contracts/planning.ts";

/** What one version says: a plan, or an allotment. */
export type Changed = Pick<DraftVersion, "plan" | "allotment">;

export class DraftVersions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Inside a transaction. `at` in Unix seconds. */
  add(at: number, by: string, changed: Changed): void {
    this.#sql.exec("INSERT INTO versions (at, by, body) VALUES (?, ?, ?)", Math.floor(at), by, JSON.stringify(changed));
  }

  list(): DraftVersion[] {
    return this.#sql
      .exec<{ no: number; at: number; by: string; body: string }>("SELECT no, at, by, body FROM versions ORDER BY no")
      .toArray()
      .map(({ body, ...version }) => ({ ...version, ...(JSON.parse(body) as Changed) }));
  }
}
