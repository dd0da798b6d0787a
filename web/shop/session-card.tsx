// The chosen session: its state in words, the countdown on server time, and how far it has come.
import type { SessionLine } from "../../contracts/sessions.ts";
import { clockKnown, now } from "../shared/clock.ts";
import { left, when } from "../shared/format.ts";
import { inLang } from "../shared/lang.ts";
import { Note } from "../shared/parts.tsx";
import { kept } from "./kept.ts";
import { isOver, type Phase, phaseOf } from "./phase.ts";
import { choseByHand, chosen, sessions, view } from "./shelf.ts";
import { words } from "./words.ts";

const STEP_OF: { [Name in Phase]: number } = {
  soon: -1,
  open: 0,
  sealing: 1,
  frozen: 2,
  drawing: 2,
  drawn: 3,
  awarding: 3,
  settled: 4,
  voided: -1,
};

export function SessionCard({ session }: { session: SessionLine }) {
  const w = words();
  const phase = phaseOf(session, now.value);
  return (
    <section class={`card session ${phase}`} aria-labelledby="session-title">
      <div class="row between">
        <span class={`chip ${phase}`} role="status">
          {w.phase[phase]}
        </span>
        {session.beacon.local && <span class="chip trial">{w.trial}</span>}
      </div>
      <h1 id="session-title">{inLang(session.title)}</h1>
      <Countdown session={session} phase={phase} />
      {phase !== "voided" && <Steps at={STEP_OF[phase]} />}
      <p class="muted">{w.phaseNote[phase]}</p>
      {phase === "sealing" && view.value?.waiting && <p role="status">{w.waiting(view.value.waiting)}</p>}
      {phase === "voided" && view.value?.voided && <Voided {...view.value.voided} />}
      {session.bulletins?.map(({ no, text }) => (
        <Note key={no} title={w.bulletin}>
          {inLang(text)}
        </Note>
      ))}
      {!clockKnown.value && <p class="muted small">{w.ownClock}</p>}
    </section>
  );
}

function Voided({ text, rollTo }: { text: string; rollTo?: string }) {
  return (
    <>
      <p>{text}</p>
      {rollTo && sessions.value?.some(({ session }) => session === rollTo) && (
        <button type="button" onClick={() => choose(rollTo)}>
          {words().replacedBy}
        </button>
      )}
    </>
  );
}

function Countdown({ session: { open, close, drawAt }, phase }: { session: SessionLine; phase: Phase }) {
  const w = words();
  const [label, until] =
    phase === "soon"
      ? [w.until.soon, open]
      : phase === "open"
        ? [w.until.open, close]
        : phase === "sealing" || phase === "frozen"
          ? [w.until.draw, drawAt]
          : [];
  if (label === undefined || until === undefined) return null;
  const { days, clock } = left(until - now.value);
  return (
    <div class="countdown">
      <span>{label}</span>
      <time dateTime={new Date(until * 1000).toISOString()} role="timer">
        {days > 0 && <b>{w.days(days)}</b>} <b class="digits">{clock}</b>
      </time>
      <span class="muted">{when(until, now.value, true)}</span>
    </div>
  );
}

function Steps({ at }: { at: number }) {
  const w = words();
  const names = Object.values(w.steps);
  return (
    <ol class="steps" aria-label={w.stepsLabel}>
      {names.map((name, step) => (
        <li key={name} class={step < at ? "done" : ""} aria-current={step === at ? "step" : undefined}>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** Sessions that one can still enter, or is in, when there is more than one. */
export function SessionTabs() {
  const w = words();
  const mine = new Set(kept.value.map(({ session }) => session));
  const lines = (sessions.value ?? []).filter((line) => {
    const phase = phaseOf(line, now.value);
    return line.session === chosen.value || phase === "soon" || phase === "open" || (mine.has(line.session) && !isOver(phase));
  });
  if (lines.length < 2) return null;
  return (
    <nav class="tabs" aria-label={w.otherSessions}>
      {lines.map((line) => (
        <button key={line.session} type="button" aria-current={line.session === chosen.value} onClick={() => choose(line.session)}>
          {inLang(line.title)} <small>{when(line.open, now.value)}</small>
        </button>
      ))}
    </nav>
  );
}

export function choose(session: string): void {
  if (chosen.value !== session) view.value = undefined;
  choseByHand.value = true;
  chosen.value = session;
  scrollTo({ top: 0 });
}
