// What every move of a session works with, and the few steps that several moves share.
import type { Bytes } from "../../domain/bytes.ts";
import { bookAt, booksOf } from "../../domain/draw/plan.ts";
import type { Pool } from "../../domain/draw/pools.ts";
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
