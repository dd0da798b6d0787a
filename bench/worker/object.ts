// The object of the lower rungs: does nothing, remembers, writes with a commit each, or writes in groups. Never in a deployed build.
import { DurableObject } from "cloudflare:workers";
import type { ReserveRequest } from "../../contracts/shard.ts";
import type { Bytes } from "../../domain/bytes.ts";
import { ENTRY_BODY, eidOf, entryBody, readEntryBody } from "../../domain/draw/entry.ts";
import { Places } from "../../domain/draw/places.ts";
import { GROUP_MAX } from "../../domain/draw/receipt.ts";
import { GroupCommit } from "../../durable-objects/shard/group-commit.ts";

/** One row per reservation and one commit each; `naive` is what a first version writes: text key, two indexes, 4 billed rows. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS lean (place INTEGER PRIMARY KEY, body BLOB NOT NULL, pid BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS grouped (first INTEGER PRIMARY KEY, bodies BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS naive (id TEXT PRIMARY KEY, pid TEXT NOT NULL, pool INTEGER NOT NULL, nonce TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS naive_pid ON naive (pid);
CREATE INDEX IF NOT EXISTS naive_pool ON naive (pool, created_at);
`;

const MANIFEST = new Uint8Array(32);

export class Rung extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #places = new Places();
  #stored = 0;
  #rowsWritten = 0;
  readonly #commit: GroupCommit<ReserveRequest, number>;
  readonly #gather: GroupCommit<ReserveRequest, number>;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(SCHEMA);
    if (ctx.id.name?.startsWith("rows/")) this.#rebuild();
    this.#gather = new GroupCommit(
      async (items) => items.map((item) => this.#add(item)),
      GROUP_MAX,
      () => Date.now(),
    );
    this.#commit = new GroupCommit(
      (items) => this.#commitGroup(items),
      GROUP_MAX,
      () => Date.now(),
    );
  }

  /** L4: the same message, nothing done with it. */
  nothing(_request: ReserveRequest): void {}

  /** The anchor of row 1: no message at all. */
  empty(): void {}

  /** L5: the real dedupe table, in memory only. Undefined for a person who is there. */
  remember(request: ReserveRequest): number | undefined {
    return this.#taken(request) ? undefined : this.#add(request);
  }

  /** L5b: waits for company as a group does, and nothing is written. */
  async wait(request: ReserveRequest): Promise<number | undefined> {
    return this.#taken(request) ? undefined : this.#gather.add(request);
  }

  /** L6: one row and one commit for each. */
  write(request: ReserveRequest): number | undefined {
    if (this.#taken(request)) return undefined;
    const place = this.#places.size;
    this.#count(
      this.#sql.exec("INSERT INTO lean (place, body, pid) VALUES (?, ?, ?)", place, bodyOf(request), request.pid as Bytes),
    );
    return this.#add(request);
  }

  /** Text key and two indexes, one commit for each; the database finds doubles. */
  naive(id: string, pid: string, pool: number, nonce: string): boolean {
    const sql = "INSERT INTO naive (id, pid, pool, nonce, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    const cursor = this.#sql.exec(sql, id, pid, pool, nonce, Date.now());
    this.#count(cursor);
    return cursor.rowsWritten > 0;
  }

  /** L7: the real GroupCommit and one row per group, without a receipt. */
  async group(request: ReserveRequest): Promise<number | undefined> {
    return this.#taken(request) ? undefined : this.#commit.add(request);
  }

  /** `count` rows of one reservation each, and how many the object knows of. */
  fillRows(count: number): void {
    this.ctx.storage.transactionSync(() => {
      for (let place = this.#places.size; place < count; place++) {
        const [pid, nonce] = [crypto.getRandomValues(new Uint8Array(32)), crypto.getRandomValues(new Uint8Array(32))];
        const body = bodyOf({ pid, nonce, pool: 1, tickets: 1, personReasons: [] });
        this.#sql.exec("INSERT INTO lean (place, body, pid) VALUES (?, ?, ?)", place, body, pid);
      }
    });
  }

  known(): number {
    return this.#places.size;
  }

  sleep(): void {
    this.ctx.abort("put to sleep");
  }

  /** On waking, from a row for each reservation: what packed groups are compared with. */
  #rebuild(): void {
    for (const { body, pid } of this.#sql.exec<{ body: ArrayBuffer; pid: ArrayBuffer }>(
      "SELECT body, pid FROM lean ORDER BY place",
    )) {
      const { eid, pool } = readEntryBody(new Uint8Array(body));
      this.#places.add(new Uint8Array(pid), eid, pool, 0);
    }
  }

  stored() {
    const one = (query: string) => this.#sql.exec<{ n: number }>(query).one().n;
    const written = one("SELECT (SELECT count(*) FROM lean) + (SELECT count(*) FROM naive) AS n");
    const grouped = one("SELECT coalesce(sum(length(bodies)), 0) AS n FROM grouped") / ENTRY_BODY;
    return {
      entries: written + grouped || this.#places.size,
      groups: one("SELECT count(*) AS n FROM grouped") || this.#stored,
      rowsWritten: this.#rowsWritten,
    };
  }

  #taken(request: ReserveRequest): boolean {
    return this.#places.of(request.pid).length > 0;
  }

  #add({ pid, pool }: ReserveRequest): number {
    this.#places.add(pid, pid, pool, 0);
    return this.#places.size - 1;
  }

  #count(cursor: { rowsWritten: number }): void {
    this.#rowsWritten += cursor.rowsWritten;
    this.#stored++;
  }

  async #commitGroup(items: ReserveRequest[]): Promise<number[]> {
    const bodies = new Uint8Array(items.length * ENTRY_BODY);
    items.forEach((item, at) => {
      bodies.set(bodyOf(item), at * ENTRY_BODY);
    });
    this.#count(this.#sql.exec("INSERT INTO grouped (first, bodies) VALUES (?, ?)", this.#places.size, bodies));
    return items.map((item) => this.#add(item));
  }
}

/** The same bytes as the shard stores, its public id included. */
const bodyOf = ({ pid, nonce, pool, tickets }: ReserveRequest): Bytes =>
  entryBody({ tickets, s: Math.floor(Date.now() / 1000), eid: eidOf(MANIFEST, nonce, pid), pool });
