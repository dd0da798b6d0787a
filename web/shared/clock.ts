// Server time on this page: measured from GET /v1/time, carried on by the browser's monotonic clock.
import { signal } from "@preact/signals";
import { call } from "./api.ts";
import { readKept, writeKept } from "./storage.ts";

/** The device's own clock may be hours off; until the first measurement the last known offset stands in. */
let serverAtStart = Date.now() + (readKept<number>("clock-offset-ms") ?? 0);
let pageAtStart = performance.now();

export const clockKnown = signal(false);
/** Unix milliseconds. */
export const serverNow = (): number => serverAtStart + performance.now() - pageAtStart;
/** Unix seconds, ticking with the server's second. */
export const now = signal(Math.floor(serverNow() / 1000));

export async function measureClock(): Promise<void> {
  const sent = performance.now();
  const outcome = await call<{ now: number }>("/v1/time", { tries: 2, open: true });
  if (!outcome.ok) return;
  const received = performance.now();
  // A retry's wait would count as travel time: only a quick round trip may set the clock once it is known.
  if (clockKnown.value && received - sent > 2000) return;
  serverAtStart = outcome.value.now + (received - sent) / 2;
  pageAtStart = received;
  clockKnown.value = true;
  writeKept("clock-offset-ms", Math.round(serverNow() - Date.now()));
  now.value = Math.floor(serverNow() / 1000);
}

function tick(): void {
  now.value = Math.floor(serverNow() / 1000);
  setTimeout(tick, 1000 - (serverNow() % 1000) + 5);
}

/** Starts ticking; measures now and whenever the page comes back, because sleeping phones stop the monotonic clock. */
export function runClock(): void {
  tick();
  void measureClock();
  addEventListener("online", () => void measureClock());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void measureClock();
  });
}
