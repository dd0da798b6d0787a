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

/** Steps are told together: each time the page draws itself anew, and a slow phone still shows that something happens. */
const TELL_EVERY_MS = 400;

/** One check: level 1 first, then level 2 on what it has found. */
export function makeJob(tell: (told: Told) => void): (ask: Ask) => void {
  let facts: Facts = {};
  let held = false;
  let untold: Step[] = [];
  let toldAt = 0;

  const flush = (end: Partial<Told> = {}): void => {
    tell({ steps: untold, facts, ...end });
    untold = [];
    toldAt = performance.now();
  };
  const report = (step: Step): void => {
    untold.push(step);
    held = step.state !== "failed";
    if (performance.now() - toldAt >= TELL_EVERY_MS) flush();
  };

  return (ask) => {
    if (ask.level === 1) {
      let proof: Proof | undefined;
      const open = (): Proof => {
        proof = read(ask.evidence);
        return proof;
      };
      facts = {};
      toldAt = performance.now();
      for (const step of checkProof(open, ask.trust, facts)) report(step);
      const whole = proof && "nonce" in proof.own.identity ? { bytes: proofBytes(proof), text: proofText(proof) } : undefined;
      flush({ done: 1, ...(whole ? { proof: whole } : {}) });
    } else {
      if (held && facts.standing !== "excluded") for (const step of checkPool(facts, ask.files)) report(step);
      flush({ done: 2 });
    }
  };
}

function read(evidence: Evidence): Proof {
  if ("bytes" in evidence) return readProof(evidence.bytes);
  if ("text" in evidence) return readProofText(evidence.text);
  const receipt = reading("part-form", () => parseReceipt(evidence.receipt));
  return proofFor(readPublicProof(evidence.publicPart), receipt);
}
