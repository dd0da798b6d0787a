// Other sessions that this device took part in, and getting lost receipts back.
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import { account } from "../shared/account.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { when } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { FailureNote, TaskButton } from "../shared/parts.tsx";
import { nameOfForm } from "./form-name.ts";
import { type Kept, kept } from "./kept.ts";
import { orderFor } from "./orders.ts";
import { restore } from "./reserve.ts";
import { choose } from "./session-card.tsx";
import { chosen } from "./shelf.ts";
import { look } from "./watch.ts";
import { words } from "./words.ts";

export function Past() {
  const w = words().past;
  const past = kept.value.filter(({ session }) => session !== chosen.value).sort((a, b) => b.close - a.close);
  if (past.length === 0) return null;
  return (
    <section class="card" aria-labelledby="past-title">
      <h2 id="past-title">{w.title}</h2>
      <ul class="past">
        {past.map((entry) => (
          <li key={`${entry.session} ${entry.sku}`}>
            <button type="button" class="quiet line" onClick={() => choose(entry.session)}>
              <span class="grow">
                <b>{nameOfForm(entry.sku)}</b>
                <small>
                  {inLang(entry.title)} · {when(entry.close, now.value)}
                </small>
              </span>
              <span>{standingOf(entry)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standingOf(entry: Kept): string {
  const w = words();
  const order = orderFor(entry);
  if (entry.withdrawn) return w.withdraw.done;
  if (entry.award === "declined") return w.result.declined;
  if (order) return w.order[order.state];
  if (entry.award === "lapsed") return w.result.lapsed;
  if (entry.found) return w.result[entry.found.standing];
  return entry.receipt ? w.past.reserved : w.past.pending;
}

export function Restore({ view }: { view: SessionView }) {
  const w = words().restore;
  const [failure, setFailure] = useState<Failure | undefined>();
  const [done, setDone] = useState(false);
  if (!account.value || now.value < view.open) return null;
  const run = async () => {
    const failed = await restore(view);
    setFailure(failed);
    setDone(!failed);
  };
  return (
    <div class="restore">
      <p class="muted small">{done ? w.done : w.lead}</p>
      {!done && (
        <TaskButton class="quiet" working={w.working} run={run}>
          {w.button}
        </TaskButton>
      )}
      <FailureNote failure={failure} />
      <Import />
    </div>
  );
}

/** A receipt that was saved as a file or as a picture of its QR code comes back onto this device. */
function Import() {
  const w = words().restore;
  const [said, setSaid] = useState<string | undefined>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    setSaid(w.working);
    const { importReceipt } = await import("./import-receipt.ts");
    const imported = await importReceipt(file);
    setSaid(w.imported[imported]);
    if (imported === "kept") void look();
  };
  return (
    <>
      <label class="file quiet">
        {w.import}
        <input
          type="file"
          accept="application/json,image/*"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]).catch(() => setSaid(w.imported["not-a-receipt"]));
            currentTarget.value = "";
          }}
        />
      </label>
      {said && (
        <p class="small" role="status">
          {said}
        </p>
      )}
    </>
  );
}
