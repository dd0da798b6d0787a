// What the published files say about one reservation: won, on the waitlist, not this time; with score and cut-off.
import type { SessionView } from "../../contracts/sessions.ts";
import { account } from "../shared/account.ts";
import { now } from "../shared/clock.ts";
import { count, short, when } from "../shared/format.ts";
import { FailureNote, Note, SureButton, TaskButton } from "../shared/parts.tsx";
import { answer, answerFailed } from "./award.ts";
import { CheckMine } from "./check-mine.tsx";
import type { Kept } from "./kept.ts";
import { OrderCard } from "./order-card.tsx";
import { orderFor } from "./orders.ts";
import { placeOf } from "./reserve.ts";
import type { Found } from "./result.ts";
import { signingIn } from "./sign-in.tsx";
import { words } from "./words.ts";

export function ResultCard({ view, entry, found }: { view: SessionView; entry: Kept; found: Found }) {
  const w = words().result;
  const order = orderFor(entry);
  return (
    <>
      {found.standing === "won" && entry.award !== "declined" && (!order || order.state === "accepted") && (
        <Note tone="good" title={w.won}>
          {w.wonText(count((found.rank ?? 0) + 1), count(found.winners))}
        </Note>
      )}
      {found.standing === "wait" && !entry.award && !order && view.state === "settled" && <Note title={w.lost}>{w.waitOver}</Note>}
      {found.standing === "wait" && !entry.award && !order && view.state !== "settled" && (
        <Note tone="warn" title={w.wait}>
          {w.waitText(count((found.rank ?? 0) - found.winners + 1), count(found.waits))}
        </Note>
      )}
      {found.standing === "lost" && <Note title={w.lost}>{w.lostText(count(found.entries), count(found.stock))}</Note>}
      {found.standing === "excluded" && (
        <Note tone="bad" title={w.excluded}>
          {w.excludedText(words().reasons[found.reason ?? 0] ?? String(found.reason))}
        </Note>
      )}
      {found.standing === "contradiction" && (
        <Note tone="bad" title={w.contradiction}>
          {w.contradictionText}
        </Note>
      )}
      {order && entry.award !== "declined" ? <OrderCard order={order} /> : <Award view={view} entry={entry} found={found} />}
      {order?.state === "accepted" && entry.award !== "declined" && <Decline entry={entry} />}
      {found.standing !== "excluded" && <Detail found={found} />}
      <CheckMine view={view} entry={entry} />
    </>
  );
}

function Award({ view, entry, found }: { view: SessionView; entry: Kept; found: Found }) {
  const w = words();
  if (entry.award === "declined") return <Note title={w.result.declined}>{w.result.declinedText}</Note>;
  if (entry.award === "lapsed") return <Note title={w.result.lapsed}>{w.result.lapsedText}</Note>;
  if (entry.award === "accepted") return <p class="working">{w.award.writing}</p>;
  if (found.standing !== "won") return <FailureNote failure={answerFailed.value[placeOf(entry)]} />;
  const wave = view.waves.find(({ no }) => no === 1);
  if (!wave) return <p class="working">{w.award.soon}</p>;
  if (now.value >= wave.payBy) return <Note title={w.result.lapsed}>{w.award.over}</Note>;
  return (
    <div class="stack">
      <p>{w.award.payBy(when(wave.payBy, now.value, true))}</p>
      <FailureNote failure={answerFailed.value[placeOf(entry)]} />
      {account.value ? (
        <TaskButton class="main" working={w.award.working} run={() => answer(entry, "accept")}>
          {w.award.accept}
        </TaskButton>
      ) : (
        <button type="button" class="main" onClick={() => (signingIn.value = true)}>
          {w.account.signIn}
        </button>
      )}
      <Decline entry={entry} />
    </div>
  );
}

const Decline = ({ entry }: { entry: Kept }) => {
  const w = words().award;
  return account.value ? (
    <SureButton button={w.decline} sure={w.sure} yes={w.yes} no={w.no} working={w.working} run={() => answer(entry, "decline")} />
  ) : null;
};

function Detail({ found }: { found: Found }) {
  const w = words().result;
  return (
    <details>
      <summary>{w.detail}</summary>
      <dl>
        <dt>{w.score}</dt>
        <dd>
          <code title={found.score}>{short(found.score)}</code>
        </dd>
        <dt>{w.cutoff}</dt>
        <dd>
          <code title={found.cutoff}>{short(found.cutoff)}</code>
        </dd>
      </dl>
      <p class="muted small">{/^f+$/.test(found.cutoff) ? w.everyone : w.rule}</p>
    </details>
  );
}
