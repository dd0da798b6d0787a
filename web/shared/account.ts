// Who is signed in on this page. The token stays on the device and leaves it in the Authorization header only.
import { batch, signal } from "@preact/signals";
import type { Role, SignInReply } from "../../contracts/sign-in.ts";
import { readKept, writeKept } from "./storage.ts";

/** The name is what the person typed: a member id says nothing to people. */
export type Account = SignInReply & { name?: string };

export const account = signal<Account | undefined>(undefined);
/** True after a reply said that the token no longer holds. */
export const signedOut = signal(false);

let role: Role = "member";

export function openAccount(pageRole: Role): void {
  role = pageRole;
  const kept = readKept<Account>(`account/${role}`);
  account.value = kept && kept.claims.exp * 1000 > Date.now() ? kept : undefined;
}

export function setAccount(reply: Account | undefined): void {
  writeKept(`account/${role}`, reply);
  account.value = reply;
  signedOut.value = false;
}

/** The server no longer takes the token. What the device keeps about reservations is not touched. */
export function endAccount(): void {
  batch(() => {
    setAccount(undefined);
    signedOut.value = true;
  });
}
