// Closed -> frozen: every entry and exclusion is fixed, published and sealed, and enough witnesses have seen it before the deadline.
import type { Rules } from "../../contracts/sessions.ts";
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import { manifestHash, objectBytes, parseObject } from "../../domain/draw/manifest.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import { type Review, reviewBundle, reviewOf } from "../../domain/draw/review.ts";
import {
  exclusionRoot,
  exclusionsBundle,
  NO_PREVIOUS_SEAL,
  type Seal,
  shardRow,
  shardsRoot,
  type TableRoot,
  tableRootRow,
  tablesRoot,
} from "../../domain/draw/seal.ts";
import { treeFile } from "../../domain/draw/tree-file.ts";
import { publicKey, treeKey } from "../files.ts";
import { booksIn, type MoveDesk, put } from "./desk.ts";
import { logged } from "./log.ts";
import { reviewRows, tellOutcome } from "./notices.ts";
import { all, bookStub, NotDone, shardStub } from "./reach.ts";
import type { SessionStore } from "./store.ts";

/**
 * Fixes every shard, publishes entries, exclusions and tables, and seals them: all shards or none. False while the witnesses have not
 * cosigned the seal.
 */
export async function freeze(desk: MoveDesk): Promise<boolean> {
  const { store, ports } = desk;
  const manifest = store.manifest();
  if (!store.fact("seal")) await seal(desk);
  await logged(desk, "seal", store.fact("seal") as Bytes);
  const { state, seal: sealed } = store.progress();
  if (state !== "closed" || sealed !== "sealed") return false;
  const review = store.fact("review");
  if (review) await put(ports, publicKey(manifest.session, "review.json"), review);
  await put(ports, publicKey(manifest.session, "seal.json"), store.fact("seal") as Bytes);
  store.transaction(() => {
    store.moveTo("frozen");
    desk.changed();
  });
  return true;
}

async function seal({ store, ports, now }: MoveDesk): Promise<void> {
  const manifest = store.manifest();
  const M = manifestHash(store.fact("manifest") as Bytes);
  await tellOutcome({ store, ports });
  const fixed = await all(manifest.shards, (shard) => shardStub(ports, manifest, shard).fix());
  await all(manifest.shards, (shard) => shardStub(ports, manifest, shard).publish());
  const shards = fixed.map(({ n, root }, shard) => ({ shard, n, root }));
  const exclusions = fixed.flatMap((shard) => shard.exclusions);
  await put(ports, publicKey(manifest.session, "exclusions"), exclusionsBundle(M, exclusions));
  const reviewed = reviewRows(store, exclusions);
  if (reviewed.length > 0) await put(ports, publicKey(manifest.session, "review"), reviewBundle(M, reviewed));

  const books = booksIn(store);
  const rules = parseObject<Rules>(store.fact("rules") as Bytes);
  const shared = {
    session: manifest.session,
    manifest: hex(M),
    shards: manifest.shards,
    market: manifest.market,
    prices: rules.prices,
  };
  const tables = (
    await all(books.length, (book) => bookStub(ports, manifest, book).tables({ ...shared, pools: books[book] as Pool[] }))
  ).flatMap(({ roots }) => roots);
  await put(ports, treeKey(manifest.session, "shards"), treeFile(M, shards.map(shardRow)));
  await put(ports, treeKey(manifest.session, "tables"), treeFile(M, tables.map(tableRootRow)));
  const entries = shards.reduce((sum, { n }) => sum + n, 0);
  if (entries - exclusions.length !== tables.reduce((sum, { n }) => sum + n, 0))
    throw new Error("tables and exclusions do not add up to the entries");

  const object: Seal = {
    v: 1,
    type: "seal",
    session: manifest.session,
    manifest: hex(M),
    entries,
    excluded: exclusions.length,
    tickets: tables.reduce((sum, { sumTickets }) => sum + sumTickets, 0),
    shards: shards.length,
    pools: tables.length,
    shardsRoot: hex(shardsRoot(shards)),
    exclusionRoot: hex(exclusionRoot(exclusions)),
    tablesRoot: hex(tablesRoot(tables)),
    prev: NO_PREVIOUS_SEAL,
  };
  // Read again after all the waiting: a voided session is not sealed, and a seal is made before the deadline or never.
  if (store.row().state !== "closed") throw new NotDone("the session was voided meanwhile");
  if (now() >= store.timetable().deadline) throw new NotDone("the deadline has passed");
  const bytes = objectBytes(object);
  store.transaction(() => {
    if (reviewed.length > 0) {
      const { v, session, manifest: M } = object;
      const review: Review = { v, type: "review", session, manifest: M, s: Math.floor(now()), ...reviewOf(reviewed) };
      store.fix("review", objectBytes(review));
      // Before the seal, which the same checkpoint covers: its witnesses are the seal's.
      store.log.queue("review", objectBytes(review));
    }
    store.fix("seal", bytes);
    store.log.queue("seal", bytes, store.timetable().deadline);
    store.fix("tables", JSON.stringify(tables.map(({ pool, n, sumTickets, root }) => ({ pool, n, sumTickets, root: hex(root) }))));
  });
}

/** The table roots that the seal covers, ascending by pool. */
export function sealedTables(store: SessionStore): TableRoot[] {
  const rows = JSON.parse(store.text("tables") as string) as (Omit<TableRoot, "root"> & { root: string })[];
  return rows.map(({ root, ...row }) => ({ ...row, root: unhex(root) }));
}
