// The rows of a reservation shard.

import { type Bytes, concat } from "../../domain/bytes.ts";
import { ADMIT_PER_S } from "../../domain/draw/admission.ts";
import first from "../../migrations/reservation-shard/0001_first.sql";
import exclusions from "../../migrations/reservation-shard/0002_exclusions.sql";
import { hasSchema, migrate } from "../schema.ts";
import type { ShardPlan } from "./messages.ts";

/** pid and masked nonce of one entry, as `secrets` packs them. */
export const SECRET = 64;

export type GroupRow = { first: number; s: number; bodies: Bytes; secrets: Bytes };
type RawGroup = { first: number; s: number; bodies: ArrayBuffer; secrets: ArrayBuffer };

const STEPS = [first, exclusions];

export class ShardStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    if (hasSchema(storage)) storage.transactionSync(() => migrate(storage, STEPS));
  }

  begin(plan: ShardPlan): void {
    const { pools, ...rest } = plan;
    this.#storage.transactionSync(() => {
      migrate(this.#storage, STEPS);
      this.#storage.sql.exec("INSERT INTO plan (id, plan, pools, voided) VALUES (1, ?, ?, 0)", JSON.stringify(rest), pools);
    });
  }

  plan(): ShardPlan | undefined {
    if (!hasSchema(this.#storage)) return undefined;
    const [row] = this.#storage.sql.exec<{ plan: string; pools: ArrayBuffer }>("SELECT plan, pools FROM plan").toArray();
    if (!row) return undefined;
    // A plan from before there was a limit has none of its own.
    const { admitPerS = ADMIT_PER_S, ...plan } = JSON.parse(row.plan) as Omit<ShardPlan, "pools" | "admitPerS"> & {
      admitPerS?: number;
    };
    return { ...plan, admitPerS, pools: new Uint8Array(row.pools) };
  }

  isVoided(): boolean {
    return this.#storage.sql.exec<{ voided: number }>("SELECT voided FROM plan").one().voided === 1;
  }

  voidSession(): void {
    this.#storage.transactionSync(() => this.#storage.sql.exec("UPDATE plan SET voided = 1"));
  }

  append({ first: at, s, bodies, secrets }: GroupRow): void {
    this.#storage.transactionSync(() =>
      this.#storage.sql.exec("INSERT INTO groups (first, s, bodies, secrets) VALUES (?, ?, ?, ?)", at, s, bodies, secrets),
    );
  }

  *groups(): Iterable<GroupRow> {
    for (const row of this.#storage.sql.exec<RawGroup>("SELECT first, s, bodies, secrets FROM groups ORDER BY first"))
      yield group(row);
  }

  groupOf(place: number): GroupRow {
    const query = "SELECT first, s, bodies, secrets FROM groups WHERE first <= ? ORDER BY first DESC LIMIT 1";
    return group(this.#storage.sql.exec<RawGroup>(query, place).one());
  }

  /** Bodies of all entries in order of index. */
  bodies(): Bytes {
    const rows = this.#storage.sql.exec<{ bodies: ArrayBuffer }>("SELECT bodies FROM groups ORDER BY first");
    return concat([...rows].map(({ bodies }) => new Uint8Array(bodies)));
  }

  withdrawals(): { place: number; s: number }[] {
    return this.#storage.sql.exec<{ place: number; s: number }>("SELECT place, s FROM withdrawals ORDER BY place").toArray();
  }

  withdrawnAt(place: number): number | undefined {
    return this.#storage.sql.exec<{ s: number }>("SELECT s FROM withdrawals WHERE place = ?", place).toArray()[0]?.s;
  }

  withdraw(place: number, s: number): void {
    this.#storage.transactionSync(() => this.#storage.sql.exec("INSERT INTO withdrawals (place, s) VALUES (?, ?)", place, s));
  }

  /** What the session object last said; version 0 before it said anything. */
  excluded(): { version: number; rows: Bytes } {
    const [row] = this.#storage.sql.exec<{ version: number; rows: ArrayBuffer }>("SELECT version, rows FROM excluded").toArray();
    return row ? { version: row.version, rows: new Uint8Array(row.rows) } : { version: 0, rows: new Uint8Array(0) };
  }

  exclude(version: number, rows: Bytes): void {
    this.#storage.transactionSync(() =>
      this.#storage.sql.exec("INSERT OR REPLACE INTO excluded (id, version, rows) VALUES (1, ?, ?)", version, rows),
    );
  }

  fixed(): { n: number; root: Bytes } | undefined {
    const [row] = this.#storage.sql.exec<{ n: number; root: ArrayBuffer }>("SELECT n, root FROM fixed").toArray();
    return row && { n: row.n, root: new Uint8Array(row.root) };
  }

  fix(n: number, root: Bytes): void {
    this.#storage.transactionSync(() => this.#storage.sql.exec("INSERT INTO fixed (id, n, root) VALUES (1, ?, ?)", n, root));
  }
}

const group = ({ first: at, s, bodies, secrets }: RawGroup): GroupRow => ({
  first: at,
  s,
  bodies: new Uint8Array(bodies),
  secrets: new Uint8Array(secrets),
});
