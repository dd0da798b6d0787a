// The bytes of one entry: person to pid, shard, public id, leaf (draw1, sections 2 and 5).
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, join, unhex, utf8 } from "../../../domain/bytes.ts";
import { ENTRY_BODY, eidOf, entryBody, leafHasher, leafHashes, pidOf, readEntryBody, shardOf } from "../../../domain/draw/entry.ts";
import { HASH } from "../../../domain/merkle.ts";
import { H } from "../../reference/naive-merkle.ts";
import * as any from "../../support/arbitraries.ts";

const M = new Uint8Array(32).fill(0x4d);
const EID = new Uint8Array(32).fill(0xe1);
const entry = fc.record({ tickets: fc.integer({ min: 1, max: 8 }), s: fc.maxSafeNat(), eid: any.hash32, pool: any.u32 });

const BODY = `02${"0000000064e6f3ac"}${"e1".repeat(32)}01${"00000007"}`;

describe("an entry's body", () => {
  it("is tickets, second, public id, one, pool", () => {
    expect(hex(entryBody({ tickets: 2, s: 0x64e6f3ac, eid: EID, pool: 7 }))).toBe(BODY);
  });

  it("reads back as what was written", () => {
    fc.assert(
      fc.property(entry, (value) => {
        expect(readEntryBody(entryBody(value))).toEqual(value);
      }),
    );
  });

  it.each([
    ["no pool", BODY.replace(/01(.{8})$/, "00$1")],
    ["two pools", BODY.replace(/01(.{8})$/, "02$1")],
    ["a byte less", BODY.slice(0, -2)],
    ["a byte more", `${BODY}00`],
    ["a second above 2^53-1", `02ff${BODY.slice(4)}`],
    ["nothing", ""],
  ])("with %s is refused", (_, body) => {
    expect(() => readEntryBody(unhex(body))).toThrow(RangeError);
  });
});

describe("a leaf", () => {
  it("is tag, manifest, shard, index and body under a zero byte", () => {
    const leaf = `${hex(utf8("draw1/entry\n"))}${hex(M)}01020a0b0c0d${BODY}`;
    expect(hex(leafHasher(M, 0x0102)(0x0a0b0c0d, unhex(BODY)))).toBe(hex(H(unhex(`00${leaf}`))));
  });

  it("does not depend on the leaves that were hashed before it", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), any.u16, fc.nat({ max: 2 ** 31 }), (list, shard, first) => {
        const bodies = list.map(entryBody);
        const packed = leafHashes(M, shard, first, join(...bodies));
        const alone = bodies.map((body, at) => hex(leafHasher(M, shard)(first + at, body)));
        expect(hex(packed)).toBe(alone.join(""));
        expect(packed.length).toBe(bodies.length * HASH);
      }),
    );
  });

  it("differs for every manifest, shard, index and field", () => {
    const base = { tickets: 1, s: 100, eid: EID, pool: 7 };
    const hash = (manifest = M, shard = 0, index = 0, change = {}) =>
      hex(leafHasher(manifest, shard)(index, entryBody({ ...base, ...change })));
    const hashes = [
      hash(),
      hash(new Uint8Array(32)),
      hash(M, 1),
      hash(M, 0, 1),
      hash(M, 0, 0, { tickets: 2 }),
      hash(M, 0, 0, { s: 101 }),
      hash(M, 0, 0, { pool: 8 }),
      hash(M, 0, 0, { eid: new Uint8Array(32) }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("bodies are 46 bytes, as the published shard file says", () => {
    expect(ENTRY_BODY).toBe(46);
    expect(BODY.length / 2).toBe(ENTRY_BODY);
  });
});

describe("identity", () => {
  const hmac = (key: Uint8Array, message: Uint8Array) => new Uint8Array(createHmac("sha256", key).update(message).digest());

  it("pid is the HMAC of the manifest under the HMAC of the person under the pepper", () => {
    fc.assert(
      fc.property(any.hash32, any.hash32, any.hash32, (pepper, person, manifest) => {
        expect(hex(pidOf(pepper, person, manifest))).toBe(hex(hmac(hmac(pepper, person), manifest)));
      }),
    );
  });

  it("eid hashes tag, manifest, nonce and pid", () => {
    const [nonce, pid] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(hex(eidOf(M, nonce, pid))).toBe(hex(H(utf8("draw1/eid\n"), M, nonce, pid)));
  });

  it.each([
    ["00000000", 4, 0],
    ["00000005", 4, 1],
    ["80000000", 3, 2],
    ["ffffffff", 512, 511],
    ["ffffffff", 1, 0],
  ])("a pid that begins with %s goes, of %i shards, to %i", (start, shards, shard) => {
    expect(shardOf(unhex(start + "ab".repeat(28)), shards)).toBe(shard);
  });

  it("persons spread over shards: no shard of 16 gets twice its share of 4000", () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let at = 0; at < 4000; at++) {
      const shard = shardOf(pidOf(EID, H(utf8(`person ${at}`)), M), 16);
      counts[shard] = (counts[shard] as number) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(125);
    expect(Math.max(...counts)).toBeLessThan(500);
  });
});
