// Has the browser keep the offline page, once this page is open and has done what people came for.

const AFTER_MS = 5_000;

export function keepOfflinePage(): void {
  // Not in a browser that has no workers, or at an address that it does not trust.
  if (!("serviceWorker" in navigator)) return;
  setTimeout(() => void navigator.serviceWorker.register("/sw.js").catch(() => undefined), AFTER_MS);
}
