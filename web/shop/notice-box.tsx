// What an excluded member is told before the draw: why, what became of their appeal, or the form for one.
import { useState } from "preact/hooks";
import type { Notice } from "../../contracts/review.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { when } from "../shared/format.ts";
import { FailureNote, Note, TaskForm } from "../shared/parts.tsx";
import type { Kept } from "./kept.ts";
import { sendAppeal } from "./notices.ts";
import { words } from "./words.ts";

/** The contract's limit. */
const LETTERS_MAX = 1_000;

/** What is not decided in time does not stand; the clock says so before anybody is asked again. */
export const isBack = ({ standing, appeal, decideUntil }: Notice, nowS: number): boolean =>
  standing === "reinstated" || (appeal !== undefined && !appeal.decided && nowS >= decideUntil);

export function NoticeBox({ entry, notice }: { entry: Kept; notice: Notice }) {
  const w = words().notice;
  const { appeal, appealUntil, decideUntil } = notice;
  if (isBack(notice, now.value)) {
    return (
      <Note tone="good" title={w.back}>
        <p>{appeal?.decided ? w.granted : w.undecided}</p>
        <Answer notice={notice} />
      </Note>
    );
  }
  return (
    <>
      <Note tone={appeal && !appeal.decided ? "warn" : "bad"} title={w.title}>
        <p>{words().result.excludedText(words().reasons[notice.reason] ?? String(notice.reason))}</p>
        {!appeal && <p>{now.value < appealUntil ? w.how(when(appealUntil, now.value, true)) : w.over}</p>}
        {appeal && !appeal.decided && <p>{w.received(when(appeal.at, now.value, true), when(decideUntil, now.value, true))}</p>}
        {appeal?.decided && <p>{w.refused}</p>}
        <Answer notice={notice} />
      </Note>
      {!appeal && now.value < appealUntil && <AppealForm entry={entry} />}
    </>
  );
}

const Answer = ({ notice: { appeal } }: { notice: Notice }) =>
  appeal?.decided ? (
    <p>
      <q>{appeal.decided.answer}</q>
    </p>
  ) : null;

function AppealForm({ entry }: { entry: Kept }) {
  const w = words().notice;
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure | undefined>();
  return (
    <>
      <TaskForm
        working={w.sending}
        button={w.send}
        fits={text.trim() !== ""}
        run={async () => setFailure(await sendAppeal(entry, text))}
      >
        <label>
          {w.label}
          <textarea rows={4} maxLength={LETTERS_MAX} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
          <small>{w.hint(LETTERS_MAX)}</small>
        </label>
      </TaskForm>
      <FailureNote failure={failure} />
    </>
  );
}
