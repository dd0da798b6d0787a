// The verify page from top to bottom: what to put in, what was found, and what this page is.
import { effect } from "@preact/signals";
import { useState } from "preact/hooks";
import { LifeView } from "../check/life.tsx";
import { ReportView } from "../check/report.tsx";
import { LangSwitch, Note } from "../shared/parts.tsx";
import { busy, clear, keySource, life, origin, report, takeFiles, takeText, trouble } from "./desk.ts";
import { SessionCheck } from "./session-check.tsx";
import { verifyWords } from "./words.ts";

effect(() => {
  document.title = verifyWords().title;
});

export function App() {
  const w = verifyWords();
  return (
    <>
      <header class="row between">
        <h1>{w.title}</h1>
        <LangSwitch />
      </header>
      <main class="stack">
        <p>{w.lead}</p>
        {report.value ? (
          <button type="button" onClick={clear}>
            {w.again}
          </button>
        ) : (
          <Inbox />
        )}
        {trouble.value && <Note tone="warn">{w.trouble[trouble.value]}</Note>}
        {busy.value && !report.value && (
          <p class="working" role="status">
            {w.working}
          </p>
        )}
        {report.value && (
          <article class="card stack">
            <ReportView report={report.value} />
            {!report.value.running && keySource.value && <p class="muted small">{w.key[keySource.value]}</p>}
            {!report.value.running && <LifeView events={life.value} />}
          </article>
        )}
        <About />
      </main>
    </>
  );
}

function Inbox() {
  const w = verifyWords();
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void takeFiles(event.dataTransfer?.files ?? []);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same. */}
      <div class={`card stack drop ${over ? "over" : ""}`} onDrop={drop} onDragOver={drag} onDragLeave={() => setOver(false)}>
        <div class="row">
          <span class="muted">{w.drop}</span>
          <label class="file">
            {w.choose}
            <input
              type="file"
              multiple
              onChange={({ currentTarget }) => {
                void takeFiles([...(currentTarget.files ?? [])]);
                currentTarget.value = "";
              }}
            />
          </label>
        </div>
        <p class="muted small">{w.takes}</p>
      </div>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void takeText(text);
        }}
      >
        <label>
          {w.paste}
          <textarea rows={4} value={text} spellcheck={false} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
        <button type="submit" class="main" disabled={text.trim() === ""}>
          {w.check}
        </button>
      </form>
      <details class="card">
        <summary>{w.shop}</summary>
        <label>
          {w.shopLabel}
          <input
            type="url"
            inputMode="url"
            placeholder="https://"
            value={origin.value}
            onChange={({ currentTarget }) => {
              origin.value = currentTarget.value.trim().replace(/\/+$/, "");
            }}
          />
          <small>{w.shopHint}</small>
        </label>
      </details>
      <SessionCheck />
    </>
  );
}

function About() {
  const w = verifyWords();
  return (
    <details class="card">
      <summary>{w.own}</summary>
      <p>{w.ownText}</p>
    </details>
  );
}
