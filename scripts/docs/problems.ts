// docs/problems.md, made from the table of problems: node scripts/docs/problems.ts writes it, a test holds the two equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROBLEMS } from "../../contracts/problems.ts";
import { ROOT } from "../local/bundle.ts";

export const PROBLEMS_PAGE = join(ROOT, "docs/problems.md");

export function problemsPage(): string {
  const entries = Object.entries(PROBLEMS).map(
    ([code, { status, title, explanation }]) => `## ${code}\n\n${status} · ${title}. ${explanation}\n`,
  );
  return `# Problems

Every refusal is \`application/problem+json\` (RFC 9457) with one of these codes; \`errors\` points at each place of a body that does not fit
(RFC 6901). The same text is served at \`/problems\`. This page is made from contracts/problems/ by \`node scripts/docs/problems.ts\`.

${entries.join("\n")}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(PROBLEMS_PAGE, problemsPage());
