// Local sign-in, for trying the shop out on one's own machine. A deployed shop answers 404 and the page does not offer it.
import { signal } from "@preact/signals";
import type { SignInReply } from "../../contracts/sign-in.ts";
import type { Outcome } from "../../domain/outcome.ts";
import { setAccount } from "./account.ts";
import { call, type Failure, isProblem } from "./api.ts";
import { devicePublicKey } from "./device-key.ts";

export const localSignIn = signal<"asking" | "yes" | "no" | "unknown">("asking");
/** Names that the local build suggests. */
export const localNames = signal<string[]>([]);

export async function askLocal(): Promise<void> {
  const outcome = await call<{ names?: unknown }>("/local", { tries: 2 });
  if (outcome.ok) {
    const { names } = outcome.value;
    localNames.value = Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
    localSignIn.value = "yes";
  } else {
    localSignIn.value = outcome.refusal.kind === "problem" && outcome.refusal.status === 404 ? "no" : "unknown";
  }
}

export const signInMember = async (name: string, market: string): Promise<Outcome<SignInReply, Failure>> => {
  const device = await devicePublicKey();
  return signIn({ role: "member", name, market, ...(device ? { device } : {}) }, name);
};

export const signInStore = (store: string): Promise<Outcome<SignInReply, Failure>> => signIn({ role: "store", store });

async function signIn(json: object, name?: string): Promise<Outcome<SignInReply, Failure>> {
  const outcome = await call<SignInReply>("/local/sign-in", { json });
  if (outcome.ok) setAccount({ ...outcome.value, ...(name === undefined ? {} : { name }) });
  else if (isProblem(outcome.refusal, "not_found")) localSignIn.value = "no";
  return outcome;
}
