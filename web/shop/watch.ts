// Keeps the page up to date: looks again when something is due, faster near the draw, never while the page is hidden or offline.
import { effect, signal } from "@preact/signals";
import { account } from "../shared/account.ts";
import { restS } from "../shared/api.ts";
import { now, serverNow } from "../shared/clock.ts";
import { follow } from "./award.ts";
import { nextLookS } from "./due.ts";
import { kept } from "./kept.ts";
import { lookForNotices } from "./notices.ts";
import { loadOrders, ordersEveryS, ordersKnown } from "./orders.ts";
import { isAfterDraw, phaseOf } from "./phase.ts";
import { published } from "./published.ts";
import { nameKept, sendPending } from "./reserve.ts";
import {
  chooseAtStart,
  chosen,
  hope,
  loadSessions,
  loadStores,
  loadView,
  mine,
  quiet,
  sessions,
  showsUnnamed,
  view,
  wantsShop,
} from "./shelf.ts";

export const online = signal(navigator.onLine !== false);

let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let again = false;
let listedAt = Number.NEGATIVE_INFINITY;
let orderedAt = Number.NEGATIVE_INFINITY;

const sinceS = (ms: number): number => (performance.now() - ms) / 1000;
const hasty = (): boolean => view.value?.beacon.local ?? false;
const ordersS = (): number | undefined =>
  account.value ? ordersEveryS(quiet.value ? chosen.value : undefined, hasty()) : undefined;

async function beat(): Promise<void> {
  const listEveryS = hasty() ? 8 : 60;
  if (!quiet.value && (!sessions.value || sinceS(listedAt) > listEveryS)) {
    await loadSessions();
    listedAt = performance.now();
  }
  await loadView();
  const current = view.value;
  if (current && current.session === chosen.value) {
    nameKept(current);
    if (account.value)
      // Not waited for: whoever was shed stays away for minutes, and other looks go on.
      for (const { session, sku, receipt } of kept.value)
        if (session === current.session && !receipt) void sendPending(session, sku);
    const files = published(current.session);
    if (files) await lookForNotices(files, serverNow() / 1000, hasty());
    if (isAfterDraw(phaseOf(current, now.value))) await follow(current);
  }
  const everyS = ordersS();
  const unread = account.value && !ordersKnown.value && !quiet.value;
  if (unread || (everyS !== undefined && sinceS(orderedAt) >= everyS)) {
    await loadOrders();
    orderedAt = performance.now();
  }
  if (showsUnnamed()) {
    await loadStores();
    if (view.value) nameKept(view.value);
  }
}

/** Seconds until the next look. */
function dueS(): number {
  const session = chosen.value === undefined ? undefined : published(chosen.value);
  if (!session) return 4 + Math.random() * 2;
  const pending = account.value && mine.value.some(({ receipt }) => !receipt) ? 6 + Math.random() * 4 : 600;
  const look = nextLookS(session, hope(), serverNow() / 1000, hasty(), Math.random);
  return Math.min(look, pending, ordersS() ?? 600);
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
  timer = setTimeout(() => void look(), Math.max(0.5, dueS(), restS() * (1 + Math.random() / 2)) * 1000);
}

export function runWatch(): void {
  chooseAtStart();
  addEventListener("hashchange", () => {
    chooseAtStart();
    void look();
  });
  addEventListener("online", () => {
    online.value = true;
    void look();
  });
  addEventListener("offline", () => {
    online.value = false;
  });
  document.addEventListener("visibilitychange", () => void look());
  effect(() => {
    // Another session, another member, the whole shop: look at once.
    void [chosen.value, account.value, wantsShop.value];
    queueMicrotask(() => void look());
  });
}
