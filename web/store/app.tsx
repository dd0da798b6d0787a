// The store desk from top to bottom.
import { useState } from "preact/hooks";
import { account, setAccount } from "../shared/account.ts";
import type { Failure } from "../shared/api.ts";
import { inLang } from "../shared/lang.ts";
import { FailureNote, LangSwitch, Note, TaskButton, TaskForm } from "../shared/parts.tsx";
import { askLocal, localSignIn, signInStore } from "../shared/sign-in.ts";
import { Deliveries } from "./deliveries.tsx";
import { storeId, storeName, stores } from "./desk.ts";
import { HandOver } from "./hand-over.tsx";
import { Orders, Short } from "./orders.tsx";
import { words } from "./words.ts";

export function App() {
  const w = words();
  return (
    <>
      <header class="top">
        <div>
          <h1>{w.name}</h1>
          {account.value && <p class="muted">{storeName(storeId())}</p>}
        </div>
        <div class="row">
          <LangSwitch />
          {account.value && (
            <button type="button" class="quiet" onClick={() => setAccount(undefined)}>
              {w.signOut}
            </button>
          )}
        </div>
      </header>
      {account.value ? (
        <main class="desk">
          <Short />
          <div class="stack">
            <HandOver />
            <Deliveries />
          </div>
          <Orders />
        </main>
      ) : (
        <main>
          <SignIn />
        </main>
      )}
      <footer class="muted small">{w.demo}</footer>
    </>
  );
}

function SignIn() {
  const w = words();
  const [store, setStore] = useState("");
  const [failure, setFailure] = useState<Failure | undefined>();
  if (localSignIn.value === "asking") return <p class="card working">{w.working}</p>;
  if (localSignIn.value === "no") return <Note>{w.none}</Note>;
  if (localSignIn.value === "unknown") {
    return (
      <Note tone="bad">
        <p>{w.unknown}</p>
        <TaskButton working={w.working} run={askLocal}>
          {w.retry}
        </TaskButton>
      </Note>
    );
  }
  const run = async () => {
    const outcome = await signInStore(store.trim());
    setFailure(outcome.ok ? undefined : outcome.refusal);
  };
  return (
    <section class="card stack">
      <h2>{w.signInTitle}</h2>
      <p>{w.signInLead}</p>
      <TaskForm working={w.working} button={w.signIn} fits={store.trim() !== ""} run={run}>
        <label>
          {w.store}
          <input
            value={store}
            list="stores"
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            onInput={(event) => setStore(event.currentTarget.value)}
          />
        </label>
        <datalist id="stores">
          {stores.value.map((one) => (
            <option key={one.store} value={one.store}>
              {inLang(one.name)}
            </option>
          ))}
        </datalist>
        <FailureNote failure={failure} />
      </TaskForm>
    </section>
  );
}
