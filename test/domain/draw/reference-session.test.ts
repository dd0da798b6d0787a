// One small session with every hash pinned: the format may not change by a byte without this file saying so.
//
// The pins were computed from the specification alone by a separate Python program (hashlib, hmac and an Ed25519 of OpenSSL, recursive
// Merkle trees, no code shared with this project), and both agree on every one of them. Inputs: test/support/small-session.ts; the
// beacon is drand quicknet's real round 1000.
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../domain/bytes.ts";
import { resultHash, scorer } from "../../../domain/draw/rank.ts";
import { sha256 } from "../../../domain/hash.ts";
import { smallSession } from "../../support/small-session.ts";

const PINS = {
  receiptKey: "b6a3923da78b03cb9a0197a22d304fd7579bdb9abbf12fcbb01aae48ecc9d8a7",
  staffHash: "ebb6dcecb58295ca9ac037fa30b07ea47a2ebea3f33fc05c68958186b6d9b03c",
  poolsRoot: "0dd1f046121e5616d816d1330c7f184196a47a2ce726f2bbacb3ac27f812c0df",
  M: "13bd9e392de96ff50385cdc460eda56cf5d6ae0516cb18c2f8d3d363e2ec3df8",
  places: [
    [0, 0],
    [0, 1],
    [1, 0],
    [0, 2],
    [0, 3],
    [1, 1],
    [1, 2],
    [1, 3],
  ],
  leaves: [
    "9e16dee860bf2b0728d5b411b58e162520d0452f190fe8ba24dabde6dcc87269",
    "ce2975d68be6699c761e5b1cf9c9052b2e5d8776ff848007e2ee6036a5bbd979",
    "1da56a1a37187d3257cdad6b430957ee996663124df12c0f5081423455981f11",
    "9aa784773c4e850d5d341f9e70d3d3224884c72b3090a379db975798faadadf8",
    "07289e1c014a0e601dce9f54c1165ed5fd020f01c250f71bd4c230f992124b29",
    "21b4bdc15afbae83db5e315f7d7d2d322a34653c79de890af2e017bdfc7d067f",
    "e0449d9cececf121fb151b30d6843dd80608b85ebe57fac6b34c6b569fc71009",
    "63e3d1ffc0842bd5b04301042fcecb13afd2e718c581fb623b8d9be14135dc4a",
  ],
  /** SHA-256 of each receipt's text. */
  receipts: [
    "4743e293cfb8467b2f9e25f9d5ebf7dbacf750443121502680c472503b00a750",
    "1a878c772f6c2281de862da112130894ac327e3194bf0a04fab8f6140da739f6",
    "40f22c9ac2423032012e2ddcc60a6b85b066e13bbcbd93225ef3fd8c048a3448",
    "0e277a0fbbca51dc0bf5212e3f45cdaada4596aa4e6b895587e922a370a97937",
    "0592ce5bb5022d2ea50de0439367236561b4a9a1b59608baea32cd3b0b9c03a5",
    "06f9e298e41daac93764ba75769b53c4eb06bfc70eccac8526b2809ec46945c8",
    "0a273abe8cfb4163a9415cc13dcc3631a784293d5509cfbf6391d5d2d93dbf62",
    "6795cf53b71303361fa7c2e17cd28fe70458008ddb16ba1db927881bd7c43499",
  ],
  shardsRoot: "383b19282a809b0b586f02da1aa8f96a984b7cdb6fb3f6461cc826fe56de71bb",
  exclusionRoot: "41a77828fae230d37c7e339ffeeca16ff79a364c06de0c66356e2ea5303f6c4f",
  tablesRoot: "9fd1c1ebca3544509eb9b55c00d5471758bf51a27fe4dafc4ef7ce78349c02dc",
  sealHash: "c706c4a990e7e442362d4f48bf1f434e713b73389c1eaa20fa82daa55575c2c6",
  seed: "a85e0f3e9293515109d3858d3828576e904be9ebdda22e11d1565ae34472df53",
  /** By person; the fifth is excluded. */
  scores: [
    "6567ad15ee2bbdd520555d3664fd7b3f84367d1aeeedbc02a61ccbd4944db0f4",
    "0f1dfdc65a16065da92c9498f97b7c7b71df0e35138744c3c7e9ed39c9a8730e",
    "db5c407264eab1bc412774ab9da56f42be693653ab03d28c408395b72e5d7ca5",
    "aa6e01f4ffa6d11f21cb636cda9f83a903953ccca462e111315e6050ff939dc9",
    "",
    "19dfa667a5fdca73e53541e8861746ecc4ea87ed7022126d0a13956b7ea845cc",
    "ed69a822b3e807d474f173159ec31b7d1dad32a8f75e494c2f82b9ebf362e269",
    "86848f28d51a6f73df32b6d54caae3695e967d9028e984d19e046a75fa7ae429",
  ],
  /** Winners and waitlist of each pool, as persons in rank order. */
  orders: { 7: [[1, 0], [3]], 9: [[5, 7, 2], []] },
  cutoffs: {
    7: "6567ad15ee2bbdd520555d3664fd7b3f84367d1aeeedbc02a61ccbd4944db0f4",
    9: "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  },
  resultRoot: "5194f6a1c701000c6b024eef73c0366f8d1eca5f355481be485598afb7f2082a",
  resultHash: "5c87cc07917657eb7d6246c5df864ebd91b86b8e5b417f0248c110c5ee1471a1",
  awardsRoot: "c187f3b3a3cdd0509d33acb7b8cdfb1d3666d883e63980978b677dcb74f78a18",
} as const;

const session = smallSession();
const leafOf = (person: number): string => PINS.leaves[person] as string;
const receipts = session.receipts.map((text) => JSON.parse(text));
const file = (name: string) => session.files.get(name) as Uint8Array;

describe("the small reference session", () => {
  it("announces the pinned manifest", () => {
    expect(session.manifest.beacon.round).toBe(1000);
    expect(session.manifest.receiptKey).toBe(PINS.receiptKey);
    expect(session.manifest.staffHash).toBe(PINS.staffHash);
    expect(session.manifest.poolsRoot).toBe(PINS.poolsRoot);
    expect(hex(session.M)).toBe(PINS.M);
  });

  it("puts every person at the pinned place", () => {
    expect(session.places.map(({ shard, index }) => [shard, index])).toEqual(PINS.places);
  });

  it("hashes every entry to the pinned leaf", () => {
    expect(receipts.map(({ leaf }) => leaf)).toEqual(PINS.leaves);
  });

  it("signs receipts whose bytes are the pinned ones", () => {
    expect(session.receipts.map((text) => hex(sha256(utf8(text))))).toEqual(PINS.receipts);
  });

  it.each(["shardsRoot", "exclusionRoot", "tablesRoot"] as const)("seals the pinned %s", (root) => {
    expect(session.seal[root]).toBe(PINS[root]);
  });

  it("hashes the seal and draws the seed as pinned", () => {
    expect(session.result.seal).toBe(PINS.sealHash);
    expect(hex(session.seed)).toBe(PINS.seed);
  });

  it("gives every entry the pinned score", () => {
    const score = scorer(session.seed);
    const tables = new Map(session.tables.flatMap(({ rows }) => rows.map(({ lh, tickets }) => [hex(lh), hex(score(lh, tickets))])));
    expect(PINS.leaves.map((leaf) => tables.get(leaf) ?? "")).toEqual(PINS.scores);
  });

  it.each(session.results.map((result) => [result.pool as 7 | 9, result] as const))(
    "draws pool %i in the pinned order",
    (pool, drawn) => {
      const [winners, waits] = PINS.orders[pool];
      expect(drawn.winners.map(({ lh }) => hex(lh))).toEqual(winners.map(leafOf));
      expect(drawn.waits.map(({ lh }) => hex(lh))).toEqual(waits.map(leafOf));
      expect(hex(drawn.cutoff)).toBe(PINS.cutoffs[pool]);
    },
  );

  it("commits to the pinned result and first wave", () => {
    expect(session.result.resultRoot).toBe(PINS.resultRoot);
    expect(hex(resultHash(file("result.json")))).toBe(PINS.resultHash);
    expect(hex(session.awardsRoot)).toBe(PINS.awardsRoot);
  });
});
