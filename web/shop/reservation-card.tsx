// A confirmed reservation: the receipt, withdrawing while open, then the result and what follows from it.
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import type { Receipt as SignedReceipt } from "../../domain/draw/receipt.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { short, when } from "../shared/format.ts";
import { FailureNote, Note, SureButton, saveFile } from "../shared/parts.tsx";
import { Qr } from "../shared/qr.tsx";
import { lookFailed } from "./award.ts";
import { type Kept, keeps, receiptOf } from "./kept.ts";
import { isBack, NoticeBox } from "./notice-box.tsx";
import { isAfterDraw, phaseOf } from "./phase.ts";
import { placeOf, withdraw } from "./reserve.ts";
import { ResultCard } from "./result-card.tsx";
import { SealedBox } from "./sealed-box.tsx";
import { storeName } from "./shelf.ts";
import { words } from "./words.ts";

export function ReservationCard({ view, entry }: { view: SessionView; entry: Kept }) {
  const w = words();
  const phase = phaseOf(view, now.value);
  if (entry.withdrawn) return <Withdrawn entry={entry} />;
  // Once the result is here, the published files say it.
  const out = entry.notice && !entry.found && !isBack(entry.notice, now.value) ? entry.notice : undefined;
  const contradicts = receiptOf(entry)?.manifest !== view.manifest;
  return (
    <div class="stack mine">
      {entry.notice && !out && !entry.found && phase !== "voided" && <NoticeBox entry={entry} notice={entry.notice} />}
      {contradicts ? (
        <Note tone="bad" title={w.result.contradiction}>
          {w.result.contradictionText}
        </Note>
      ) : phase === "voided" ? (
        <Note title={w.phase.voided}>{w.phaseNote.voided}</Note>
      ) : out ? (
        <NoticeBox entry={entry} notice={out} />
      ) : entry.found ? (
        <ResultCard view={view} entry={entry} found={entry.found} />
      ) : (
        <Note tone="good" title={phase === "open" ? w.receipt.title : w.receipt.closed}>
          {phase === "open" && storeName(entry.store)}
          {phase === "sealing" && w.receipt.sealing}
          {phase === "frozen" && w.receipt.waiting(when(view.drawAt, now.value, true))}
          {(phase === "drawing" || isAfterDraw(phase)) && w.receipt.looking}
        </Note>
      )}
      {phase === "frozen" && <SealedBox view={view} entry={entry} />}
      <FailureNote failure={lookFailed.value[placeOf(entry)]} />
      {!keeps.value && <Note tone="warn">{w.notKept}</Note>}
      <Receipt entry={entry} open={phase === "open"} />
      {phase === "open" && <Withdraw entry={entry} />}
    </div>
  );
}

function Receipt({ entry, open }: { entry: Kept; open: boolean }) {
  const w = words().receipt;
  const [shown, setShown] = useState(false);
  const receipt = receiptOf(entry);
  if (!receipt || entry.receipt === undefined) return null;
  const text = entry.receipt;
  return (
    <details open={open}>
      <summary>{w.details}</summary>
      <dl>
        <dt>{w.store}</dt>
        <dd>{storeName(entry.store)}</dd>
        <dt>{w.place}</dt>
        <dd>{w.placeValue(receipt.shard, receipt.index)}</dd>
        <dt>{w.time}</dt>
        <dd>{when(receipt.s, now.value, true)}</dd>
        <dt>{w.leaf}</dt>
        <dd>
          <code title={receipt.leaf}>{short(receipt.leaf)}</code>
        </dd>
      </dl>
      <p class="muted small">
        {w.kept} {w.private}
      </p>
      <div class="row">
        <button type="button" onClick={() => saveFile(`receipt-${entry.session}-${entry.sku}.json`, text)}>
          {w.save}
        </button>
        <button type="button" class="quiet" title={w.showHint} onClick={() => void saveShown(receipt, entry)}>
          {w.saveShown}
        </button>
        <button type="button" class="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {w.qr}
        </button>
      </div>
      {shown && <Qr text={text} label={w.qr} />}
    </details>
  );
}

/** A copy for a newspaper, a store or support: it proves the same and does not hold the owner's numbers. */
async function saveShown(receipt: SignedReceipt, { session, sku }: Kept): Promise<void> {
  const { shownReceipt } = await import("../../domain/proof/receipt.ts");
  saveFile(`receipt-to-show-${session}-${sku}.json`, shownReceipt(receipt));
}

function Withdraw({ entry }: { entry: Kept }) {
  const w = words().withdraw;
  const [failure, setFailure] = useState<Failure | undefined>();
  return (
    <>
      <SureButton {...w} run={async () => setFailure(await withdraw(entry))} />
      <FailureNote failure={failure} />
    </>
  );
}

function Withdrawn({ entry }: { entry: Kept }) {
  const w = words();
  return (
    <div class="stack">
      <Note title={w.withdraw.done}>{w.withdraw.doneText}</Note>
      {entry.withdrawal && (
        <button
          type="button"
          class="quiet"
          onClick={() => saveFile(`withdrawal-${entry.session}-${entry.sku}.json`, entry.withdrawal ?? "")}
        >
          {w.receipt.save}
        </button>
      )}
    </div>
  );
}
