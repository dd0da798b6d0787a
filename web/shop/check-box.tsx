// How the draw works in four sentences, which beacon it was, the published files, and running it again on this device.
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { count, when } from "../shared/format.ts";
import { FailureNote, Note, TaskButton } from "../shared/parts.tsx";
import type { Checked } from "./check.ts";
import { kept, receiptOf } from "./kept.ts";
import { isAfterDraw, type Phase, phaseOf } from "./phase.ts";
import { drawFile } from "./result.ts";
import { loadPools, productName } from "./shelf.ts";
import { words } from "./words.ts";

type File = { file: string; label: string; out: boolean };

export function CheckBox({ view }: { view: SessionView }) {
  const w = words().check;
  const phase = phaseOf(view, now.value);
  return (
    <details class="card check" onToggle={(event) => event.currentTarget.open && void loadPools()}>
      <summary>
        <h2>{w.title}</h2>
      </summary>
      <ol>
        {w.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        {w.beacon} <b>{view.beacon.name}</b>, {w.at} {when(view.drawAt, now.value, true)}.
      </p>
      {view.beacon.local && <Note tone="warn">{w.local}</Note>}
      <h3>{w.files}</h3>
      <ul class="files">
        {filesOf(view, phase).map(({ file, label, out }) => (
          <li key={file}>
            {out ? (
              <a href={file.startsWith("/") ? file : drawFile(view.session, file)} target="_blank" rel="noopener">
                {label}
              </a>
            ) : (
              <span class="muted">
                {label} ({w.notYet})
              </span>
            )}
          </li>
        ))}
      </ul>
      {isAfterDraw(phase) && minePools(view).map((pool) => <Again key={pool.pool} view={view} pool={pool} />)}
    </details>
  );
}

/** The pools of the own receipts; without any, the first, so that everyone can try. */
function minePools(view: SessionView): SessionView["pools"] {
  const mine = view.pools.filter(({ pool }) =>
    kept.value.some((entry) => entry.session === view.session && entry.receipt && entry.pool === pool),
  );
  return mine.length > 0 ? mine : view.pools.slice(0, 1);
}

function filesOf(view: SessionView, phase: Phase): File[] {
  const w = words().check;
  const sealed = phase === "frozen" || phase === "drawing" || isAfterDraw(phase);
  const line = (file: string, out: boolean): File => ({ file, label: `${w.file[file]} (${file})`, out });
  return [
    line("manifest.json", true),
    line("seal.json", sealed),
    line("beacon.json", isAfterDraw(phase)),
    line("result.json", isAfterDraw(phase)),
    ...minePools(view).map(({ pool, sku }) => ({
      file: `tables/${pool}`,
      label: `${w.table(productName(sku))} (tables/${pool})`,
      out: sealed,
    })),
  ];
}

function Again({ view, pool }: { view: SessionView; pool: SessionView["pools"][number] }) {
  const w = words().check;
  const [checked, setChecked] = useState<Checked | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const run = async () => {
    const entry = kept.value.find(
      (one) => one.session === view.session && one.pool === pool.pool && !one.withdrawn && one.found?.standing !== "excluded",
    );
    const { checkPool } = await import("./check.ts");
    const outcome = await checkPool(view, pool, receiptOf(entry)?.leaf);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    setChecked(outcome.ok ? outcome.value : undefined);
  };
  return (
    <div class="stack">
      <TaskButton working={w.running} run={() => run().catch(() => setFailure({ kind: "network", offline: false }))}>
        {`${w.run} · ${productName(pool.sku)}`}
      </TaskButton>
      <FailureNote failure={failure} />
      {checked?.failed && <Note tone="bad">{w.failed(w.step[checked.failed])}</Note>}
      {checked && !checked.failed && (
        <Note tone="good">
          <p>{w.again(count(checked.entries), count(checked.winners))}</p>
          <p>
            {checked.own && w.own} {w[checked.beacon]}
          </p>
          <p>{w.limits}</p>
        </Note>
      )}
    </div>
  );
}
