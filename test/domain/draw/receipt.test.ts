// What a shard signs, and receipts that prove a place without asking anybody (draw1, section 5).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, hex, join, unhex, utf8 } from "../../../domain/bytes.ts";
import {
  GROUP_MAX,
  groupMessage,
  type Receipt,
  receiptText,
  refusalMessage,
  refusalText,
  signedPart,
  withdrawalMessage,
  withdrawalText,
} from "../../../domain/draw/receipt.ts";
import { publicKeyOf, verifies } from "../../../domain/ed25519.ts";
import { parseJcs } from "../../../domain/jcs.ts";
import { included, levelsOf, rootOf } from "../../../domain/merkle.ts";
import * as any from "../../support/arbitraries.ts";
import { smallSession } from "../../support/small-session.ts";

const M = new Uint8Array(32).fill(0x4d);
const LH = new Uint8Array(32).fill(0x1f);
const t = (text: string) => hex(utf8(text));

describe("what a shard signs", () => {
  it("for a group: tag, manifest, shard, first, size, root, second", () => {
    expect(hex(groupMessage(M, 0x0102, { first: 0x03040506, size: 256, s: 0x64e6f3ac }, LH))).toBe(
      `${t("draw1/receipt\n")}${hex(M)}0102030405060100${hex(LH)}0000000064e6f3ac`,
    );
  });

  it("for a withdrawal: tag, manifest, shard, index, leaf hash, second", () => {
    expect(hex(withdrawalMessage(M, 1, 2, LH, 3))).toBe(
      `${t("draw1/withdrawal\n")}${hex(M)}000100000002${hex(LH)}0000000000000003`,
    );
  });

  it("for a refusal: tag, manifest, shard, eid, one pool, code, second", () => {
    expect(hex(refusalMessage(M, 1, LH, 7, 34, 3))).toBe(
      `${t("draw1/refusal\n")}${hex(M)}0001${hex(LH)}010000000722${"0000000000000003"}`,
    );
  });
});

const parts = {
  session: "small-1",
  manifest: hex(M),
  shard: 3,
  tickets: 1,
  s: 100,
  pool: 7,
  nonce: "0a".repeat(32),
  pid: "0b".repeat(32),
  sig: "0c".repeat(64),
};

const group = fc
  .integer({ min: 1, max: GROUP_MAX })
  .chain((size) => fc.tuple(any.bytes(32 * size), fc.nat({ max: size - 1 }), fc.nat({ max: 2 ** 31 })));

describe("a receipt", () => {
  it("proves its leaf in its group, for any group size and place", () => {
    fc.assert(
      fc.property(group, ([leaves, at, first]) => {
        const size = leaves.length / 32;
        const text = receiptText({ ...parts, leaves, index: first + at, group: { first, size, s: 110 } });
        const receipt = parseJcs(text) as unknown as Receipt;
        expect(receipt.leaf).toBe(hex(leaves.subarray(32 * at, 32 * at + 32)));
        expect(included(unhex(receipt.leaf), at, size, receipt.path.map(unhex), rootOf(leaves))).toBe(true);
        expect(receipt.path.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 30 },
    );
  });

  it("has the same bytes every time, whether or not the tree was made before", () => {
    fc.assert(
      fc.property(group, ([leaves, at, first]) => {
        const all = { ...parts, leaves, index: first + at, group: { first, size: leaves.length / 32, s: 110 } };
        expect(receiptText(all, levelsOf(leaves))).toBe(receiptText(all));
        expect(receiptText({ ...all, leaves: leaves.slice() as Bytes })).toBe(receiptText(all));
      }),
      { numRuns: 10 },
    );
  });

  it("is one canonical text with these members and no others", () => {
    const leaves = join(LH, M);
    const text = receiptText({ ...parts, leaves, index: 9, group: { first: 8, size: 2, s: 110 } });
    expect(text).toBe(
      `{"group":{"first":8,"s":110,"size":2},"index":9,"leaf":"${hex(M)}","manifest":"${hex(M)}","nonce":"${parts.nonce}",` +
        `"path":["${hex(LH)}"],"pid":"${parts.pid}","pools":[7],"s":100,"session":"small-1","shard":3,"sig":"${parts.sig}",` +
        `"tickets":1,"type":"receipt","v":1}`,
    );
  });

  it("carries a signature that verifies with the manifest's key and nothing but the receipt", () => {
    const { manifest, receipts } = smallSession();
    for (const text of receipts) {
      const receipt = parseJcs(text) as unknown as Receipt;
      const { first, size } = receipt.group;
      const inGroup = receipts.map((other) => JSON.parse(other) as Receipt).filter((other) => other.shard === receipt.shard);
      const leaves = join(...inGroup.slice(first, first + size).map(({ leaf }) => unhex(leaf)));
      expect(verifies(unhex(manifest.receiptKey), signedPart(receipt, rootOf(leaves)), unhex(receipt.sig))).toBe(true);
      const later = { ...receipt, group: { ...receipt.group, s: receipt.group.s + 1 } };
      expect(verifies(unhex(manifest.receiptKey), signedPart(later, rootOf(leaves)), unhex(receipt.sig))).toBe(false);
      expect(verifies(publicKeyOf(M), signedPart(receipt, rootOf(leaves)), unhex(receipt.sig))).toBe(false);
    }
  });
});

describe("the other signed texts", () => {
  const base = { session: "small-1", manifest: "aa", shard: 1, s: 5, sig: "bb" };

  it("a withdrawal is one canonical text", () => {
    expect(withdrawalText({ ...base, index: 2, leaf: "cc" })).toBe(
      '{"index":2,"leaf":"cc","manifest":"aa","s":5,"session":"small-1","shard":1,"sig":"bb","type":"withdrawal","v":1}',
    );
  });

  it("a refusal is one canonical text", () => {
    expect(refusalText({ ...base, pools: [7], nonce: "dd", pid: "ee", code: 34 })).toBe(
      '{"code":34,"manifest":"aa","nonce":"dd","pid":"ee","pools":[7],"s":5,"session":"small-1","shard":1,"sig":"bb","type":"refusal","v":1}',
    );
  });
});
