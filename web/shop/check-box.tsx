// How the draw works in four sentences, which beacon it was, the published files, and the ways to check it.
import type { SessionView } from "../../contracts/sessions.ts";
import { now } from "../shared/clock.ts";
import { when } from "../shared/format.ts";
import { Note } from "../shared/parts.tsx";
import { CheckMine } from "./check-mine.tsx";
import { nameOfForm } from "./form-name.ts";
import { type Kept, kept } from "./kept.ts";
import { isAfterDraw, type Phase, phaseOf } from "./phase.ts";
import { drawFile } from "./result.ts";
import { ExclusionCounts } from "./sealed-box.tsx";
import { loadAllOffers } from "./shelf.ts";
import { words } from "./words.ts";

type File = { file: string; label: string; out: boolean };

export function CheckBox({ view }: { view: SessionView }) {
  const w = words().check;
  const phase = phaseOf(view, now.value);
  return (
    <details class="card check" onToggle={(event) => event.currentTarget.open && void loadAllOffers()}>
      <summary>
        <h2>{w.title}</h2>
      </summary>
      <ol>
        {w.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        {w.beacon}
        <b>{view.beacon.name}</b>
        {w.at(when(view.drawAt, now.value, true))}
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
      {(phase === "frozen" || phase === "drawing" || isAfterDraw(phase)) && <ExclusionCounts view={view} />}
      {isAfterDraw(phase) && (
        <div class="stack">
          {mine(view).map((entry) => (
            <CheckMine key={entry.sku} view={view} entry={entry} of={nameOfForm(entry.sku)} />
          ))}
        </div>
      )}
      <p>
        <a href={`/verify#session=${view.session}`} target="_blank" rel="noopener">
          {w.verifyPage}
        </a>
      </p>
      <p class="muted small">{w.verifyHint}</p>
    </details>
  );
}

const mine = (view: SessionView): Kept[] => kept.value.filter(({ session, receipt }) => session === view.session && receipt);

/** The pools of the own receipts; without any, the first, as an example. */
function minePools(view: SessionView): { pool: number; sku: string }[] {
  const own = mine(view);
  return own.length > 0 ? own : view.offers.slice(0, 1).map(({ first, sku }) => ({ pool: first, sku }));
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
      label: `${w.table(nameOfForm(sku))} (tables/${pool})`,
      out: sealed,
    })),
  ];
}
