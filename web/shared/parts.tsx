// Small parts that both pages use: language switch, notes, a button that says what it is doing, a dialog, a file to save.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, isProblem } from "./api.ts";
import { failureText } from "./failure-words.ts";
import { chooseLang, LANGUAGES, lang } from "./lang.ts";

export const LangSwitch = () => (
  <select
    class="quiet"
    value={lang.value}
    aria-label={LANGUAGES[lang.value].choice}
    onChange={({ currentTarget }) => chooseLang(currentTarget.value)}
  >
    {Object.entries(LANGUAGES).map(([code, { name }]) => (
      <option key={code} value={code} lang={code}>
        {name}
      </option>
    ))}
  </select>
);

export type Tone = "plain" | "good" | "warn" | "bad";

export function Note({ tone = "plain", title, children }: { tone?: Tone; title?: string; children?: ComponentChildren }) {
  return (
    <div class={`note ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {title && <strong>{title}</strong>}
      {children && <div>{children}</div>}
    </div>
  );
}

export const FailureNote = ({ failure, title }: { failure: Failure | undefined; title?: string }) =>
  failure ? (
    <Note tone={isProblem(failure, "busy", "not_prepared") ? "warn" : "bad"} {...(title ? { title } : {})}>
      {failureText(failure)}
    </Note>
  ) : null;

type TaskProps = { class?: string; working: string; children: ComponentChildren; disabled?: boolean; run: () => Promise<unknown> };

/** Runs once at a time and says so in words. */
export function TaskButton({ class: look = "", working, children, disabled, run }: TaskProps) {
  const [busy, setBusy] = useState(false);
  const start = async () => {
    if (busy) return;
    setBusy(true);
    await run().finally(() => setBusy(false));
  };
  return (
    <button type="button" class={look} disabled={disabled} aria-busy={busy} aria-disabled={busy} onClick={() => void start()}>
      {busy ? working : children}
    </button>
  );
}

type FormProps = { working: string; button: string; fits: boolean; run: () => Promise<unknown>; children: ComponentChildren };

/** Sends on the button and on Enter, which is what a hand scanner types after a code. */
export function TaskForm({ working, button, fits, run, children }: FormProps) {
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || !fits) return;
    setBusy(true);
    await run().finally(() => setBusy(false));
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      {children}
      <button type="submit" class="main" disabled={!fits} aria-busy={busy} aria-disabled={busy}>
        {busy ? working : button}
      </button>
    </form>
  );
}

type SureProps = {
  class?: string;
  button: string;
  sure: string;
  yes: string;
  no: string;
  working: string;
  run: () => Promise<unknown>;
};

/** Asks once more before something that cannot be undone. */
export function SureButton({ class: look = "quiet", button, sure, yes, no, working, run }: SureProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" class={look} onClick={() => setAsking(true)}>
        {button}
      </button>
    );
  }
  return (
    <fieldset class="sure" aria-label={sure}>
      <p>{sure}</p>
      <div class="row">
        <TaskButton class="danger" working={working} run={() => run().finally(() => setAsking(false))}>
          {yes}
        </TaskButton>
        <button type="button" onClick={() => setAsking(false)}>
          {no}
        </button>
      </div>
    </fieldset>
  );
}

/** The browser's own modal dialog: it keeps the focus inside and closes on Escape. */
export function Dialog({
  title,
  close,
  onClose,
  children,
}: {
  title: string;
  close: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  const outside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click outside is an extra; Escape and the close button do the same.
    <dialog ref={dialog} aria-label={title} onClose={onClose} onClick={outside}>
      <div class="sheet">
        <header>
          <h2>{title}</h2>
          <button type="button" class="quiet" onClick={onClose}>
            {close}
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

export function saveFile(name: string, text: string, type = "application/json"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
