// Starts the shop page.
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import "../shared/base.css";
import "../shared/parts.css";
import "./shop.css";
import { account, openAccount, signedOut } from "../shared/account.ts";
import { now, runClock } from "../shared/clock.ts";
import { pinLogKey } from "../shared/log-key.ts";
import { askLocal, localSignIn } from "../shared/sign-in.ts";
import { readKept, writeKept } from "../shared/storage.ts";
import { App } from "./app.tsx";
import { chooseAsked, tellOpener } from "./embedded.tsx";
import { kept, openKept } from "./kept.ts";
import { keepOfflinePage } from "./offline.ts";
import { openOrders } from "./orders.ts";
import { restore } from "./reserve.ts";
import { view } from "./shelf.ts";
import { signingIn } from "./sign-in.tsx";
import { runWatch } from "./watch.ts";

openAccount("member");

let member = readKept<string>("last-member");
openKept(member);
openOrders(member);

effect(() => {
  const sub = account.value?.claims.sub;
  // A token that ran out leaves the member's receipts on the page; signing out takes them off it, though not off the device.
  if (sub === member || (sub === undefined && (signedOut.value || untracked(() => kept.value.length === 0)))) return;
  switchMember(sub);
});

function switchMember(sub: string | undefined): void {
  member = sub;
  writeKept("last-member", sub);
  openKept(sub);
  openOrders(sub);
}

/**
 * Who signs in on a device without receipts of the shown session: asks once whether there are any. Not for whoever comes back signed in:
 * that would be one call to a shard for everybody who opens the page.
 */
const cameAs = account.value?.claims.sub;
let asked = "";
effect(() => {
  const current = view.value;
  const sub = account.value?.claims.sub;
  if (!current || !sub || sub === cameAs || current.state === "announced" || asked === `${sub} ${current.session}`) return;
  asked = `${sub} ${current.session}`;
  if (!untracked(() => kept.value).some(({ session }) => session === current.session)) void restore(current);
});

effect(() => {
  if (signingIn.value && localSignIn.peek() === "asking") void askLocal();
});

/** The log's key is kept before the draw, and not in the same moment by everybody who has just reserved. */
let pinning = false;
effect(() => {
  if (pinning || now.peek() >= (view.value?.close ?? 0) || !kept.value.some(({ receipt }) => receipt)) return;
  pinning = true;
  setTimeout(() => void pinLogKey(), 5_000 + Math.random() * 55_000);
});

chooseAsked();
tellOpener();
runClock();
runWatch();
keepOfflinePage();
render(<App />, document.getElementById("page") as HTMLElement);
