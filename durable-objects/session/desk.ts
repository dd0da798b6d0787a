// What every move of a session works with, and the few steps that several moves share.
import { type Bytes, hex, utf8 } from "../../domain/bytes.ts";
import { manifestHash } from "../../domain/draw/manifest.ts";
import { bookAt, booksOf } from "../../domain/draw/plan.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import { jcs } from "../../domain/jcs.ts";
import type { Ports } from "../ports.ts";
import type { SessionStore } from "./store.ts";

/** `now` in Unix seconds, unrounded. `changed` writes the D1 event of the state just set, inside the same transaction. */
export type MoveDesk = { store: SessionStore; ports: Ports; now: () => number; changed: () => void };

export const put = ({ env }: Ports, key: string, bytes: Bytes) => env.FILES.put(key, bytes);

/** The pools of each award book, in order. */
export function booksIn(store: SessionStore): Pool[][] {
  const pools = store.pools();
  const count = booksOf(store.manifest().shards, pools.length);
  const books: Pool[][] = Array.from({ length: count }, () => []);
  pools.forEach((pool, at) => {
    books[bookAt(at, pools.length, count)]?.push(pool);
  });
  return books;
}

/** Records a void; the shards hear of it afterwards. */
export function voidSession(desk: MoveDesk, cause: "operator" | "no-seal", text: string): void {
  const { store, now } = desk;
  const manifest = hex(manifestHash(store.fact("manifest") as Bytes));
  const object = { v: 1, type: "void", session: store.manifest().session, manifest, s: Math.floor(now()), cause, text, rollTo: "" };
  store.transaction(() => {
    store.fix("void", utf8(jcs(object)));
    store.moveTo("voided");
    desk.changed();
  });
}
