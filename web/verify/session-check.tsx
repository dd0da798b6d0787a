// Checking a whole session from its published files: everything that they let anybody check, in this browser.
import { useRef, useState } from "preact/hooks";
import type { Outcome } from "../../domain/audit/audit.ts";
import { count, listed } from "../shared/format.ts";
import { Note, TaskForm } from "../shared/parts.tsx";
import type { AuditEnd, AuditTold } from "./audit-messages.ts";
import { makeWorker } from "./check-worker.ts";
import { origin } from "./desk.ts";
import { verifyWords } from "./words.ts";

const named = (): string => new URLSearchParams(location.hash.slice(1)).get("session") ?? "";

export function SessionCheck() {
  const w = verifyWords().session;
  const [session, setSession] = useState(named);
  const [told, setTold] = useState<AuditTold | undefined>();
  const worker = useRef<Worker | undefined>(undefined);
  const run = async () => {
    worker.current?.terminate();
    worker.current = makeWorker();
    setTold({ passed: [], files: 0 });
    await new Promise<void>((resolve) => {
      const mine = worker.current;
      if (!mine) return resolve();
      mine.addEventListener("message", ({ data }: MessageEvent<AuditTold>) => {
        setTold(data);
        if (data.end) resolve();
      });
      mine.addEventListener("error", () => resolve());
      mine.postMessage({ origin: origin.value, session: session.trim() });
    });
    worker.current?.terminate();
  };
  return (
    <details class="card stack" open={named() !== ""}>
      <summary>{w.title}</summary>
      <p class="muted small">{w.lead}</p>
      <TaskForm working={w.working} button={w.button} fits={session.trim() !== "" && origin.value !== ""} run={run}>
        <label>
          {w.id}
          <input value={session} onInput={({ currentTarget }) => setSession(currentTarget.value)} />
        </label>
      </TaskForm>
      {origin.value === "" && <p class="small">{w.needsShop}</p>}
      {told && <Progress told={told} />}
      {told?.end && <End end={told.end} />}
      {told && told.passed.length > 0 && (
        <ul class="small passed" lang="en">
          {told.passed.map((name) => (
            <li key={name}>✓ {name}</li>
          ))}
        </ul>
      )}
    </details>
  );
}

function Progress({ told: { files, doing, end } }: { told: AuditTold }) {
  const w = verifyWords().session;
  if (end) return null;
  return (
    <div role="status">
      <p class="working">{w.files(count(files))}</p>
      {doing && <progress value={doing.done} max={doing.of} aria-label={doing.what} />}
    </div>
  );
}

function End({ end }: { end: AuditEnd }) {
  const w = verifyWords().session;
  if (end.verdict === "holds") return <Held outcome={end.outcome} />;
  if (end.verdict === "unreachable") return <Note tone="warn">{w.unreachable(end.file)}</Note>;
  return (
    <Note tone="bad" title={w.broken}>
      <p>
        <code>{end.reason}</code> {end.file && <code>{end.file}</code>}
      </p>
      <p>{end.detail}</p>
    </Note>
  );
}

function Held({ outcome: { counts, limits, witnesses } }: { outcome: Outcome }) {
  const w = verifyWords().session;
  return (
    <Note tone={limits.length === 0 ? "good" : "warn"} title={w.holds}>
      <p>{w.counts(count(counts.entries), count(counts.excluded), count(counts.pools), count(counts.winners))}</p>
      {counts.review && (
        <p>
          {w.review(
            count(counts.review.told),
            count(counts.review.granted),
            count(counts.review.refused),
            count(counts.review.undecided),
          )}
        </p>
      )}
      {witnesses.length > 0 && <p>{listed(witnesses.map(({ by, brand }) => `${by}${brand ? ` (${w.byBrand})` : ""}`))}</p>}
      {limits.map((limit) => (
        <p key={limit}>{w.limit[limit]}</p>
      ))}
    </Note>
  );
}
