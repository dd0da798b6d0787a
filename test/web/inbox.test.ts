// What the verify page makes of whatever is dropped or pasted: each thing is known by what it says itself, and rubbish is rubbish.
import { describe, expect, it } from "vitest";
import { type Bytes, utf8 } from "../../domain/bytes.ts";
import { proofBytes } from "../../domain/proof/proof.ts";
import { parseReceipt, shownReceipt } from "../../domain/proof/receipt.ts";
import { proofText } from "../../domain/proof/text.ts";
import { itemOf, itemOfText } from "../../web/check/inbox.ts";
import { savedText } from "../../web/check/saved.ts";
import { provenSession } from "../support/small-log.ts";

const session = provenSession();
const receipt = session.receipts[0] as string;
const proof = session.proof(0);
const file = (name: string) => session.files.get(name) as Bytes;

describe("what is dropped", () => {
  it.each<[string, Uint8Array, string]>([
    ["a proof", proofBytes(proof), "proof"],
    ["a proof as text", utf8(proofText(proof)), "proof-text"],
    ["a receipt", utf8(receipt), "receipt"],
    ["a receipt for showing", utf8(shownReceipt(parseReceipt(receipt) as never)), "receipt"],
    ["a saved check", utf8(savedText({ proof: proofText(proof) }, undefined)), "check"],
    ["a pool's table", file("tables/7"), "table"],
    ["a pool's result", file("results/7"), "result"],
    ["a wave", file("waves/1"), "wave"],
    ["a log's key", utf8(session.trust.logKeys[0] as string), "log-key"],
    ["a withdrawal", utf8('{"type":"withdrawal"}'), "paper"],
    ["nothing", new Uint8Array(0), "unknown"],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47), "unknown"],
    ["another file of the session", file("pools"), "unknown"],
    ["somebody's JSON", utf8('{"type":"order"}'), "unknown"],
    ["null", utf8("null"), "unknown"],
    ["a receipt with a member more", utf8(receipt.replace('"v":1', '"v":1,"w":1')), "unknown"],
  ])("%s", (_, bytes, kind) => {
    expect(itemOf(bytes as Bytes).kind).toBe(kind);
  });
});

describe("what is pasted", () => {
  it("may have lost its last newline or got spaces around it", () => {
    expect(itemOfText(`  ${proofText(proof).trim()}  `)).toEqual({ kind: "proof-text", text: proofText(proof) });
    expect(itemOfText(`\n${receipt}\n`)).toEqual({ kind: "receipt", text: receipt });
  });

  it("may have been set out prettily by a mail program: the receipt's own text comes back", () => {
    const pretty = JSON.stringify(JSON.parse(receipt), undefined, 2);
    expect(itemOfText(pretty)).toEqual({ kind: "receipt", text: receipt });
    const { v, type, ...rest } = JSON.parse(receipt) as Record<string, unknown>;
    expect(itemOfText(JSON.stringify({ type, v, ...rest }))).toEqual({ kind: "receipt", text: receipt });
  });
});
