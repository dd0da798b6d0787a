// npm run verify -- --origin URL --session ID: checks a draw from nothing but its published files. Needs no secret and trusts no reply.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { audit, type Recomputed } from "../domain/audit/audit.ts";
import { BrokenChain, type ChainCounts, checkChains } from "../domain/audit/chains.ts";
import type { LogTrust } from "../domain/audit/logged.ts";
import { Broken } from "../domain/audit/reasons.ts";
import type { Audited } from "../domain/audit/step.ts";
import type { Bytes } from "../domain/bytes.ts";
import { progressBar } from "./play/progress.ts";
import { pageText, verifyPage } from "./verify/page.ts";
import { brokenReport, type Report, reportText, validReport } from "./verify/report.ts";
import { runFrom } from "./verify/run.ts";
import { folder, onlySession, saving, site, Unreachable } from "./verify/sources.ts";

const USAGE = `usage: npm run verify -- --origin URL --session ID [--save FOLDER]
       npm run verify -- --dir FOLDER [--session ID]
       npm run verify -- --origin URL --page FILE|served

  --save FOLDER     keep every file that is read; npm run verify -- --dir FOLDER and verifiers/python/verify.py --dir FOLDER read it again
  --manifest HASH   the manifest hash that you saw before the session opened
  --log-key VKEY    the log's key, if you know it from elsewhere
  --seen FILE       a checkpoint of the log that you kept; may be given more than once
  --chains FILE     the operator's openings of the auditor's sample (npm run chains), which are checked against the losses they name
  --page FILE       instead of a session, the verify page: a file that you saved, or "served" for the one at URL/verify
  --json            the report as one JSON object

Exit: 0 everything holds, 1 something does not (docs/verify-reasons.md), 2 nothing can be said.`;

function parsed() {
  const { values } = parseArgs({
    options: {
      origin: { type: "string" },
      dir: { type: "string" },
      session: { type: "string" },
      save: { type: "string" },
      manifest: { type: "string" },
      "log-key": { type: "string" },
      seen: { type: "string", multiple: true, default: [] as string[] },
      chains: { type: "string" },
      page: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return values;
}

type Values = ReturnType<typeof parsed>;

const sourceOf = ({ origin, dir }: Values) => (dir === undefined ? site(origin as string) : folder(dir));

async function verify(values: Values): Promise<Report> {
  const source = sourceOf(values);
  const session = values.session ?? (await onlySession(values.dir as string));
  const seen = values.seen.map((name) => ({ name, bytes: new Uint8Array(readFileSync(name)) }));
  const bar = progressBar();
  const checks: string[] = [];
  const chains = values.chains === undefined ? undefined : new Uint8Array(readFileSync(values.chains));
  const steps = withChains(session, { plan: values.manifest, logKey: values["log-key"], seen }, chains);
  try {
    const { outcome, chains: opened } = await runFrom(
      steps,
      values.save === undefined ? source : saving(source, values.save),
      (step) => {
        if ("doing" in step) bar.show(step.doing, step.done, step.of);
        if (!("passed" in step)) return;
        checks.push(step.passed);
        bar.end();
        if (!values.json) console.log(`✓ ${step.passed}`);
      },
    );
    return validReport(session, checks, outcome, opened);
  } catch (error) {
    if (error instanceof Broken || error instanceof BrokenChain) return brokenReport(session, checks, error);
    throw error;
  } finally {
    bar.end();
  }
}

type Known = LogTrust & { plan: string | undefined };

/** The audit, and then the auditor's sample where it was handed over. */
function* withChains(
  session: string,
  known: Known,
  chains: Bytes | undefined,
): Audited<Pick<Recomputed, "outcome"> & { chains: ChainCounts | undefined }> {
  const recomputed = yield* audit({ session, ...known });
  return { outcome: recomputed.outcome, chains: chains && (yield* checkChains(chains, recomputed, known)) };
}

function valuesOrExit(): Values {
  try {
    const values = parsed();
    const isSession = /^[a-z0-9][a-z0-9-]{0,63}$/.test(values.session ?? "a");
    const hasPlace = (values.origin === undefined) !== (values.dir === undefined);
    const hasSubject = (values.session === undefined) !== (values.page === undefined);
    const isUrl = values.origin === undefined ? values.page === undefined : URL.canParse(values.origin) && hasSubject;
    if (!values.help && isSession && hasPlace && isUrl) return values;
    console.error(USAGE);
    process.exit(values.help ? 0 : 2);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

const values = valuesOrExit();
try {
  const report = await (values.page === undefined ? verify(values) : verifyPage(values.page, sourceOf(values), values["log-key"]));
  console.log(values.json ? JSON.stringify(report) : "page" in report ? pageText(report) : reportText(report));
  process.exitCode = report.verdict === "valid" ? 0 : 1;
} catch (error) {
  if (!(error instanceof Unreachable) && !("code" in (error as object))) throw error;
  console.error(`Nothing can be said: ${(error as Error).message}`);
  process.exitCode = 2;
}
