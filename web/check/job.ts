// Runs the check, step by step, wherever it is called: in a worker, or on the page itself where a browser gives none.
import { proofFor } from "../../domain/proof/build.ts";
import { checkProof } from "../../domain/proof/check.ts";
import { checkPool } from "../../domain/proof/pool.ts";
import { type Proof, proofBytes, readProof, readPublicProof } from "../../domain/proof/proof.ts";
import { reading, type Step } from "../../domain/proof/reasons.ts";
import { parseReceipt } from "../../domain/proof/receipt.ts";
import { proofText, readProofText } from "../../domain/proof/text.ts";
import type { Facts } from "../../domain/proof/work.ts";
import type { Ask, Evidence, Told } from "./messages.ts";

/** One check: level 1 first, then level 2 on what it has found. */
export function makeJob(tell: (told: Told) => void): (ask: Ask) => void {
  let facts: Facts = {};
  let held = false;
  return (ask) => {
    if (ask.level === 1) {
      let proof: Proof | undefined;
      const open = (): Proof => {
        proof = read(ask.evidence);
        return proof;
      };
      facts = {};
      for (const step of checkProof(open, ask.trust, facts)) held = report(step);
      const whole = proof && "nonce" in proof.own.identity ? { bytes: proofBytes(proof), text: proofText(proof) } : undefined;
      tell({ done: 1, facts, ...(whole ? { proof: whole } : {}) });
    } else {
      if (held && facts.standing !== "excluded") for (const step of checkPool(facts, ask.files)) report(step);
      tell({ done: 2, facts });
    }
  };

  function report(step: Step): boolean {
    tell({ step, facts });
    return step.state !== "failed";
  }
}

function read(evidence: Evidence): Proof {
  if ("bytes" in evidence) return readProof(evidence.bytes);
  if ("text" in evidence) return readProofText(evidence.text);
  const receipt = reading("part-form", () => parseReceipt(evidence.receipt));
  return proofFor(readPublicProof(evidence.publicPart), receipt);
}
