// A phone proof as text: C2SP tlog-proof of the result in the log, with the whole proof in `extra`. For mails, files and other people's tools.
import { type Bytes, join, same } from "../bytes.ts";
import { type LogProof, proofText as logProofText, parseProof } from "../log/proof.ts";
import { type Proof, proofBytes, readProof } from "./proof.ts";
import { need, reading } from "./reasons.ts";

export function proofText(proof: Proof): string {
  return logProofText({ ...proof.drawn, extra: proofBytes(proof) });
}

/** Reads the text; throws a Fault with the reason. What stands outside of `extra` must be what stands inside. */
export function readProofText(text: string): Proof {
  const outside = reading("text-form", () => parseProof(text));
  need(outside.extra !== undefined, "text-form");
  const proof = readProof(outside.extra);
  need(agree(outside, proof.drawn), "text-differs");
  return proof;
}

const agree = (a: LogProof, b: LogProof): boolean =>
  a.index === b.index && a.checkpoint === b.checkpoint && a.path.length === b.path.length && same(packed(a), packed(b));

const packed = ({ path }: LogProof): Bytes => join(...path);
