// npm run verify -- --page: whether the log names the verify page that one was given.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { auditPage, type LoggedPage } from "../../domain/audit/page.ts";
import { Broken } from "../../domain/audit/reasons.ts";
import { runFrom } from "./run.ts";
import { type Source, Unreachable } from "./sources.ts";

/** `page` is the page's SHA-256. */
export type PageReport = { page: string } & (
  | ({ verdict: "valid" } & LoggedPage)
  | { verdict: "invalid"; reason: string; file: string | null; detail: string }
);

/** `page` is a file, or "served" for what the site serves at /verify. */
export async function verifyPage(page: string, source: Source, logKey: string | undefined): Promise<PageReport> {
  const bytes = page === "served" ? await source("verify") : readFileSync(page);
  if (!bytes) throw new Unreachable("the site serves no /verify");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  try {
    const found = await runFrom(auditPage(sha256, logKey), source, () => undefined);
    return { page: sha256, verdict: "valid", ...found };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { page: sha256, verdict: "invalid", reason: error.reason, file: error.file ?? null, detail: error.detail };
  }
}

export function pageText(report: PageReport): string {
  if (report.verdict === "invalid")
    return `✗ ${report.reason}: ${report.detail}\n\nThis is not a page that the log shows to everybody: do not trust what it says.`;
  const since = new Date(report.s * 1000).toISOString();
  return [
    `✓ SHA-256 ${report.page}`,
    `✓ entry ${report.index} of the log, since ${since}${report.newest ? "" : "; a later entry names a newer page"}`,
    "",
    "Everybody who reads the log sees this page's hash.",
  ].join("\n");
}
