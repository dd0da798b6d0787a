// The manifest: its bytes, its hash, and the instants and keys that follow from it (draw1, sections 2 to 4).
import { createHash, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hex, join, utf8 } from "../../../domain/bytes.ts";
import { QUICKNET, roundTime } from "../../../domain/draw/chains.ts";
import {
  beaconTime,
  manifestHash,
  objectBytes,
  PRESETS,
  parseObject,
  receiptSeed,
  roundFor,
  sealDeadline,
  staffHash,
} from "../../../domain/draw/manifest.ts";
import { H } from "../../reference/naive-merkle.ts";
import { honestManifest } from "../../support/small-session.ts";

const manifest = honestManifest();

describe("a published object", () => {
  it("survives being written and read", () => {
    expect(parseObject(objectBytes(manifest))).toEqual(manifest);
  });

  it.each([
    ["names in another order", utf8('{"b":1,"a":1}')],
    ["a byte order mark", utf8("\ufeff{}")],
    ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
    ["a lone surrogate as UTF-8", Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ["nothing", new Uint8Array(0)],
  ])("with %s is refused", (_, bytes) => {
    expect(() => parseObject(bytes)).toThrow(TypeError);
  });

  it("is hashed under the manifest's tag", () => {
    expect(hex(manifestHash(utf8("{}")))).toBe(hex(H(utf8("draw1/manifest\n{}"))));
  });

  it("has another hash when any field differs", () => {
    const hash = (change: object) => hex(manifestHash(objectBytes({ ...manifest, ...change })));
    const changes = [{}, { open: manifest.open + 1 }, { session: "small-2" }, { pools: 3 }, { assurance: "phone" }];
    expect(new Set(changes.map(hash)).size).toBe(changes.length);
  });
});

describe("instants", () => {
  // Round 1000 is published at 1692806364, the demo preset's leads are 10 + 6 seconds.
  it.each([
    ["the round falls exactly on close + leads", 1_692_806_348, 1000],
    ["a second before it", 1_692_806_347, 1000],
    ["two seconds before it", 1_692_806_346, 1000],
    ["three seconds before it", 1_692_806_345, 999],
    ["a second after it", 1_692_806_349, 1001],
  ])("%s: the first round at or after", (_, close, round) => {
    expect(roundFor(QUICKNET, close, PRESETS.demo)).toBe(round);
  });

  it("the deadline lies the seal lead before the round, and review fits between close and it", () => {
    expect(beaconTime(manifest)).toBe(roundTime(QUICKNET, manifest.beacon.round));
    expect(sealDeadline(manifest)).toBe(beaconTime(manifest) - 6);
    expect(sealDeadline(manifest) - manifest.close).toBeGreaterThanOrEqual(manifest.leads.reviewS);
  });

  it.each([
    ["daily", PRESETS.daily, [86400, 300, 60, 120]],
    ["demo", PRESETS.demo, [0, 10, 6, 5]],
  ])("the preset %s is the specification's, and its grace fits into its review", (_, preset, values) => {
    expect([preset.announceS, preset.reviewS, preset.sealLeadS, preset.graceS]).toEqual(values);
    expect(preset.graceS).toBeLessThanOrEqual(preset.reviewS);
  });
});

describe("keys and staff", () => {
  const secret = new Uint8Array(32).fill(0x11);

  it("the receipt key's seed is derived from origin and session", () => {
    const derived = hkdfSync("sha256", secret, new Uint8Array(0), utf8("draw1/receipt-key\nexample.com/draws\nsmall-1"), 32);
    expect(hex(receiptSeed(secret, "example.com/draws", "small-1"))).toBe(Buffer.from(derived).toString("hex"));
  });

  it("the staff list is hashed in ascending order, whatever order it is given in", () => {
    const persons = ["c", "a", "b"].map((name) => H(utf8(name)));
    const salt = new Uint8Array(32).fill(0x44);
    const hash = createHash("sha256").update(join(utf8("draw1/staff\n"), salt));
    for (const person of persons.toSorted((a, b) => Buffer.compare(a, b))) hash.update(person);
    expect(hex(staffHash(salt, persons))).toBe(hash.digest("hex"));
    expect(hex(staffHash(salt, persons.toReversed()))).toBe(hex(staffHash(salt, persons)));
  });
});
