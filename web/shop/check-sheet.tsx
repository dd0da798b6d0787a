// The sheet in which an own entry is checked: runs at once, shows each step as it comes, and saves what others can check.
// Loaded only when somebody checks.
import { useEffect, useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import "../check/report.css";
import { ReportView } from "../check/report.tsx";
import { type CheckRun, type Report, runCheck } from "../check/run.ts";
import type { Failure } from "../shared/api.ts";
import { Dialog, FailureNote } from "../shared/parts.tsx";
import { checkRunOf, saveCheck, saveProof } from "./check.ts";
import { workplace } from "./check-worker.ts";
import type { Kept } from "./kept.ts";
import { words } from "./words.ts";

type Props = { view: SessionView; entry: Kept; onClose: () => void };

export function CheckSheet({ view, entry, onClose }: Props) {
  const w = words().check;
  const [report, setReport] = useState<Report | undefined>();
  const [run, setRun] = useState<CheckRun | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  useEffect(() => {
    const start = async () => {
      const outcome = await checkRunOf(view, entry);
      if (!outcome.ok) return setFailure(outcome.refusal);
      setRun(outcome.value);
      await runCheck(outcome.value, workplace, setReport);
    };
    start().catch(() => setFailure({ kind: "network", offline: false }));
  }, []);
  const notYet = failure?.kind === "problem" && failure.code === "not_found";
  return (
    <Dialog title={w.sheet} close={words().close} onClose={onClose}>
      {notYet ? <p role="status">{w.notInLog}</p> : <FailureNote failure={failure} />}
      {!report && !failure && (
        <p class="working" role="status">
          {w.running}
        </p>
      )}
      {report && <ReportView report={report} />}
      {report?.proof && run && !report.running && (
        <div class="stack">
          <p class="muted small">{w.saveHint}</p>
          <div class="row">
            <button type="button" onClick={() => void saveCheck(report, run)}>
              {w.saveAll}
            </button>
            <button type="button" class="quiet" onClick={() => saveProof(report)}>
              {w.saveProof}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
