// The report of an audit: one form as JSON for every verifier of draw1, and the same as text.
import type { Outcome } from "../../domain/audit/audit.ts";
import type { BrokenChain, ChainCounts } from "../../domain/audit/chains.ts";
import type { Test } from "../../domain/audit/evenness.ts";
import type { Limit } from "../../domain/audit/logged.ts";
import type { Broken } from "../../domain/audit/reasons.ts";

export type Report = { session: string; checks: string[] } & (
  | ({ verdict: "valid"; chains?: ChainCounts } & Outcome)
  | { verdict: "invalid"; reason: string; file: string | null; detail: string }
);

export const validReport = (session: string, checks: string[], outcome: Outcome, chains?: ChainCounts): Report => ({
  session,
  verdict: "valid",
  checks,
  ...outcome,
  ...(chains && { chains }),
});

/** What is wrong with an opening is shown by no published file. */
export const brokenReport = (session: string, checks: string[], error: Broken | BrokenChain): Report => ({
  session,
  verdict: "invalid",
  checks,
  reason: error.reason,
  file: "file" in error ? (error.file ?? null) : null,
  detail: error.detail,
});

/** Where the proof ends, in words. */
export const LIMITS: { [Name in Limit]: string } = {
  "no-log": "No public log: nothing shows that others were given the same files.",
  "no-witnesses": "No witness: that the seal is older than the beacon rests on the operator's word.",
  "no-independent-witness": "All witnesses are run by the brand.",
  "log-key-from-site": "The log's key came from the site that is being checked.",
  "local-beacon": "A local beacon: whoever runs it knew every round beforehand. Good for trying out, proves nothing.",
  "not-sealed": "Not sealed yet: nothing can be said of the entries.",
  "not-drawn": "Not drawn yet: from the beacon's round on, anyone can compute the winners from the sealed tables.",
  "tickets-by-rule": "Whether the tickets follow the rule is shown by the members' own receipts and the auditor's sample.",
  "void-not-counted": "The log holds a void of this session that does not count.",
};

const ASSURANCES: { [Name in Outcome["assurance"]]: string } = {
  phone: "a telephone number that was confirmed",
  card: "a payment card",
  person: "the issuer that vouches for persons",
};

const number = (value: number) => value.toLocaleString("en");
const row = (name: string, value: string) => `  ${name.padEnd(12)}${value}`;

/** Everything but the checks, which are shown as they pass. */
export function reportText(report: Report): string {
  if (report.verdict === "invalid") {
    return printable([`✗ ${report.reason}${report.file ? ` (${report.file})` : ""}: ${report.detail}`, "", "NOT valid."]);
  }
  const { manifest, counts, witnesses, statistics, limits, chains } = report;
  const values = Object.entries(counts).map(([name, value]) =>
    row(name, typeof value === "number" ? number(value) : perKey(value)),
  );
  const tests = Object.entries(statistics).map(([name, test]) => row(name, words(test)));
  return printable([
    row("manifest", manifest),
    ...values,
    ...witnesses.map(({ by, brand, key }) => row("witness", `${by}${brand ? " (run by the brand)" : ""}: ${key}`)),
    ...tests,
    ...(chains ? [row("chains", `${perKey(chains)}`)] : []),
    ...limits.map((limit) => row("limit", LIMITS[limit])),
    "",
    ...verdict(report),
  ]);
}

function verdict({ stage, drawAt, limits, assurance }: Outcome): string[] {
  const persons = `Whether every entrant is a real person rests on ${ASSURANCES[assurance]}.`;
  if (stage === "drawn") {
    const chance = limits.includes("local-beacon") ? "a local beacon's numbers" : "public randomness";
    return [`The winners follow from the sealed entries and ${chance}.`, persons];
  }
  const fixed = stage === "sealed" ? "The entries are sealed" : "The session is announced, its units and its rules are fixed";
  return [`${fixed}; the beacon's round comes at ${new Date(drawAt * 1000).toISOString()}.`, persons];
}

/** What a file says must not move the reader's cursor. */
const printable = (lines: string[]): string => lines.map((line) => line.replace(/\p{Cc}/gu, "?")).join("\n");

const perKey = (counts: { [key: string]: number }): string =>
  Object.entries(counts)
    .map(([key, count]) => `${key}: ${number(count)}`)
    .join(", ") || "none";

const words = (test: Test): string =>
  test === null ? "too few to say" : `p = ${test.p.toFixed(4)}${test.unusual ? " (unusual: look closer)" : ""}`;
