// Building: the public part names nobody, fits a phone, and the owner's two parts come from the receipt; receipts read strictly.
import { describe, expect, it } from "vitest";
import { hex, join, unhex } from "../../../domain/bytes.ts";
import type { Receipt } from "../../../domain/draw/receipt.ts";
import { parseCheckpoint } from "../../../domain/log/checkpoint.ts";
import { proofFor } from "../../../domain/proof/build.ts";
import { leanProof } from "../../../domain/proof/lean.ts";
import { proofBytes, publicProof, readProof, readPublicProof } from "../../../domain/proof/proof.ts";
import { Fault } from "../../../domain/proof/reasons.ts";
import { parseReceipt, shownReceipt } from "../../../domain/proof/receipt.ts";
import { PROOF_BYTES_MAX } from "../../../domain/proof/wire.ts";
import { provenSession } from "../../support/small-log.ts";

const session = provenSession({}, { sealedBefore: [5, 4, 3], drawnBefore: [-20, -21, -22] });
const receipt = session.receipts[0] as string;

describe("the public part", () => {
  const bytes = publicProof(session.proof(0));

  it("and the receipt make the whole proof", () => {
    const whole = proofBytes(proofFor(readPublicProof(bytes), parseReceipt(receipt)));
    expect(hex(whole)).toBe(hex(proofBytes(session.proof(0))));
    expect(readProof(whole)).toEqual(session.proof(0));
  });

  it("holds neither nonce nor pid nor the receipt's signature", () => {
    const { nonce, pid, sig } = parseReceipt(receipt) as Receipt;
    for (const secret of [nonce, pid, sig]) expect(hex(bytes)).not.toContain(secret);
  });

  it("is not taken for a whole proof, nor a whole proof for it", () => {
    expect(() => readProof(bytes)).toThrow(new Fault("missing-part"));
    expect(() => readPublicProof(proofBytes(session.proof(0)))).toThrow(new Fault("surplus-part"));
  });
});

describe("what a server sends", () => {
  it("has the log's line and every timely witness while there is room", () => {
    const { sealed, drawn } = readPublicProof(leanProof(session.proof(0), session.manifest));
    expect([sealed, drawn].map(({ checkpoint }) => parseCheckpoint(checkpoint).note.signatures.length)).toEqual([4, 4]);
  });

  it("leaves late cosignatures of the seal out", () => {
    const late = provenSession({}, { sealedBefore: [5, 4, -3] });
    const { sealed } = readPublicProof(leanProof(late.proof(0), late.manifest));
    expect(parseCheckpoint(sealed.checkpoint).note.signatures.map(({ name }) => name)).toEqual([
      "example.com/draws",
      "w1.example",
      "w2.example",
    ]);
  });

  it("drops cosignatures above the quorum, the brand's first, where the paths are long, and stays small enough for the owner's parts", () => {
    const proof = session.proof(0);
    const room = PROOF_BYTES_MAX - 424 - publicProof(proof).length;
    const shards = Array.from({ length: Math.floor((room + 200) / 32) }, () => new Uint8Array(32));
    const bytes = leanProof({ ...proof, shards }, session.manifest);
    const { sealed } = readPublicProof(bytes);
    expect(parseCheckpoint(sealed.checkpoint).note.signatures.map(({ name }) => name)).toEqual([
      "example.com/draws",
      "w1.example",
      "w2.example",
    ]);
    expect(bytes.length).toBeLessThanOrEqual(PROOF_BYTES_MAX - 424);
  });

  it("is refused rather than made too long", () => {
    const shards = Array.from({ length: 200 }, () => new Uint8Array(32));
    expect(() => leanProof({ ...session.proof(0), shards }, session.manifest)).toThrow(RangeError);
    expect(() => proofBytes({ ...session.proof(0), shards: [...shards, ...shards] })).toThrow(RangeError);
  });
});

describe("a receipt", () => {
  it("for other people's eyes has the eid and neither nonce nor pid", () => {
    const own = parseReceipt(receipt) as Receipt;
    const shown = shownReceipt(own);
    expect(shown).not.toContain(own.nonce);
    expect(shown).not.toContain(own.pid);
    expect(parseReceipt(shown)).toMatchObject({ eid: hex(session.places[0]?.entry.eid as Uint8Array), leaf: own.leaf });
  });

  it.each<[string, (text: string) => string]>([
    ["nothing", () => ""],
    ["spaces", (text) => text.replace(",", ", ")],
    ["another type", (text) => text.replace('"receipt"', '"refusal"')],
    ["a member more", (text) => text.replace('"v":1', '"v":1,"w":1')],
    ["two pools", (text) => text.replace('"pools":[7]', '"pools":[7,9]')],
    ["no pool", (text) => text.replace('"pools":[7]', '"pools":[]')],
    ["a signature of 63 bytes", (text) => text.replace(/"sig":"../, '"sig":"')],
    ["an upper-case hash", (text) => text.replace(/"leaf":"[0-9a-f]{64}"/, `"leaf":"${"AB".repeat(32)}"`)],
    ["a null", (text) => text.replace('"s":', '"q":null,"s":')],
    ["no text at all", () => "[]"],
  ])("with %s is no receipt", (_, edit) => {
    expect(() => parseReceipt(edit(receipt))).toThrow(TypeError);
  });
});

it("an entry that is nowhere has no proof", () => {
  expect(() => proofFor(readPublicProof(join(unhex("00"))), parseReceipt(receipt))).toThrow(new Fault("not-a-proof"));
});
