// Runs both verifiers over the same published files and gives their reports in one form.
import { spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { audit } from "../../domain/audit/audit.ts";
import { Broken } from "../../domain/audit/reasons.ts";
import { runAudit } from "../../domain/audit/step.ts";
import { PYTHON, PYTHON_MISSING } from "../../scripts/setup/python.ts";
import { brokenReport, type Report, validReport } from "../../scripts/verify/report.ts";
import type { Published } from "./published-session.ts";

const VERIFY = join(import.meta.dirname, "../../verifiers/python/verify.py");

export function ourReport(files: Published, session: string): Report {
  const checks: string[] = [];
  try {
    const { outcome } = runAudit(
      audit({ session }),
      (path) => files.get(path),
      (step) => {
        if ("passed" in step) checks.push(step.passed);
      },
    );
    return validReport(session, checks, outcome);
  } catch (error) {
    if (error instanceof Broken) return brokenReport(session, checks, error);
    throw error;
  }
}

/** The Python verifier's reports over these sets of files, by one process; undefined where there is no Python, which `npm test` says aloud. */
export function pythonReports(list: Published[]): Report[] | undefined {
  if (!PYTHON) {
    if (process.env.CI) throw new Error(PYTHON_MISSING);
    return undefined;
  }
  const root = mkdtempSync(join(tmpdir(), "fairpour-verify-"));
  try {
    const written = new Map<Uint8Array, string>();
    const folders = list.map((files, at) => {
      const folder = join(root, String(at));
      for (const [path, bytes] of files) writeOnce(written, join(folder, path), bytes);
      return folder;
    });
    const { stdout, stderr, status } = spawnSync(PYTHON, [VERIFY, "--json", "--dir", ...folders], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (status === null || status > 1) throw new Error(`verify.py ended with ${status}: ${stderr}`);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Most files are the same in most folders: bytes that are there already are linked. */
function writeOnce(written: Map<Uint8Array, string>, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const there = written.get(bytes);
  if (there && existsSync(there)) linkSync(there, path);
  else {
    writeFileSync(path, bytes);
    written.set(bytes, path);
  }
}
