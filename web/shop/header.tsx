// The top of the page: name, who is signed in, language; and the footer.
import { useState } from "preact/hooks";
import { account, setAccount, signedOut } from "../shared/account.ts";
import { LangSwitch, Note } from "../shared/parts.tsx";
import { signingIn } from "./sign-in.tsx";
import { words } from "./words.ts";

export function Header() {
  const w = words();
  return (
    <header class="top">
      <a class="mark" href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 3c6 7.500 9.500 12.600 9.500 18a9.500 9.500 0 0 1-19 0C6.500 15.600 10 10.500 16 3z" fill="var(--accent)" />
          <path d="M11 21.500a5 5 0 0 0 5 5" fill="none" stroke="var(--page)" stroke-width="2.200" stroke-linecap="round" />
        </svg>
        <span>{w.name}</span>
      </a>
      <div class="row">
        <LangSwitch />
        <Who />
      </div>
    </header>
  );
}

function Who() {
  const w = words().account;
  const [open, setOpen] = useState(false);
  if (!account.value) {
    return (
      <button type="button" onClick={() => (signingIn.value = true)}>
        {w.signIn}
      </button>
    );
  }
  const name = account.value.name ?? account.value.claims.sub;
  return open ? (
    <button type="button" class="danger" onBlur={() => setOpen(false)} onClick={() => setAccount(undefined)}>
      {w.signOut}
    </button>
  ) : (
    <button type="button" class="quiet name" aria-label={`${name}, ${w.signOut}`} onClick={() => setOpen(true)}>
      {name}
    </button>
  );
}

export function SignedOutNote() {
  return signedOut.value ? <Note tone="warn">{words().account.ended}</Note> : null;
}

export const Footer = () => (
  <footer class="foot">
    <p>{words().notAffiliated}</p>
  </footer>
);
