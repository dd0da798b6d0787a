// Proofs of a log entry: a text that is read exactly or not at all.
import { describe, expect, it } from "vitest";
import { u32, utf8 } from "../../../domain/bytes.ts";
import { publicKeyOf, signWith } from "../../../domain/ed25519.ts";
import { checkpointText } from "../../../domain/log/checkpoint.ts";
import { KEY_TYPE, noteKey, noteOf, signatureLine } from "../../../domain/log/note.ts";
import { covering, parseProof, proofText } from "../../../domain/log/proof.ts";
import { inclusionPath, nodesOf, treeRoot } from "../../../domain/log/tree.ts";
import { leafHash, packHashes } from "../../../domain/merkle.ts";

const SEED = new Uint8Array(32).fill(7);
const KEY = noteKey("shop.example/sessions", KEY_TYPE.ed25519, publicKeyOf(SEED));
const ENTRIES = Array.from({ length: 7 }, (_, at) => u32(at));
const NODES = nodesOf(packHashes(ENTRIES, leafHash));
const TEXT = checkpointText({ origin: KEY.name, size: 7, root: treeRoot(NODES, 7) });
const CHECKPOINT = noteOf(TEXT, [signatureLine(KEY, signWith(SEED, utf8(TEXT)))]);
const PROOF = { index: 4, path: inclusionPath(NODES, 4, 7), checkpoint: CHECKPOINT };

describe("a proof of a log entry", () => {
  const text = proofText(PROOF);

  it("is read as it is written, with or without extra data", () => {
    expect(parseProof(text)).toEqual(PROOF);
    const extra = utf8("what goes along");
    expect(parseProof(proofText({ ...PROOF, extra }))).toEqual({ ...PROOF, extra });
    expect(text.split("\n").slice(0, 2)).toEqual(["c2sp.org/tlog-proof@v1", "index 4"]);
  });

  it("leads from the entry to the checkpoint, and from nothing else", () => {
    expect(covering(PROOF, ENTRIES[4] as Uint8Array)?.size).toBe(7);
    expect(covering(PROOF, ENTRIES[3] as Uint8Array)).toBeUndefined();
    expect(covering({ ...PROOF, index: 5 }, ENTRIES[4] as Uint8Array)).toBeUndefined();
    expect(covering({ ...PROOF, path: PROOF.path.slice(1) }, ENTRIES[4] as Uint8Array)).toBeUndefined();
  });

  it("of the only entry has no path", () => {
    expect(parseProof(proofText({ index: 0, path: [], checkpoint: CHECKPOINT })).path).toEqual([]);
  });

  it.each([
    ["another head", text.replace("@v1", "@v2")],
    ["no index", text.replace("index 4\n", "")],
    ["a leading zero", text.replace("index 4", "index 04")],
    ["a hash of 31 bytes", text.replace("index 4\n", "index 4\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urqw==\n")],
    ["extra data that is not base64", text.replace("index 4", "extra ?\nindex 4")],
    ["extra data after the index", text.replace("index 4\n", "index 4\nextra AAAA\n")],
    ["64 hashes", proofText({ ...PROOF, path: Array.from({ length: 64 }, () => leafHash(utf8("x"))) })],
    ["no checkpoint", text.split("\n\n")[0] as string],
    ["nothing", ""],
  ])("with %s is refused", (_, bad) => {
    expect(() => parseProof(bad)).toThrow(RangeError);
  });

  it("with a checkpoint of another form is refused", () => {
    expect(() => covering({ ...PROOF, checkpoint: CHECKPOINT.slice(1, -1) }, ENTRIES[4] as Uint8Array)).toThrow(RangeError);
  });
});
