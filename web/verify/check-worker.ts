// Starts the worker that checks, from inside this one file: it must run from a disk and without any network.
import InlineWorker from "../check/worker.ts?worker&inline";

export function makeWorker(): Worker | undefined {
  try {
    return new InlineWorker();
  } catch {
    return undefined;
  }
}
