// Where the verify page checks: in a worker from inside this one file, which must run from a disk and without any network.
import { makeJob } from "../check/job.ts";
import type { Workplace } from "../check/run.ts";
import InlineWorker from "./worker.ts?worker&inline";

export function makeWorker(): Worker | undefined {
  try {
    return new InlineWorker();
  } catch {
    return undefined;
  }
}

export const workplace: Workplace = { makeWorker, onPage: async () => makeJob };
