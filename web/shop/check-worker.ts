// Starts the worker that checks; none where the browser gives none.
export function makeWorker(): Worker | undefined {
  try {
    return new Worker(new URL("../check/worker.ts", import.meta.url), { type: "module" });
  } catch {
    return undefined;
  }
}
