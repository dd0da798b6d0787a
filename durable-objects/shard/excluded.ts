// Which places of a shard the operators have excluded: a copy of what the session object decided, for the members and for the tables.
import { type Bytes, Reader } from "../../domain/bytes.ts";
import type { ShardStore } from "./store.ts";

export type ExcludedPlace = { reason: number; stands: boolean };

export class Excluded {
  readonly #store: ShardStore;
  #version: number;
  #places: Map<number, ExcludedPlace>;

  constructor(store: ShardStore) {
    this.#store = store;
    const { version, rows } = store.excluded();
    this.#version = version;
    this.#places = unpacked(rows);
  }

  /** All that is excluded as of `version`. What is older than the last word, and the same again, changes nothing. */
  hear(version: number, rows: Bytes): void {
    if (version <= this.#version) return;
    this.#store.exclude(version, rows);
    this.#version = version;
    this.#places = unpacked(rows);
  }

  at(place: number): ExcludedPlace | undefined {
    return this.#places.get(place);
  }

  isOut(place: number): boolean {
    return this.#places.get(place)?.stands === true;
  }

  /** Places that stand, ascending, with their reasons. */
  standing(): { place: number; reason: number }[] {
    return [...this.#places].flatMap(([place, { reason, stands }]) => (stands ? [{ place, reason }] : []));
  }
}

/** Rows ascend by place, and a Map keeps their order. */
function unpacked(rows: Bytes): Map<number, ExcludedPlace> {
  const places = new Map<number, ExcludedPlace>();
  for (const reader = new Reader(rows); reader.left > 0; )
    places.set(reader.u32(), { reason: reader.u8(), stands: reader.u8() === 1 });
  return places;
}
