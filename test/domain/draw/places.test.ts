// Who holds a place in a shard, against a Map that says the same slowly.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, hex, u32 } from "../../../domain/bytes.ts";
import { Places } from "../../../domain/draw/places.ts";
import { H } from "../../reference/naive-merkle.ts";

const pidOf = (person: number): Bytes => H(u32(person)) as Bytes;
const eidOf = (at: number): Bytes => H(u32(0xe0000000 + at)) as Bytes;

/** A pid whose bytes 4..8, which choose the slot, are the same for all. */
const colliding = (person: number): Bytes => {
  const pid = pidOf(person);
  pid.fill(0xff, 4, 8);
  return pid;
};

type Oracle = Map<string, { at: number; pool: number; sku: number; eid: string }[]>;

function compareAll(places: Places, oracle: Oracle, pids: Bytes[]) {
  for (const pid of pids) {
    const found = places.of(pid).sort((a, b) => a - b);
    const said = found.map((at) => ({ at, pool: places.poolOf(at), sku: places.skuOf(at) }));
    const expected = oracle.get(hex(pid)) ?? [];
    expect(said).toEqual(expected.map(({ at, pool, sku }) => ({ at, pool, sku })));
    for (const [position, at] of found.entries()) {
      expect(places.hasEid(at, Buffer.from(expected[position]?.eid ?? "", "hex"))).toBe(true);
      expect(places.hasEid(at, pid)).toBe(false);
    }
  }
}

function fill(adds: { pid: Bytes; pool: number; sku: number }[]) {
  const places = new Places();
  const oracle: Oracle = new Map();
  adds.forEach(({ pid, pool, sku }, at) => {
    places.add(pid, eidOf(at), pool, sku);
    oracle.set(hex(pid), [...(oracle.get(hex(pid)) ?? []), { at, pool, sku, eid: hex(eidOf(at)) }]);
  });
  return { places, oracle };
}

describe("places", () => {
  it.each([
    ["spread pids", pidOf],
    ["pids that all want the same slot", colliding],
  ])("finds what a Map finds, for any adds of %s", (_, make) => {
    const add = fc.record({ person: fc.nat({ max: 120 }), pool: fc.nat(), sku: fc.nat({ max: 0xffff }) });
    fc.assert(
      fc.property(fc.array(add, { maxLength: 200, size: "max" }), (adds) => {
        const { places, oracle } = fill(adds.map(({ person, pool, sku }) => ({ pid: make(person), pool, sku })));
        expect(places.size).toBe(adds.length);
        compareAll(
          places,
          oracle,
          Array.from({ length: 122 }, (__, person) => make(person)),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("finds every one of 6,000, through every growth, and none that is not there", () => {
    const adds = Array.from({ length: 6000 }, (_, at) => ({ pid: pidOf(at % 4000), pool: at, sku: at % 12 }));
    const { places, oracle } = fill(adds);
    compareAll(
      places,
      oracle,
      Array.from({ length: 4200 }, (_, person) => pidOf(person)),
    );
  });

  it("remembers who withdrew, through growth, and nobody else", () => {
    const places = new Places();
    const withdrawn = new Set<number>();
    for (let at = 0; at < 500; at++) {
      places.add(pidOf(at), eidOf(at), 7, 0);
      if (at % 7 === 3) {
        places.withdraw(at);
        withdrawn.add(at);
      }
    }
    const said = Array.from({ length: 500 }, (_, at) => at).filter(places.isWithdrawn);
    expect(said).toEqual([...withdrawn]);
  });

  it("keeps its own copy of what was added", () => {
    const [places, pid, eid] = [new Places(), pidOf(1), eidOf(1)];
    places.add(pid, eid, 7, 0);
    pid.fill(0);
    eid.fill(0);
    expect(places.of(pidOf(1))).toEqual([0]);
    expect(places.hasEid(0, eidOf(1))).toBe(true);
  });

  it("of nobody is empty", () => {
    expect(new Places().of(pidOf(1))).toEqual([]);
  });
});
