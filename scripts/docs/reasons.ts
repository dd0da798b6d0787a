// docs/verify-reasons.md, made from the table of reasons: node scripts/docs/reasons.ts writes it, a test holds the two equal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHAIN_REASONS } from "../../domain/audit/chains.ts";
import { REASONS } from "../../domain/audit/reasons.ts";
import { ROOT } from "../local/bundle.ts";
import { LIMITS } from "../verify/report.ts";

export const REASONS_PAGE = join(ROOT, "docs/verify-reasons.md");

const table = (rows: { [code: string]: string }) =>
  Object.entries(rows)
    .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
    .join("\n");

export const reasonsPage = (): string => `# What an audit can find

\`npm run verify\` and \`verifiers/python/verify.py\` read a session's published files and nothing else, in one order, and stop at the first thing that is
wrong. Both name it with a code of this table and, where a file shows it, with the file's path. Two programs that share no line must agree on
code and file: \`test/verifiers\` edits files, lets operators lie, and asks both. Made from domain/audit/reasons.ts by \`node scripts/docs/reasons.ts\`.

A session that is not drawn yet is checked as far as it is: \`stage\` says how far, and \`valid\` then means that everything so far holds.

Exit codes: 0 everything holds, 1 something does not, 2 nothing can be said (wrong usage, a site that does not answer).

The order: the manifest and the beacon it names · the log with its tiles, its newest checkpoint, the session's entries, their proofs and cosignatures · rules
and pools · exclusions, every entry of every shard, tables, seal, review · beacon, every pool ranked again, result · waves and settlement. Within a file its form comes
first: header, length, order of rows.

| code | meaning |
|---|---|
${table(REASONS)}

\`page-not-logged\` answers another question: \`npm run verify -- --origin URL --page FILE\` asks whether the log names a verify page.

## Where a proof ends

A session in which everything holds can still leave something unproven. The report lists it under \`limits\`:

| code | meaning |
|---|---|
${table(LIMITS)}

## The auditor's sample

With \`--chains FILE\` both programs also check what the operator has opened of winners with more than one ticket ([how](verify-a-draw.md#tickets)). Each session that is
named among the losses is audited in full; these codes name no file, because what shows them is not public:

| code | meaning |
|---|---|
${table(CHAIN_REASONS)}

## The report

\`--json\` gives one object, the same from both programs:

| member | in | what |
|---|---|---|
| session, verdict, checks | always | the id; \`valid\` or \`invalid\`; the checks that passed, in words |
| reason, file, detail | invalid | the code; the path of the file, or null where only several together show it; words for people, which may differ |
| manifest, assurance | valid | M; what one entry stands for |
| stage, drawAt | valid | how far the session is: \`announced\`, \`sealed\` or \`drawn\`; when the beacon's round comes, Unix seconds |
| counts | valid | entries, excluded, review (told, refused, granted, undecided; absent where operators excluded nobody), reasons (exclusions by code), histogram (table rows by tickets), pools, winners, waits, waves, awards, lapses |
| witnesses | valid | those that saw the seal in time: key, by, brand, time |
| limits | valid | codes of the table above |
| chains | valid, with \`--chains\` | opened (winners of the sample), losses (shown for them), sessions (in which those were) |
| statistics | valid | see below |

## Statistics

They decide nothing. Even draws look uneven now and then: of a hundred sessions one shows a p below 0.0025 in one of its four tests.

| test | of what |
|---|---|
| scores | all scores against the uniform distribution (Kolmogorov-Smirnov); the score of w tickets is made uniform by 1 - (1 - score)^w |
| shards, deciles, minutes | wins by shard, by tenth of the place inside the shard, by minute of arrival (chi-square), in pools with more entries than units |

An entry with w tickets is expected to win with 1 - (1 - cut-off)^w, scaled so that each pool expects as many winners as it has. Groups that expect fewer than five are
merged with the next. \`unusual\` marks a p below 0.01 / 4 (Bonferroni).
`;

if (process.argv[1] === import.meta.filename) writeFileSync(REASONS_PAGE, reasonsPage());
