// The rows of shards that are deleted, or had to be kept.

/** Until a shard that had to be kept is looked at again. */
const LOOK_AGAIN_S = 86_400;

export class RetiredShards {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Inside a transaction. `kept` says why the shard was not deleted. */
  looked(shard: number, at: number, kept: string | undefined): void {
    this.#sql.exec("INSERT OR REPLACE INTO retired (shard, at, kept) VALUES (?, ?, ?)", shard, Math.floor(at), kept ?? null);
  }

  /** Shards to look at now: of `count` those that nobody has looked at, and kept ones after a day. `now` in Unix seconds. */
  due(count: number, now: number): number[] {
    const rows = new Map(this.#rows().map((row) => [row.shard, row]));
    return Array.from({ length: count }, (_, shard) => shard).filter((shard) => {
      const row = rows.get(shard);
      return !row || (row.kept !== null && row.at + LOOK_AGAIN_S <= now);
    });
  }

  /** When the next look is due, the first at `firstAt`; undefined once all of `count` are deleted. */
  nextAt(count: number, firstAt: number): number | undefined {
    const rows = this.#rows();
    if (rows.length < count) return firstAt;
    const kept = rows.filter((row) => row.kept !== null);
    return kept.length === 0 ? undefined : Math.min(...kept.map(({ at }) => at)) + LOOK_AGAIN_S;
  }

  summary(): { deleted: number; kept: { shard: number; why: string }[] } {
    const rows = this.#rows();
    const kept = rows.flatMap(({ shard, kept: why }) => (why === null ? [] : [{ shard, why }]));
    return { deleted: rows.length - kept.length, kept };
  }

  #rows(): { shard: number; at: number; kept: string | null }[] {
    return this.#sql
      .exec<{ shard: number; at: number; kept: string | null }>("SELECT shard, at, kept FROM retired ORDER BY shard")
      .toArray();
  }
}
