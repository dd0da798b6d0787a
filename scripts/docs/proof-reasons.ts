// docs/proof-reasons.md, made from the steps and reasons of the phone's check: node scripts/docs/proof-reasons.ts writes it, a test holds
// the two equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OPEN_REASONS, REASONS, STEPS } from "../../domain/proof/reasons.ts";
import { faultsEn, faultsZh } from "../../web/check/fault-words.ts";
import { ROOT } from "../local/bundle.ts";

export const PROOF_REASONS_PAGE = join(ROOT, "docs/proof-reasons.md");

export function proofReasonsPage(): string {
  const rows = STEPS.flatMap((step) =>
    REASONS[step].map((reason) => `| ${step} | \`${reason}\` | ${faultsEn[reason]} | ${faultsZh[reason]} |`),
  );
  const open = Object.entries(OPEN_REASONS).map(
    ([step, reasons]) => `| ${step} | ${reasons.map((one) => `\`${one}\``).join(", ")} |`,
  );
  return `# What the check on a phone can find

The steps in their order, and every reason for which one can fail; [verify-a-draw.md](verify-a-draw.md) says what each step is. What an audit of
a whole session finds has names of its own where a phone cannot see it. This page is made from domain/proof/reasons.ts and
web/check/fault-words.ts by \`node scripts/docs/proof-reasons.ts\`.

| step | reason | what was done wrong | 出了什么问题 |
|---|---|---|---|
${rows.join("\n")}

A step that cannot be decided with what the checker brings along is left open, and said:

| step | left open because of |
|---|---|
${open.join("\n")}
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(PROOF_REASONS_PAGE, proofReasonsPage());
