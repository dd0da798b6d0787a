// Keeps the page up to date: looks again when something is due, faster near the draw, never while the page is hidden or offline.
import { effect, signal } from "@preact/signals";
import type { SessionView } from "../../contracts/sessions.ts";
import { account } from "../shared/account.ts";
import { now, serverNow } from "../shared/clock.ts";
import { follow } from "./award.ts";
import { drop, kept, receiptOf } from "./kept.ts";
import { anyOpen, loadOrders, ordersKnown } from "./orders.ts";
import { isAfterDraw, isOver, nextInstant, type Phase, phaseOf } from "./phase.ts";
import { nameStores, sendPending } from "./reserve.ts";
import { chosen, loadSessions, loadView, sessions, view } from "./shelf.ts";

export const online = signal(navigator.onLine !== false);

let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let again = false;
let listedAt = Number.NEGATIVE_INFINITY;

/** Seconds between two looks, before jitter. A local session is for trying out and may be minutes long. */
function pauseS(phase: Phase | undefined, local: boolean): number {
  if (!phase) return 5;
  const waiting = kept.value.some(({ session, found, award }) => session === chosen.value && found?.standing === "wait" && !award);
  const won = kept.value.some(({ session, found, award }) => session === chosen.value && found?.standing === "won" && !award);
  const unread = kept.value.some(
    ({ session, receipt, found, withdrawn }) => session === chosen.value && receipt && !found && !withdrawn,
  );
  const base: { [Name in Phase]: number } = {
    soon: 60,
    open: kept.value.some(({ session, receipt }) => session === chosen.value && !receipt) ? 8 : 60,
    sealing: 10,
    frozen: 10,
    drawing: 3,
    drawn: 3,
    awarding: unread ? 3 : waiting || won ? 8 : 60,
    settled: 300,
    voided: 300,
  };
  const seconds = Math.min(base[phase], anyOpen.value ? 5 : 600);
  if (!local) return seconds;
  return Math.min(seconds, phase === "soon" || phase === "open" || isOver(phase) ? 5 : 2);
}

async function beat(): Promise<void> {
  const listEveryS = view.value?.beacon.local ? 8 : 60;
  if (!sessions.value || performance.now() - listedAt > listEveryS * 1000) {
    await loadSessions();
    listedAt = performance.now();
  }
  await loadView();
  const current = view.value;
  if (current && current.session === chosen.value) {
    forgetEarlierTrials(current);
    nameStores(current);
    if (account.value)
      for (const { session, sku, receipt } of kept.value)
        if (session === current.session && !receipt) await sendPending(session, sku);
    if (isAfterDraw(phaseOf(current, now.value))) await follow(current);
  }
  if (account.value && (anyOpen.value || !ordersKnown.value)) await loadOrders();
}

/** A local shop that was set up anew may use a session id again; on a public beacon a changed manifest is shown as a contradiction. */
function forgetEarlierTrials({ session, manifest, beacon }: SessionView): void {
  if (!beacon.local) return;
  for (const entry of kept.value) {
    const receipt = receiptOf(entry);
    if (entry.session === session && receipt && receipt.manifest !== manifest) drop(entry);
  }
}

/** Looks now; calls that come meanwhile end in one more look. */
export async function look(): Promise<void> {
  clearTimeout(timer);
  if (document.hidden || !online.value) return;
  if (running) {
    again = true;
    return;
  }
  running = true;
  await beat().catch(() => {});
  running = false;
  if (again) {
    again = false;
    return look();
  }
  const current = view.value;
  const nowS = serverNow() / 1000;
  const instant = current && nextInstant(current, nowS);
  const pause = pauseS(current && phaseOf(current, nowS), current?.beacon.local ?? false) * (0.75 + Math.random() / 2);
  // A crowd waits for the same instant: up to two seconds of it are spread out.
  const due =
    instant === undefined ? pause : Math.min(pause, instant - nowS + 0.2 + Math.random() * (current?.beacon.local ? 0.3 : 2));
  timer = setTimeout(() => void look(), Math.max(0.5, due) * 1000);
}

export function runWatch(): void {
  addEventListener("online", () => {
    online.value = true;
    void look();
  });
  addEventListener("offline", () => {
    online.value = false;
  });
  document.addEventListener("visibilitychange", () => void look());
  effect(() => {
    // Another session or another member: look at once.
    void [chosen.value, account.value];
    queueMicrotask(() => void look());
  });
}
