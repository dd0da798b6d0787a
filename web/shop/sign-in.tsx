// Sign-in by name, offered only where the shop runs locally.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { HOME_MARKET, MARKETS } from "../../domain/market.ts";
import { account } from "../shared/account.ts";
import type { Failure } from "../shared/api.ts";
import { lang } from "../shared/lang.ts";
import { Dialog, FailureNote, Note, TaskButton, TaskForm } from "../shared/parts.tsx";
import { askLocal, localNames, localSignIn, signInMember } from "../shared/sign-in.ts";
import { view } from "./shelf.ts";
import { words } from "./words.ts";

export const signingIn = signal(false);

export function SignInDialog() {
  const w = words();
  if (!signingIn.value || account.value) return null;
  return (
    <Dialog title={w.account.title} close={w.close} onClose={() => (signingIn.value = false)}>
      <SignIn />
    </Dialog>
  );
}

function SignIn() {
  const w = words();
  if (localSignIn.value === "asking") return <p role="status">{w.account.asking}</p>;
  if (localSignIn.value === "no") return <Note>{w.account.none}</Note>;
  if (localSignIn.value === "yes") return <Form />;
  return (
    <Note tone="bad">
      <p>{w.account.unknown}</p>
      <TaskButton working={w.account.asking} run={askLocal}>
        {w.retry}
      </TaskButton>
    </Note>
  );
}

const marketName = (market: string): string => new Intl.DisplayNames(lang.value, { type: "region" }).of(market) ?? market;

function Form() {
  const w = words().account;
  const [name, setName] = useState("");
  const [market, setMarket] = useState(view.value?.market ?? HOME_MARKET);
  const [failure, setFailure] = useState<Failure | undefined>();
  const fits = /^[\p{L}\p{N} ._-]{1,40}$/u.test(name);
  const markets = Object.keys(MARKETS).sort((a, b) => marketName(a).localeCompare(marketName(b), lang.value));
  const submit = async () => {
    const outcome = await signInMember(name.trim(), market);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) signingIn.value = false;
  };
  return (
    <TaskForm working={w.working} button={w.signIn} fits={fits} run={submit}>
      <p>{w.lead}</p>
      <label>
        {w.name}
        <input
          value={name}
          maxLength={40}
          autoComplete="username"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type this name.
          autoFocus
          list="names"
          aria-describedby="name-hint"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <small id="name-hint">{w.nameHint}</small>
      </label>
      <datalist id="names">
        {localNames.value.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <label>
        {w.market}
        <select value={market} onChange={(event) => setMarket(event.currentTarget.value)}>
          {markets.map((code) => (
            <option key={code} value={code}>
              {marketName(code)}
            </option>
          ))}
        </select>
      </label>
      <FailureNote failure={failure} />
    </TaskForm>
  );
}
